import { GitHubError } from '../errors.ts';
import type { ReviewThread } from '../review/ports.ts';
import type { GitHubClient } from './github-client.ts';
import type { PullRequestPlace } from './repository.ts';

/**
 * Writes into a thread, once: whether a reply whose answer was lost is there, the next look at the thread tells. `false`
 * when it could not be written, or nobody knows.
 */
export async function replyToThread(
  client: GitHubClient,
  { owner, repo, number }: PullRequestPlace,
  { comments: [first] }: ReviewThread,
  body: string,
): Promise<boolean> {
  try {
    await client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies', {
      owner,
      repo,
      pull_number: number,
      comment_id: first.id,
      body,
    });
    return true;
  } catch (error) {
    // A thread that was deleted or locked is no reason to fail.
    if (error instanceof GitHubError && error.kind !== 'rate-limited') return false;
    throw error;
  }
}
