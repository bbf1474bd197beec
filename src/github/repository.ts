/** A repository by its names, as the parameters of GitHub's routes call them. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** A pull request of a repository. */
export interface PullRequestPlace extends Repository {
  readonly number: number;
}

/** `owner/name#number`, as people write it. */
export function labelOf({ owner, repo, number }: PullRequestPlace): string {
  return `${owner}/${repo}#${number}`;
}
