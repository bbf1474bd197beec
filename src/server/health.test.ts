import { describe, expect, it } from 'vitest';
import { GitHubError } from '../errors.ts';
import { createReadyHandler } from './health.ts';
import type { HttpRequest } from './http-reply.ts';

const request: HttpRequest = {
  method: 'GET',
  path: '/readyz',
  query: new URLSearchParams(),
  headers: {},
  readBody: async () => new Uint8Array(),
};

describe('createReadyHandler', () => {
  it('is ready when all checks pass', async () => {
    const { status, body } = await createReadyHandler({ queue: async () => {}, github: async () => {} })(
      request,
    );

    expect([status, JSON.parse(body)]).toEqual([200, { ready: true, checks: { queue: 'ok', github: 'ok' } }]);
  });

  it.each([
    [new Error('database is locked'), 'database is locked'],
    [
      new GitHubError('unauthorized', 'GitHub answered 401 to GET /app: Bad credentials'),
      'GitHub does not accept APP_ID and PRIVATE_KEY: GitHub answered 401 to GET /app: Bad credentials',
    ],
  ])('says what is in the way: %s', async (error, expected) => {
    const checks = { queue: async () => {}, github: () => Promise.reject(error) };

    const { status, body } = await createReadyHandler(checks)(request);

    expect([status, JSON.parse(body)]).toEqual([
      503,
      { ready: false, checks: { queue: 'ok', github: expected } },
    ]);
  });
});
