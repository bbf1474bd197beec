import { associationOf } from '../state/accounts.ts';
import type { Review, ReviewComment } from '../state/model.ts';
import { placeNow } from '../state/threads.ts';
import { nodeId, type World } from '../state/world.ts';
import { renderAccount } from './account.ts';
import { isoTime, isoTimeOrNull, type Json } from './json.ts';
import { pullApi, pullPage } from './pull-request.ts';
import { renderReactions } from './reactions.ts';
import { repositoryApi } from './repository.ts';

/** The address of a review on the web site. */
export function reviewPage(world: World, review: Review): string {
  return `${pullPage(world, review.pull)}#pullrequestreview-${review.id}`;
}

/** A `pull-request-review`. */
export function renderReview(world: World, review: Review): Json {
  const page = reviewPage(world, review);
  const pull = pullApi(world, review.pull);
  return {
    id: review.id,
    node_id: nodeId(review),
    user: renderAccount(world, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pull,
    _links: { html: { href: page }, pull_request: { href: pull } },
    ...(review.submittedAt && { submitted_at: isoTimeOrNull(review.submittedAt) }),
    commit_id: review.commitId,
    author_association: associationOf(review.pull.repository, review.author),
  };
}

/** The address of a review comment in the API. */
export function reviewCommentApi(world: World, comment: ReviewComment): string {
  return `${repositoryApi(world, comment.thread.pull.repository)}/pulls/comments/${comment.id}`;
}

/** The address of a review comment on the web site. */
export function reviewCommentPage(world: World, comment: ReviewComment): string {
  return `${pullPage(world, comment.thread.pull)}#discussion_r${comment.id}`;
}

/** A `pull-request-review-comment`. `line` and `position` are null when it is outdated; `original_line` stays. */
export async function renderReviewComment(world: World, comment: ReviewComment): Promise<Json> {
  const { thread } = comment;
  const [first] = thread.comments;
  const { lines } = thread.place;
  const now = await placeNow(world, thread);
  const links = {
    self: reviewCommentApi(world, comment),
    html: reviewCommentPage(world, comment),
    pull_request: pullApi(world, thread.pull),
  };
  return {
    id: comment.id,
    node_id: nodeId(comment),
    url: links.self,
    html_url: links.html,
    pull_request_url: links.pull_request,
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    pull_request_review_id: comment.review.id,
    ...(first && first !== comment && { in_reply_to_id: first.id }),
    diff_hunk: thread.diffHunk,
    path: thread.place.path,
    position: now && (now.position ?? 1),
    original_position: thread.position ?? 1,
    // Of a comment on a file as a whole, GitHub says that it is on line 1.
    line: now && (now.line ?? 1),
    original_line: lines?.line ?? 1,
    side: lines?.side ?? 'RIGHT',
    start_line: now?.startLine ?? null,
    original_start_line: lines?.startLine ?? null,
    start_side: lines?.startSide ?? null,
    subject_type: lines === null ? 'file' : 'line',
    commit_id: now ? thread.pull.headSha : comment.commitId,
    original_commit_id: comment.commitId,
    user: renderAccount(world, comment.author),
    body: comment.body,
    created_at: isoTime(comment.createdAt),
    updated_at: isoTime(comment.updatedAt),
    author_association: associationOf(thread.pull.repository, comment.author),
    reactions: renderReactions(`${links.self}/reactions`, comment.reactions),
  };
}
