import type { PullRequest } from './model.ts';

/** A commit of a merge queue: the base branch with a pull request merged into it, to be tested. */
export interface MergeGroup {
  readonly pull: PullRequest;
  readonly headSha: string;
  /** Without `refs/heads/`. */
  readonly headBranch: string;
  readonly baseSha: string;
  readonly baseBranch: string;
}

/** Puts a pull request into the merge queue, alone. */
export async function enqueue(pull: PullRequest): Promise<MergeGroup> {
  const { repository, baseBranch } = pull;
  const baseSha = (await repository.git.resolve(`refs/heads/${baseBranch}`)) ?? pull.baseSha;
  const headBranch = `gh-readonly-queue/${baseBranch}/pr-${pull.number}-${baseSha}`;
  const headSha = await repository.git.merge(headBranch, baseSha, pull.headSha);
  return { pull, headSha, headBranch, baseSha, baseBranch };
}
