import type { RestEndpointMethodTypes } from '@octokit/rest';
import { actorOf, type Call, numberOf, ok, pullOf, type Reply } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { listReply } from '../http/paging.ts';
import { notFound, unprocessable } from '../http/refusal.ts';
import { renderReview, renderReviewComment } from '../render/review.ts';
import { type PlaceRequest, placeFinder, type ResolvedPlace } from '../state/comment-places.ts';
import type { PullRequest, Review } from '../state/model.ts';
import { commitProblem } from '../state/pull-requests.ts';
import { addReview, addThread, bodyProblem, deleteComment, visibleComments } from '../state/reviews.ts';

type NewReview = RestEndpointMethodTypes['pulls']['createReview']['parameters'];

/** What a review is after its event. */
const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

/** Reviews. https://docs.github.com/rest/pulls/reviews */
export const reviewEndpoints = [
  endpoint('pulls/list-reviews', { pull_requests: 'read' }, call => {
    const reviews = pullOf(call).reviews.filter(
      review => review.state !== 'PENDING' || review.author === actorOf(call),
    );
    return listReply(call, reviews, review => renderReview(call.world, review));
  }),

  endpoint('pulls/get-review', { pull_requests: 'read' }, call =>
    ok(renderReview(call.world, reviewOf(call))),
  ),

  endpoint('pulls/list-comments-for-review', { pull_requests: 'read' }, call => {
    const review = reviewOf(call);
    const comments = visibleComments(review.pull, actorOf(call)).filter(one => one.review === review);
    return listReply(call, comments, async comment => {
      // This list, alone, does not know what its comments are about.
      const { subject_type: _, ...rest } = await renderReviewComment(call.world, comment);
      return rest;
    });
  }),

  endpoint('pulls/create-review', { pull_requests: 'write' }, createReview),

  endpoint('pulls/submit-review', { pull_requests: 'write' }, call => {
    const review = reviewOf(call);
    const { event, body = review.body } = call.body as { event: keyof typeof states; body?: string };
    if (review.state !== 'PENDING') throw unprocessable('Can not submit a review that is not pending');
    requireBody(event, body);
    review.body = body;
    review.state = states[event];
    review.submittedAt = call.world.now();
    return ok(renderReview(call.world, review));
  }),

  endpoint('pulls/update-review', { pull_requests: 'write' }, call => {
    const review = reviewOf(call);
    const { body } = call.body as { body: string };
    requireBody('COMMENT', body);
    review.body = body;
    return ok(renderReview(call.world, review));
  }),

  endpoint('pulls/delete-pending-review', { pull_requests: 'write' }, call => {
    const review = reviewOf(call);
    if (review.state !== 'PENDING') throw unprocessable('Can not delete a non-pending pull request review');
    for (const comment of review.pull.threads.flatMap(thread => thread.comments)) {
      if (comment.review === review) deleteComment(comment);
    }
    review.pull.reviews.splice(review.pull.reviews.indexOf(review), 1);
    return ok(renderReview(call.world, review));
  }),
];

/** All or nothing: one comment that has no place, and GitHub posts none, without saying which one it was. */
async function createReview(call: Call): Promise<Reply> {
  const pull = pullOf(call);
  const { event, body = '', commit_id: commitId = pull.headSha, comments = [] } = call.body as NewReview;
  const author = actorOf(call);
  if (event === undefined) refuseSecondPending(pull, author.id);
  requireBody(event, body);
  const problem = await commitProblem(pull, commitId);
  if (problem !== null) throw unprocessable(problem);
  const places = await resolveAll(call, pull, commitId, comments);

  const review = addReview(call.world, pull, {
    author,
    body,
    commitId,
    state: event === undefined ? 'PENDING' : states[event],
  });
  for (const [index, place] of places.entries()) {
    addThread(call.world, review, place, comments[index]?.body ?? '');
  }
  return ok(renderReview(call.world, review));
}

async function resolveAll(
  call: Call,
  pull: PullRequest,
  commitId: string,
  comments: NonNullable<NewReview['comments']>,
): Promise<readonly ResolvedPlace[]> {
  const find = await placeFinder(call.world, pull, commitId);
  const found = comments.map(comment => {
    const problem = bodyProblem(comment.body, { blank: 'refused' });
    return problem === null ? find(comment as PlaceRequest) : { problem: `Body ${problem}` };
  });
  const problems = found.flatMap(one => ('problem' in one ? [one.problem] : []));
  if (problems.length > 0) throw unprocessable(...new Set(problems));
  return found.filter(one => 'place' in one);
}

function requireBody(event: keyof typeof states | undefined, body: string): void {
  const needed = event === 'COMMENT' || event === 'REQUEST_CHANGES';
  const problem = bodyProblem(body, { blank: needed ? 'refused' : 'allowed' });
  if (problem !== null) throw unprocessable(`Body ${problem}`);
}

function refuseSecondPending(pull: PullRequest, authorId: number): void {
  if (pull.reviews.some(review => review.state === 'PENDING' && review.author.id === authorId)) {
    throw unprocessable('User can only have one pending review per pull request');
  }
}

function reviewOf(call: Call): Review {
  const review = pullOf(call).reviews.find(one => one.id === numberOf(call, 'review_id'));
  if (review === undefined) throw notFound();
  return review;
}
