import { objectIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';
import type { PullRequestPlace } from './repository.ts';

/** What of a pull request is needed here. */
export interface PullRequest {
  readonly open: boolean;
  readonly draft: boolean;
  /** Full SHA of the head. */
  readonly head: string;
  /** Full SHA of the tip of the base branch when it was last looked at: not the merge base. */
  readonly base: string;
  /** The head's branch, without `refs/heads/`. */
  readonly branch: string;
  /** Whether that branch is another repository's. */
  readonly isFork: boolean;
  /** Whether that repository has been deleted. */
  readonly isGone: boolean;
  /** The login of who opened it; `null` when the account is gone. */
  readonly author: string | null;
  /** Whether that is a bot. */
  readonly byBot: boolean;
  /** How many files it changes, whatever their kind. */
  readonly changedFiles: number;
  /** The names of its labels. */
  readonly labels: readonly string[];
}

/** Reads a pull request as it is now. */
export async function readPullRequest(client: GitHubClient, place: PullRequestPlace): Promise<PullRequest> {
  const { owner, repo, number } = place;
  const answer = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    owner,
    repo,
    pull_number: number,
  });
  const data = objectIn(answer);
  // GitHub's description does not say so, but a fork that was deleted is null.
  const head: { readonly id: number | bigint } | null = data.head.repo;
  return {
    open: data.state === 'open',
    draft: data.draft === true,
    head: data.head.sha,
    base: data.base.sha,
    branch: data.head.ref,
    isFork: head?.id !== data.base.repo.id,
    isGone: head === null,
    author: data.user?.login ?? null,
    byBot: data.user?.type === 'Bot',
    changedFiles: data.changed_files,
    labels: data.labels.map(label => label.name),
  };
}
