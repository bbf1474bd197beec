import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { GitHubError } from '../errors.ts';
import { createRequestLimiter } from './request-limiter.ts';

function setUp(writeBurst = 1) {
  const clock = createFakeClock(0);
  const limiter = createRequestLimiter({ clock, concurrency: 2, writeGap: 1000, writeBurst });
  const sent: string[] = [];
  const open: (() => void)[] = [];
  /** Something to send that ends when the test says so. */
  const request = (name: string) => () =>
    new Promise<void>(resolve => {
      sent.push(`${name} at ${clock.now()}`);
      open.push(resolve);
    });
  return { clock, limiter, sent, open, request };
}

describe('createRequestLimiter', () => {
  it('sends a few reads side by side', async () => {
    const { clock, limiter, sent, open, request } = setUp();
    for (const name of ['a', 'b', 'c']) void limiter.run('read', request(name));
    await clock.advance(0);
    expect(sent).toEqual(['a at 0', 'b at 0']);

    open[0]?.();
    await clock.advance(0);

    expect(sent).toEqual(['a at 0', 'b at 0', 'c at 0']);
  });

  it('sends writes one after the other, a second apart', async () => {
    const { clock, limiter, sent, open, request } = setUp();
    for (const name of ['a', 'b', 'c']) void limiter.run('write', request(name));
    await clock.advance(0);
    open[0]?.();
    await clock.advance(999);
    expect(sent).toEqual(['a at 0']);
    await clock.advance(2000);
    expect(sent).toEqual(['a at 0', 'b at 1000']);

    open[1]?.();
    await clock.advance(0);

    expect(sent).toEqual(['a at 0', 'b at 1000', 'c at 2999']);
  });

  it('lets a few writes after a quiet time through at once', async () => {
    const { clock, limiter, sent } = setUp(3);
    const write = (name: string) =>
      limiter.run('write', async () => {
        sent.push(`${name} at ${clock.now()}`);
      });
    for (const name of ['a', 'b', 'c', 'd', 'e']) void write(name);
    await clock.advance(10_000);
    await write('f');

    expect(sent).toEqual(['a at 0', 'b at 0', 'c at 0', 'd at 1000', 'e at 2000', 'f at 10000']);
  });

  it('does not hold reads back behind writes', async () => {
    const { clock, limiter, sent, request } = setUp();
    void limiter.run('write', request('write'));
    void limiter.run('write', request('waiting write'));
    await clock.advance(0);
    void limiter.run('read', request('read'));
    await clock.advance(0);

    expect(sent).toEqual(['write at 0', 'read at 0']);
  });

  it('sends nothing while GitHub has asked for a pause', async () => {
    const { clock, limiter, sent, request } = setUp();
    const limited = new GitHubError('rate-limited', 'slow down', { retryAfter: 5000 });
    await expect(limiter.run('write', () => Promise.reject(limited))).rejects.toBe(limited);
    await clock.advance(2000);

    await expect(limiter.run('read', request('early'))).rejects.toMatchObject({
      kind: 'rate-limited',
      retryAfter: 3000,
    });
    await clock.advance(3000);
    void limiter.run('read', request('late'));
    await clock.advance(0);

    expect(sent).toEqual(['late at 5000']);
  });

  it('goes on after other errors', async () => {
    const { clock, limiter, sent, request } = setUp();
    await expect(
      limiter.run('read', () => Promise.reject(new GitHubError('not-found', 'no'))),
    ).rejects.toThrow('no');
    void limiter.run('read', request('next'));
    await clock.advance(0);

    expect(sent).toEqual(['next at 0']);
  });
});
