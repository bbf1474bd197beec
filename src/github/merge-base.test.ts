import { expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createGitHubClient } from './github-client.ts';
import { readMergeBase } from './merge-base.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const path = '/repos/acme/shop/compare/tip...head';
const read = () => readMergeBase(client, { owner: 'acme', repo: 'shop' }, 'tip', 'head');

it('is where the pull request’s branch left its base', async () => {
  gitHub()
    .get(path)
    .query({ per_page: 1 })
    .reply(200, { base_commit: { sha: 'tip' }, merge_base_commit: { sha: 'fork' } });

  expect(await read()).toBe('fork');
});

it('is an error when the two have no history in common', async () => {
  gitHub().get(path).query(true).reply(404, { message: 'No common ancestor between tip and head.' });

  await expect(read()).rejects.toMatchObject({ kind: 'not-found' });
});
