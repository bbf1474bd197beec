import type { PullRequestHost } from '../review/ports.ts';
import { completeCheckRun, startCheckRun } from './check-run.ts';
import { type ReadMarker, readExistingComments } from './existing-comments.ts';
import type { GitHubClient } from './github-client.ts';
import { createGitHubProjects } from './github-projects.ts';
import { postReview } from './post-review.ts';
import { type ChangeLimits, readChange } from './read-change.ts';
import type { ContentsReader } from './read-contents.ts';
import { type PullRequest, readPullRequest } from './read-pull-request.ts';
import { labelOf, type PullRequestPlace } from './repository.ts';

/** What a host of one pull request is made of. */
export interface PullRequestHostOptions {
  readonly client: GitHubClient;
  readonly place: PullRequestPlace;
  readonly contents: ContentsReader;
  /** As whom comments are written: `NAME[bot]` for an App. */
  readonly login: string;
  readonly readMarker: ReadMarker;
  readonly limits?: ChangeLimits;
  /** What has just been read of it: spares the first `readState` a request. */
  readonly known?: PullRequest;
}

/** A pull request on GitHub, as reviews need it. The change that it reads is that of the state that was read last. */
export function createPullRequestHost(options: PullRequestHostOptions): PullRequestHost {
  const { client, place, contents, login, readMarker, limits } = options;
  let fresh = options.known;
  let latest = options.known;
  return {
    async readState() {
      latest = fresh ?? (await readPullRequest(client, place));
      fresh = undefined;
      const { head, open, draft, labels, author, byBot } = latest;
      return { head, open, draft, labels, author, byBot, label: labelOf(place) };
    },
    async readChange() {
      latest ??= await readPullRequest(client, place);
      return readChange(client, place, latest, contents, limits);
    },
    readProjects: change => createGitHubProjects(client, place, contents, change),
    readExistingComments: () => readExistingComments(client, place, login, readMarker),
    startCheckRun: head => startCheckRun(client, place, head),
    completeCheckRun: (id, result) => completeCheckRun(client, place, id, result),
    postReview: (head, review) => postReview(client, place, head, review, { login, readMarker }),
  };
}
