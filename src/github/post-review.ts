import { GitHubError } from '../errors.ts';
import type { PostResult, ReviewToPost } from '../review/ports.ts';
import { listIn } from './answers.ts';
import type { Author } from './conversation-answer.ts';
import type { GitHubClient } from './github-client.ts';
import { isSameLogin } from './logins.ts';
import { readConversation } from './read-conversation.ts';
import { hasNextPage, pageSize, readPages } from './read-pages.ts';
import type { PullRequestPlace } from './repository.ts';

/**
 * Posts a review, once. When the answer is lost, the review may be there all the same (seen with a 502 behind which 32
 * comments were posted: https://github.com/src-d/lookout/issues/264): then it is looked for, and never sent again here.
 */
export async function postReview(
  client: GitHubClient,
  place: PullRequestPlace,
  head: string,
  review: ReviewToPost,
  author: Author,
): Promise<PostResult> {
  try {
    await client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      owner: place.owner,
      repo: place.repo,
      pull_number: place.number,
      commit_id: head,
      event: review.event,
      body: review.body,
      comments: [...review.comments],
    });
    return { kind: 'posted' };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    if (error.kind === 'unprocessable') return { kind: 'refused', reason: error.message };
    if (error.kind === 'forbidden') return { kind: 'forbidden', reason: error.message };
    const lost = error.kind === 'server' || error.kind === 'network';
    if (lost && (await isPosted(client, place, head, review, author))) return { kind: 'posted' };
    throw error;
  }
}

/** By the comments' markers, which were not there before; by its body where it has no comments. */
async function isPosted(
  client: GitHubClient,
  place: PullRequestPlace,
  head: string,
  review: ReviewToPost,
  author: Author,
): Promise<boolean> {
  const ours = new Set(review.comments.flatMap(comment => author.readMarker(comment.body)));
  if (ours.size > 0) {
    const { threads } = await readConversation(client, place, author);
    return threads.some(({ fingerprints }) => fingerprints.some(fingerprint => ours.has(fingerprint)));
  }
  const reviews = await readPages(async page => {
    const answer = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      owner: place.owner,
      repo: place.repo,
      pull_number: place.number,
      per_page: pageSize,
      page,
    });
    return { items: listIn(answer), hasNext: hasNextPage(answer.headers) };
  });
  return reviews.some(
    ({ user, commit_id, body }) =>
      isSameLogin(user?.login, author.login) && commit_id === head && body.trim() === review.body.trim(),
  );
}
