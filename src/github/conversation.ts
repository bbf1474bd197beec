import type { Role } from '../review/role.ts';
import type { GitHubClient } from './github-client.ts';
import { readRole } from './permissions.ts';
import { reactQuietly } from './react-quietly.ts';
import type { PullRequestPlace } from './repository.ts';
import { writeComment } from './write-comment.ts';

/** The reactions that commands are answered with, in GitHub's words. */
export type Reaction = 'eyes' | 'rocket' | 'confused';

/** A comment in the conversation of a pull request, and whoever it belongs to. */
export interface Conversation {
  /** Reacts to the comment. Where that cannot be (it was deleted, the conversation is locked) nothing happens. */
  react(reaction: Reaction): Promise<void>;
  reply(body: string): Promise<void>;
  roleOf(login: string): Promise<Role>;
}

/** The conversation round one comment of a pull request (not of its diff). */
export function createConversation(
  client: GitHubClient,
  place: PullRequestPlace,
  commentId: number,
): Conversation {
  const { owner, repo } = place;
  return {
    react: content =>
      reactQuietly(() =>
        client.request('POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', {
          owner,
          repo,
          comment_id: commentId,
          content,
          request: { repeatable: true },
        }),
      ),
    reply: body => writeComment(client, place, body),
    roleOf: login => readRole(client, place, login),
  };
}
