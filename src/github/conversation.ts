import { GitHubError } from '../errors.ts';
import type { Role } from '../review/role.ts';
import type { GitHubClient } from './github-client.ts';
import { readRole } from './permissions.ts';
import { readPullRequest } from './read-pull-request.ts';
import type { PullRequestPlace } from './repository.ts';

/** The reactions that commands are answered with, in GitHub's words. */
export type Reaction = 'eyes' | 'rocket' | 'confused';

/** A comment in the conversation of a pull request, and whoever it belongs to. */
export interface Conversation {
  /** Reacts to the comment; nothing happens when it has been deleted meanwhile. */
  react(reaction: Reaction): Promise<void>;
  reply(body: string): Promise<void>;
  roleOf(login: string): Promise<Role>;
  /** Who opened the pull request. */
  readAuthor(): Promise<string | null>;
}

/** The conversation round one comment of a pull request (not of its diff). */
export function createConversation(
  client: GitHubClient,
  place: PullRequestPlace,
  commentId: number,
): Conversation {
  const { owner, repo, number } = place;
  return {
    async react(content) {
      try {
        await client.request('POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', {
          owner,
          repo,
          comment_id: commentId,
          content,
        });
      } catch (error) {
        if (!(error instanceof GitHubError && error.kind === 'not-found')) throw error;
      }
    },
    async reply(body) {
      await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        owner,
        repo,
        issue_number: number,
        body,
      });
    },
    roleOf: login => readRole(client, place, login),
    readAuthor: async () => (await readPullRequest(client, place)).author,
  };
}
