import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createGitHubClient } from '../github/github-client.ts';
import { createIdentitySource } from './app-identity.ts';

const app = createGitHubClient({ token: 'jwt', baseUrl: apiUrl, retries: 0 });
const localUrl = 'http://localhost:3000';

describe('createIdentitySource', () => {
  it.each([
    [
      'that GitHub sends webhooks to',
      { url: 'https://lw.example/api/github/webhooks' },
      'https://lw.example/rules',
    ],
    ['of this machine behind a relay', { url: 'https://smee.io/abc' }, 'http://localhost:3000/rules'],
    ['of this machine without webhooks', {}, 'http://localhost:3000/rules'],
  ])('finds its pages at the address %s', async (_what, config, pages) => {
    gitHub().get('/app').reply(200, { slug: 'lw' }).get('/app/hook/config').reply(200, config);

    expect(await createIdentitySource(app, { publicUrl: null, localUrl }).get()).toEqual({
      login: 'lw[bot]',
      pages,
      asksToCommit: false,
    });
  });

  it('knows whether the App asks for the right to commit', async () => {
    gitHub()
      .get('/app')
      .reply(200, { slug: 'lw', permissions: { contents: 'write' } });

    const source = createIdentitySource(app, { publicUrl: 'https://lw.example', localUrl });

    expect((await source.get()).asksToCommit).toBe(true);
  });

  it('does not ask for an address that it was told', async () => {
    gitHub().get('/app').reply(200, { slug: 'lw' });

    const { pages } = await createIdentitySource(app, { publicUrl: 'https://lw.example', localUrl }).get();

    expect(pages).toBe('https://lw.example/rules');
  });

  it('does without an address that GitHub does not tell', async () => {
    gitHub().get('/app').reply(200, { slug: 'lw' }).get('/app/hook/config').reply(404, { message: 'no' });

    expect((await createIdentitySource(app, { publicUrl: null, localUrl }).get()).login).toBe('lw[bot]');
  });

  it('asks GitHub once', async () => {
    gitHub().get('/app').reply(200, { slug: 'lw' });
    const source = createIdentitySource(app, { publicUrl: 'https://lw.example', localUrl });

    const answers = await Promise.all([source.get(), source.get()]);

    expect(answers[1]).toBe(answers[0]);
  });

  it('asks again some time after a failure', async () => {
    const clock = createFakeClock();
    const source = createIdentitySource(app, { publicUrl: 'https://lw.example', localUrl }, clock);
    gitHub().get('/app').reply(500, { message: 'oops' });
    await expect(source.get()).rejects.toMatchObject({ kind: 'server' });
    await clock.advance(9999);
    await expect(source.get()).rejects.toMatchObject({ kind: 'server' });
    await clock.advance(1);
    gitHub().get('/app').reply(200, { slug: 'lw' });

    expect((await source.get()).login).toBe('lw[bot]');
  });
});
