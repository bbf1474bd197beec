import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createGitHubClient } from './github-client.ts';
import type { RequestLimiter } from './request-limiter.ts';

const mutation = 'mutation { addStar { clientMutationId } }';
const query = 'query { viewer { login } }';

/** A clock on which pauses end at once. */
function hastyClock() {
  const clock = createFakeClock();
  const pauses: number[] = [];
  return {
    pauses,
    clock: {
      now: clock.now,
      after(delay: number, callback: () => void) {
        pauses.push(delay);
        const immediate = setImmediate(callback);
        return () => clearImmediate(immediate);
      },
    },
  };
}

describe('createGitHubClient', () => {
  it('sends a read again after the server failed', async () => {
    const { clock, pauses } = hastyClock();
    const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, clock });
    gitHub().get('/app').twice().reply(502, 'bad gateway').get('/app').reply(200, { slug: 'loopwarden' });

    const { data } = await client.request('GET /app');

    expect(data?.slug).toBe('loopwarden');
    expect(pauses).toEqual([1000, 3000]);
  });

  it('sends a query again after the server failed', async () => {
    const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, clock: hastyClock().clock });
    gitHub()
      .post('/graphql')
      .reply(502, 'bad gateway')
      .post('/graphql')
      .reply(200, { data: { viewer: { login: 'x' } } });

    expect(await client.graphql(query)).toEqual({ viewer: { login: 'x' } });
  });

  it('gives up after two repetitions', async () => {
    const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, clock: hastyClock().clock });
    gitHub().get('/app').times(3).reply(503, 'unavailable');

    await expect(client.request('GET /app')).rejects.toMatchObject({ kind: 'server', status: 503 });
  });

  it('leaves out the repetition when asked to', async () => {
    const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, clock: hastyClock().clock });
    gitHub().post('/graphql').reply(502, 'bad gateway');

    await expect(client.graphql(query, { request: { retries: 0 } })).rejects.toMatchObject({
      kind: 'server',
    });
  });

  it.each([
    ['a write', () => gitHub().post('/repos/a/b/issues/1/comments').reply(502, 'bad gateway')],
    ['a mutation', () => gitHub().post('/graphql').reply(502, 'bad gateway')],
  ])('never sends %s again', async (what, prepare) => {
    const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, clock: hastyClock().clock });
    prepare();

    const request =
      what === 'a mutation'
        ? client.graphql(mutation)
        : client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
            owner: 'a',
            repo: 'b',
            issue_number: 1,
            body: 'x',
          });

    await expect(request).rejects.toMatchObject({ kind: 'server', status: 502 });
  });

  it.each([404, 422, 429])('never sends what GitHub refused with %i again', async status => {
    const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, clock: hastyClock().clock });
    gitHub().get('/app').reply(status, { message: 'no' });

    await expect(client.request('GET /app')).rejects.toMatchObject({ status });
  });

  it('tells its limiter what reads and what writes', async () => {
    const kinds: string[] = [];
    const limiter: RequestLimiter = {
      run(kind, send) {
        kinds.push(kind);
        return send();
      },
    };
    const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, limiter });
    gitHub()
      .get('/app')
      .reply(200, {})
      .post('/graphql')
      .twice()
      .reply(200, { data: {} })
      .patch('/repos/a/b/check-runs/1')
      .reply(200, {});

    await client.request('GET /app');
    await client.graphql(query);
    await client.graphql(mutation);
    await client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      owner: 'a',
      repo: 'b',
      check_run_id: 1,
    });

    expect(kinds).toEqual(['read', 'read', 'write', 'write']);
  });

  it('gives up with its signal', async () => {
    const ending = new AbortController();
    const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, signal: ending.signal });
    gitHub().get('/app').delay(60_000).reply(200, {});

    const request = client.request('GET /app');
    setImmediate(() => ending.abort());

    await expect(request).rejects.toMatchObject({ kind: 'network' });
  });

  it('authenticates with its token', async () => {
    const client = createGitHubClient({ token: 'secret', baseUrl: apiUrl });
    gitHub().get('/app').matchHeader('authorization', 'token secret').reply(200, {});

    expect((await client.request('GET /app')).status).toBe(200);
  });
});
