import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { readBody } from './read-body.ts';

function setUp(headers: Record<string, string> = {}) {
  const clock = createFakeClock();
  const stream = new PassThrough();
  const request = Object.assign(stream, { headers }) as unknown as IncomingMessage;
  return { clock, stream, reading: readBody(request, 10, clock) };
}

describe('readBody', () => {
  it('gives the bytes', async () => {
    const { stream, reading } = setUp();
    stream.write('hello');
    stream.end('again');

    expect(Buffer.from(await reading).toString()).toBe('helloagain');
  });

  it('refuses a body that says that it is too long', async () => {
    await expect(setUp({ 'content-length': '11' }).reading).rejects.toMatchObject({ status: 413 });
  });

  it('refuses a body that turns out to be too long', async () => {
    const { stream, reading } = setUp({ 'content-length': '5' });
    stream.write('hello');
    stream.write('you all');

    await expect(reading).rejects.toMatchObject({ status: 413, message: 'The body has more than 10 bytes.' });
  });

  it('waits ten seconds and no longer', async () => {
    const { clock, stream, reading } = setUp();
    stream.write('hell');
    const refused = expect(reading).rejects.toMatchObject({ status: 408 });
    await clock.advance(10_000);

    await refused;
  });

  it('notices that the body broke off', async () => {
    const { stream, reading } = setUp();
    stream.write('hell');
    stream.destroy();

    await expect(reading).rejects.toMatchObject({ status: 400 });
  });

  it('leaves no clock ticking', async () => {
    const { clock, stream, reading } = setUp();
    stream.end('hello');
    await reading;

    expect(clock.pending).toBe(0);
  });
});
