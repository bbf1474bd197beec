import { describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createMemoryBlobCache } from './blob-cache.ts';
import { createGitHubClient } from './github-client.ts';
import { createPullRequestHost } from './pull-request-host.ts';
import { createContentsReader } from './read-contents.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const place = { owner: 'acme', repo: 'shop', number: 7 };
const cache = createMemoryBlobCache(1_000_000);
const contents = createContentsReader({ client, repository: place, cache, maxBytes: 1000 });
const host = createPullRequestHost({
  client,
  place,
  contents,
  author: { login: 'loopwarden[bot]', readMarker: () => [] },
});

describe('createPullRequestHost', () => {
  it.each([
    ['an open pull request', { state: 'open', draft: false }, { open: true, draft: false }],
    ['a draft', { state: 'open', draft: true }, { open: true, draft: true }],
    ['one that is closed', { state: 'closed' }, { open: false, draft: false }],
  ])('reads the state of %s', async (_what, state, expected) => {
    gitHub()
      .get('/repos/acme/shop/pulls/7')
      .reply(200, {
        ...state,
        user: { login: 'ada', type: 'User' },
        labels: [{ name: 'no-review' }],
        head: { sha: 'abc', ref: 'topic', repo: null },
        base: { sha: 'tip', repo: { id: 1 } },
        changed_files: 2,
      });

    expect(await host.readState()).toEqual({
      ...expected,
      head: 'abc',
      labels: ['no-review'],
      author: 'ada',
      byBot: false,
      label: 'acme/shop#7',
    });
  });

  it('asks only for a later state when the first one is known', async () => {
    const pull = {
      open: true,
      draft: false,
      head: 'old',
      base: 'tip',
      branch: 'topic',
      isFork: false,
      isGone: false,
      author: 'ada',
      byBot: false,
      changedFiles: 1,
      labels: [],
    };
    const informed = createPullRequestHost({
      client,
      place,
      contents,
      author: { login: 'x', readMarker: () => [] },
      known: { pull, conversation: { threads: [], remarks: [], announced: new Set() } },
    });
    gitHub()
      .get('/repos/acme/shop/pulls/7')
      .reply(200, {
        state: 'open',
        labels: [],
        head: { sha: 'new', ref: 'topic', repo: { id: 1 } },
        base: { sha: 'tip', repo: { id: 1 } },
        changed_files: 1,
      });

    expect([(await informed.readState()).head, (await informed.readState()).head]).toEqual(['old', 'new']);
  });
});
