import { objectIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';
import type { Repository } from './repository.ts';

/**
 * Full SHA of the commit that a pull request's diff starts from. The pull request's own `base.sha` is the tip of the
 * base branch, which may have gone on since. A fork's commits are readable through the base's repository.
 */
export async function readMergeBase(
  client: GitHubClient,
  repository: Repository,
  base: string,
  head: string,
): Promise<string> {
  const answer = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
    owner: repository.owner,
    repo: repository.repo,
    basehead: `${base}...${head}`,
    per_page: 1,
  });
  return objectIn(answer).merge_base_commit.sha;
}
