import { describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createGitHubClient } from './github-client.ts';
import { readOwnApp, readTokenLogin } from './own-app.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });

describe('readOwnApp', () => {
  it('gives the App’s short name with an ending, and what it asks for', async () => {
    const permissions = { contents: 'read', pull_requests: 'write' };
    gitHub().get('/app').reply(200, { slug: 'loopwarden-acme', name: 'Loopwarden Acme', permissions });

    expect(await readOwnApp(client)).toEqual({ login: 'loopwarden-acme[bot]', permissions });
  });
});

describe('readTokenLogin', () => {
  it('is the login of the token’s owner', async () => {
    gitHub().get('/user').reply(200, { login: 'ada' });

    expect(await readTokenLogin(client)).toBe('ada');
  });

  it.each([
    ['an App’s', { data: { viewer: { login: 'reviewer[bot]' } } }, 'reviewer[bot]'],
    ['an App’s, named without its ending', { data: { viewer: { login: 'reviewer' } } }, 'reviewer[bot]'],
    [
      'one that may not ask, as a workflow’s',
      { data: null, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] },
      'github-actions[bot]',
    ],
  ])('is that of the account of %s token', async (_whose, answer, expected) => {
    gitHub().get('/user').reply(403, { message: 'Resource not accessible by integration' });
    gitHub().post('/graphql').reply(200, answer);

    expect(await readTokenLogin(client)).toBe(expected);
  });

  it('is an error for a wrong token', async () => {
    gitHub().get('/user').reply(401, { message: 'Bad credentials' });

    await expect(readTokenLogin(client)).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});
