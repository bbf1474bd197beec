import type { CommitAccess, FixHost } from '../review/fix-pull-request.ts';
import { commitFiles } from './commit-files.ts';
import { readExecutables } from './executable-files.ts';
import type { GitHubClient } from './github-client.ts';
import type { OpenPullRequest } from './open-pull-request.ts';
import type { PullRequest } from './read-pull-request.ts';
import type { PullRequestPlace } from './repository.ts';

/** A pull request whose branch is committed to, if that can be. `mayCommit`: as far as the token goes. */
export function createFixHost(
  client: GitHubClient,
  place: PullRequestPlace,
  { host, pull }: OpenPullRequest,
  mayCommit: boolean,
): FixHost {
  return {
    readChange: () => host.readChange(),
    readConversation: () => host.readConversation(),
    roleOf: login => host.roleOf(login),
    ...(host.readProjects && { readProjects: host.readProjects }),
    readState: async () => ({ ...(await host.readState()), commits: commitAccess(pull, mayCommit) }),
    readExecutables: (head, paths) =>
      readExecutables(client, { owner: place.owner, repo: place.repo }, head, paths),
    commitFiles: (head, message, files) =>
      commitFiles(client, place, { branch: pull.branch, head, ...message, files }),
  };
}

/** "Allow edits by maintainers" lets people push to a fork, and no App. */
export function commitAccess({ isFork, isGone }: PullRequest, mayCommit: boolean): CommitAccess {
  if (isGone) return 'gone';
  if (isFork) return 'fork';
  return mayCommit ? 'allowed' : 'not-permitted';
}
