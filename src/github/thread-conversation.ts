import { GitHubError } from '../errors.ts';
import { objectIn } from './answers.ts';
import type { Conversation } from './conversation.ts';
import type { GitHubClient } from './github-client.ts';
import { isSameLogin } from './logins.ts';
import { readRole } from './permissions.ts';
import { reactQuietly } from './react-quietly.ts';
import type { PullRequestPlace } from './repository.ts';

/** A comment in a thread of the diff. */
export interface ThreadComment {
  readonly id: number;
  /** The comment that began the thread; itself for the first one. */
  readonly first: number;
}

/** The conversation round one comment of the diff: replies go to its thread. */
export function createThreadConversation(
  client: GitHubClient,
  place: PullRequestPlace,
  comment: ThreadComment,
): Conversation {
  const { owner, repo, number } = place;
  return {
    react: content =>
      reactQuietly(() =>
        client.request('POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions', {
          owner,
          repo,
          comment_id: comment.id,
          content,
          request: { repeatable: true },
        }),
      ),
    async reply(body) {
      await client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies', {
        owner,
        repo,
        pull_number: number,
        comment_id: comment.first,
        body,
      });
    },
    roleOf: login => readRole(client, place, login),
  };
}

/** What a thread began with; `null` where `login` has not begun it, or where it is gone. */
export async function readThreadBeginning(
  client: GitHubClient,
  { owner, repo }: PullRequestPlace,
  first: number,
  login: string,
): Promise<string | null> {
  try {
    const answer = await client.request('GET /repos/{owner}/{repo}/pulls/comments/{comment_id}', {
      owner,
      repo,
      comment_id: first,
    });
    const { user, body } = objectIn(answer);
    return isSameLogin(user?.login, login) ? body : null;
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'not-found') return null;
    throw error;
  }
}
