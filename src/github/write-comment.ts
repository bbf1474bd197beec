import type { GitHubClient } from './github-client.ts';
import type { PullRequestPlace } from './repository.ts';

/** Writes into the conversation of a pull request. */
export async function writeComment(
  client: GitHubClient,
  { owner, repo, number }: PullRequestPlace,
  body: string,
): Promise<void> {
  await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    owner,
    repo,
    issue_number: number,
    body,
  });
}
