import { listIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';
import type { Repository } from './repository.ts';

/**
 * The numbers of the open pull requests whose head is a commit. Events about checks name none when the head lies in a
 * fork (https://docs.github.com/rest/checks/suites#get-a-check-suite).
 */
export async function findPullRequests(
  client: GitHubClient,
  { owner, repo }: Repository,
  head: string,
): Promise<readonly number[]> {
  const answer = await client.request('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', {
    owner,
    repo,
    commit_sha: head,
    per_page: 100,
  });
  return listIn(answer)
    .filter(pull => pull.state === 'open' && pull.head.sha === head)
    .map(pull => pull.number);
}
