import { describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { readExistingComments } from './existing-comments.ts';
import { createGitHubClient } from './github-client.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const place = { owner: 'acme', repo: 'shop', number: 7 };
const path = '/repos/acme/shop/pulls/7/comments';
const readMarker = (body: string) => body.split(' ').filter(word => word.startsWith('#'));
const read = () => readExistingComments(client, place, 'loopwarden[bot]', readMarker);
const comment = (login: string | null, body: string) => ({ user: login === null ? null : { login }, body });

describe('readExistingComments', () => {
  it('gives the fingerprints of our own comments', async () => {
    gitHub()
      .get(path)
      .query({ per_page: 100, page: 1 })
      .reply(200, [
        comment('loopwarden[bot]', 'one #a'),
        comment('Loopwarden[bot]', 'two in one #b #c'),
        comment('loopwarden[bot]', 'an answer without a marker'),
        comment('mallory', 'a copied marker #d'),
        comment(null, 'by someone who is gone #e'),
      ]);

    expect(await read()).toEqual([{ fingerprint: '#a' }, { fingerprint: '#b' }, { fingerprint: '#c' }]);
  });

  it('reads all pages', async () => {
    const next = { link: `<${apiUrl}${path}?page=2>; rel="next", <${apiUrl}${path}?page=2>; rel="last"` };
    gitHub()
      .get(path)
      .query({ per_page: 100, page: 1 })
      .reply(200, [comment('loopwarden[bot]', '#a')], next);
    gitHub()
      .get(path)
      .query({ per_page: 100, page: 2 })
      .reply(200, [comment('loopwarden[bot]', '#b')], { link: `<${apiUrl}${path}?page=1>; rel="prev"` });

    expect(await read()).toEqual([{ fingerprint: '#a' }, { fingerprint: '#b' }]);
  });

  it('does not take a broken answer for an empty list', async () => {
    gitHub().get(path).query(true).reply(200, '[{"user"', { 'content-type': 'application/json' });

    await expect(read()).rejects.toMatchObject({ kind: 'server' });
  });
});
