import type { RestEndpointMethodTypes } from '@octokit/rest';
import {
  actorOf,
  type Call,
  created,
  noContent,
  numberOf,
  ok,
  pullOf,
  type Reply,
  repositoryOf,
} from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { listReply } from '../http/paging.ts';
import { forbidden, invalid, notFound } from '../http/refusal.ts';
import { renderReviewComment } from '../render/review.ts';
import { type PlaceRequest, placeFinder } from '../state/comment-places.ts';
import type { PullRequest, ReviewComment } from '../state/model.ts';
import { commitProblem } from '../state/pull-requests.ts';
import {
  addReview,
  addThread,
  bodyProblem,
  deleteComment,
  replyTo,
  visibleComments,
} from '../state/reviews.ts';

type NewComment = RestEndpointMethodTypes['pulls']['createReviewComment']['parameters'];

const resource = 'PullRequestReviewComment';

/** Comments on lines. https://docs.github.com/rest/pulls/comments */
export const reviewCommentEndpoints = [
  endpoint('pulls/list-review-comments', { pull_requests: 'read' }, call => {
    const comments = [...visibleComments(pullOf(call), actorOf(call))];
    if (call.parameters.direction === 'desc') comments.reverse();
    return listReply(call, comments, comment => renderReviewComment(call.world, comment));
  }),

  endpoint('pulls/get-review-comment', { pull_requests: 'read' }, async call =>
    ok(await renderReviewComment(call.world, reviewCommentOf(call))),
  ),

  endpoint('pulls/create-review-comment', { pull_requests: 'write' }, createComment),

  endpoint('pulls/create-reply-for-review-comment', { pull_requests: 'write' }, call => {
    const { body } = call.body as { body: string };
    return reply(call, pullOf(call), numberOf(call, 'comment_id'), body);
  }),

  endpoint('pulls/update-review-comment', { pull_requests: 'write' }, async call => {
    const comment = ownComment(call);
    const { body } = call.body as { body: string };
    requireBody(body);
    comment.body = body;
    comment.updatedAt = call.world.now();
    return ok(await renderReviewComment(call.world, comment));
  }),

  endpoint('pulls/delete-review-comment', { pull_requests: 'write' }, call => {
    deleteComment(ownComment(call));
    return noContent();
  }),
];

async function createComment(call: Call): Promise<Reply> {
  const pull = pullOf(call);
  const request = call.body as NewComment;
  // All else is ignored then.
  if (request.in_reply_to !== undefined) return reply(call, pull, request.in_reply_to, request.body);

  requireBody(request.body);
  const problem = await commitProblem(pull, request.commit_id);
  if (problem !== null) throw invalid(resource, 'commit_id', problem);
  const find = await placeFinder(call.world, pull, request.commit_id);
  const found = find(request as PlaceRequest);
  if ('problem' in found) throw invalid(resource, `pull_request_review_thread.${found.field}`, found.problem);
  const review = addReview(call.world, pull, {
    author: actorOf(call),
    body: '',
    commitId: request.commit_id,
    state: 'COMMENTED',
  });
  const [comment] = addThread(call.world, review, found, request.body).comments;
  return created(comment && (await renderReviewComment(call.world, comment)));
}

async function reply(call: Call, pull: PullRequest, to: number, body: string): Promise<Reply> {
  const thread = pull.threads.find(one => one.comments.some(comment => comment.id === to));
  if (thread === undefined) throw notFound();
  requireBody(body);
  const comment = replyTo(call.world, thread, actorOf(call), body);
  return created(await renderReviewComment(call.world, comment));
}

function requireBody(body: string): void {
  const problem = bodyProblem(body, { blank: 'refused' });
  if (problem !== null) throw invalid(resource, 'body', problem);
}

/** The review comment that the path names. */
export function reviewCommentOf(call: Call): ReviewComment {
  for (const conversation of repositoryOf(call).conversations.values()) {
    if (conversation.kind !== 'pull') continue;
    const comment = visibleComments(conversation, actorOf(call)).find(
      one => one.id === numberOf(call, 'comment_id'),
    );
    if (comment) return comment;
  }
  throw notFound();
}

function ownComment(call: Call): ReviewComment {
  const comment = reviewCommentOf(call);
  if (comment.author !== actorOf(call)) throw forbidden();
  return comment;
}
