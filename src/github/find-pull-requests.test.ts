import { expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { findPullRequests } from './find-pull-requests.ts';
import { createGitHubClient } from './github-client.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });

it('finds the open pull requests whose head a commit is', async () => {
  gitHub()
    .get('/repos/acme/shop/commits/abc/pulls')
    .query({ per_page: 100 })
    .reply(200, [
      { number: 1, state: 'open', head: { sha: 'abc' } },
      { number: 2, state: 'closed', head: { sha: 'abc' } },
      { number: 3, state: 'open', head: { sha: 'later' } },
      { number: 4, state: 'open', head: { sha: 'abc' } },
    ]);

  expect(await findPullRequests(client, { owner: 'acme', repo: 'shop' }, 'abc')).toEqual([1, 4]);
});
