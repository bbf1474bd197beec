import { describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import type { GitHubError } from '../errors.ts';
import { createGitHubClient } from './github-client.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const date = 'Sat, 21 Nov 2026 12:00:00 GMT';
const resetInTenMinutes = String(Date.parse(date) / 1000 + 600);

async function failureOf(request: Promise<unknown>): Promise<GitHubError> {
  return request.then(
    () => {
      throw new Error('The request did not fail.');
    },
    error => error,
  );
}

describe('an error of the REST API', () => {
  it.each<[number, Record<string, string>, string, string, number | undefined]>([
    [400, {}, 'Problems parsing JSON', 'unprocessable', undefined],
    [401, {}, 'Bad credentials', 'unauthorized', undefined],
    [403, {}, 'Resource not accessible by integration', 'forbidden', undefined],
    [404, {}, 'Not Found', 'not-found', undefined],
    [410, {}, 'Gone', 'not-found', undefined],
    [422, {}, 'Validation Failed', 'unprocessable', undefined],
    [451, {}, 'Repository access blocked', 'forbidden', undefined],
    [500, {}, 'Server Error', 'server', undefined],
    [502, {}, 'Server Error', 'server', undefined],
    [429, {}, 'Too many requests', 'rate-limited', 60_000],
    [429, { 'retry-after': '7' }, 'Too many requests', 'rate-limited', 7000],
    [403, { 'retry-after': '120' }, 'You have exceeded a secondary rate limit', 'rate-limited', 120_000],
    [403, {}, 'You have exceeded a secondary rate limit.', 'rate-limited', 60_000],
    [
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': resetInTenMinutes, date },
      'API rate limit exceeded',
      'rate-limited',
      601_000,
    ],
    [
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1', date },
      'API rate limit exceeded',
      'rate-limited',
      60_000,
    ],
    [403, { 'x-ratelimit-remaining': '42' }, 'Forbidden', 'forbidden', undefined],
  ])('%i %j "%s" is %s', async (status, headers, message, kind, retryAfter) => {
    gitHub().get('/app').reply(status, { message }, headers);

    const error = await failureOf(client.request('GET /app'));

    expect({ kind: error.kind, status: error.status, retryAfter: error.retryAfter }).toEqual({
      kind,
      status,
      retryAfter,
    });
  });

  it.each([
    [
      'says what failed and why, without the link',
      { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' },
      'GitHub answered 404 to GET /repos/acme/shop: Not Found',
    ],
    [
      'lists what GitHub lists',
      { message: 'Unprocessable', errors: ['Line could not be resolved'] },
      'GitHub answered 404 to GET /repos/acme/shop: Unprocessable: "Line could not be resolved"',
    ],
    [
      'puts a page of HTML on one short line',
      `<html>\n  <h1>${'so sorry '.repeat(100)}`,
      /^GitHub answered 404 to GET \/repos\/acme\/shop: <html> <h1>so sorry .{280}…$/,
    ],
  ])('%s', async (_what, body, expected) => {
    gitHub().get('/repos/acme/shop').reply(404, body);

    const error = await failureOf(
      client.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'shop' }),
    );

    expect(error.message).toEqual(expected instanceof RegExp ? expect.stringMatching(expected) : expected);
  });

  it('is of the network when there is no answer', async () => {
    gitHub().get('/app').replyWithError(new Error('connect ECONNREFUSED'));

    const error = await failureOf(client.request('GET /app'));

    expect(error).toMatchObject({ kind: 'network', status: undefined, retry: 'later' });
    expect(error.message).toBe('GitHub could not be reached for GET /app: connect ECONNREFUSED');
  });

  it('is of the network when the answer takes too long', async () => {
    const hasty = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0, timeout: 20 });
    gitHub().get('/app').delay(60_000).reply(200, {});

    expect((await failureOf(hasty.request('GET /app'))).kind).toBe('network');
  });
});

describe('an error of the GraphQL API', () => {
  it.each<[string, object, Record<string, string>, string, number | undefined]>([
    [
      'the primary limit',
      { type: 'RATE_LIMITED', message: 'API rate limit exceeded' },
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': resetInTenMinutes, date },
      'rate-limited',
      601_000,
    ],
    [
      'the secondary limit',
      { type: 'ABUSE', message: 'You have exceeded a secondary rate limit' },
      { 'retry-after': '30' },
      'rate-limited',
      30_000,
    ],
    [
      'what is forbidden',
      { type: 'FORBIDDEN', message: 'Resource not accessible by integration' },
      {},
      'forbidden',
      undefined,
    ],
    [
      'what is not there',
      { type: 'NOT_FOUND', message: 'Could not resolve to a Repository' },
      {},
      'not-found',
      undefined,
    ],
    [
      'a query that is wrong',
      { type: 'VALIDATION', message: 'Field does not exist' },
      {},
      'unprocessable',
      undefined,
    ],
    [
      'a query that takes too long',
      { message: 'Something went wrong while executing your query.' },
      {},
      'server',
      undefined,
    ],
  ])('with status 200 tells %s', async (_what, graphQLError, headers, kind, retryAfter) => {
    gitHub()
      .post('/graphql')
      .reply(200, { data: null, errors: [graphQLError] }, headers);

    const error = await failureOf(client.graphql('query { viewer { login } }'));

    expect({ kind: error.kind, retryAfter: error.retryAfter }).toEqual({ kind, retryAfter });
  });
});
