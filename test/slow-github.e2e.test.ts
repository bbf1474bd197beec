import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMemoryBlobCache } from '../src/github/blob-cache.ts';
import { createGitHubClient } from '../src/github/github-client.ts';
import { openPullRequest as openOnGitHub } from '../src/github/open-pull-request.ts';
import { readMarker } from '../src/report/marker.ts';
import type { PullRequestHost } from '../src/review/ports.ts';
import { type StandIn, startStandIn } from './github/stand-in.ts';
import type { PullRequest } from './github/state/model.ts';
import { openPullRequest } from './github/state/pull-requests.ts';

let github: StandIn;
let pull: PullRequest;

beforeEach(async () => {
  github = await startStandIn();
  const repository = await github.addRepository('acme/shop', { collaborators: { mary: 'write' } });
  pull = await openPullRequest(github.world, repository, { files: { 'a.py': 'a = 1\n' } });
});

afterEach(async () => {
  await github.close();
  expect(github.violations).toEqual([]);
});

/** The pull request as the App would read it, by a client that waits for two seconds. */
async function openHost(): Promise<PullRequestHost> {
  const client = createGitHubClient({
    token: github.userToken('mary'),
    baseUrl: github.apiUrl,
    timeout: 2000,
  });
  const place = { owner: 'acme', repo: 'shop', number: pull.number };
  const { host } = await openOnGitHub({
    client,
    place,
    cache: createMemoryBlobCache(1000),
    login: 'mary',
    readMarker,
  });
  return host;
}

const review = {
  event: 'COMMENT',
  body: 'Words.',
  comments: [{ path: 'a.py', line: 1, side: 'RIGHT', body: 'Look.' }],
} as const;

it('asks again when there is no answer to a question', async () => {
  const host = await openHost();
  github.faults.next({ operation: 'pulls/list-files', fault: 'timeout' });

  const change = await host.readChange();

  expect(change.files.map(file => file.path)).toEqual(['a.py']);
  expect(github.log.of('pulls/list-files')).toHaveLength(2);
});

it('does not post again when there is no answer to a review', async () => {
  const host = await openHost();
  github.faults.next({ operation: 'pulls/create-review', fault: 'timeout' });

  await expect(host.postReview(pull.headSha, review)).rejects.toMatchObject({
    kind: 'network',
    retry: 'later',
  });
  expect(github.log.of('pulls/create-review')).toHaveLength(1);
});
