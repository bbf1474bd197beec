import type { ExistingComment } from '../review/ports.ts';
import { listIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';
import { hasNextPage, pageSize, readPages } from './read-pages.ts';
import type { PullRequestPlace } from './repository.ts';

/** Reads the fingerprints from the hidden marker in a comment's body; none where there is no marker. */
export type ReadMarker = (body: string) => readonly string[];

/**
 * Reads the review comments that `login` has written, whatever has become of their threads. Others' are passed over:
 * anyone can copy a marker.
 */
export async function readExistingComments(
  client: GitHubClient,
  place: PullRequestPlace,
  login: string,
  readMarker: ReadMarker,
): Promise<readonly ExistingComment[]> {
  const { owner, repo, number } = place;
  const comments = await readPages(async page => {
    const answer = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
      owner,
      repo,
      pull_number: number,
      per_page: pageSize,
      page,
    });
    return { items: listIn(answer), hasNext: hasNextPage(answer.headers) };
  });
  return comments.flatMap(comment => {
    if (!isSameLogin(comment.user?.login, login)) return [];
    return readMarker(comment.body).map(fingerprint => ({ fingerprint }));
  });
}

/** Logins are compared as GitHub does: in any case. */
export function isSameLogin(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
