import { actorOf } from '../http/call.ts';
import { type PlaceRequest, placeFinder } from '../state/comment-places.ts';
import type { Side } from '../state/model.ts';
import { addReview, addThread, bodyProblem, replyTo } from '../state/reviews.ts';
import { reviewCommentSource } from './comments.ts';
import { demand } from './demand.ts';
import { inputOf } from './input.ts';
import { nodeOf } from './nodes.ts';
import { refuse } from './refusals.ts';
import type { Arguments, GraphQLCall, Source } from './source.ts';
import { resolvingNeed, threadSource } from './threads.ts';

/** Mutations of review threads. */
export const threadMutations: Source = {
  resolveReviewThread(args: Arguments, call: GraphQLCall) {
    const thread = nodeOf(call, inputOf(args).threadId, 'thread');
    demand(call, resolvingNeed, thread.pull.repository);
    thread.resolvedBy = actorOf(call);
    return { thread: threadSource(call.world, thread), clientMutationId: null };
  },

  unresolveReviewThread(args: Arguments, call: GraphQLCall) {
    const thread = nodeOf(call, inputOf(args).threadId, 'thread');
    demand(call, resolvingNeed, thread.pull.repository);
    thread.resolvedBy = null;
    return { thread: threadSource(call.world, thread), clientMutationId: null };
  },

  addPullRequestReviewThreadReply(args: Arguments, call: GraphQLCall) {
    const input = inputOf(args);
    const thread = nodeOf(call, input.pullRequestReviewThreadId, 'thread');
    demand(call, { pull_requests: 'write' }, thread.pull.repository);
    const comment = replyTo(call.world, thread, actorOf(call), checkedBody(input.body));
    return { comment: reviewCommentSource(call.world, comment), clientMutationId: null };
  },

  /** A place outside of the diff is no error here: the thread is null. */
  async addPullRequestReviewThread(args: Arguments, call: GraphQLCall) {
    const input = inputOf(args);
    const pending =
      input.pullRequestReviewId == null ? null : nodeOf(call, input.pullRequestReviewId, 'review');
    const pull = pending?.pull ?? nodeOf(call, input.pullRequestId, 'pull');
    demand(call, { pull_requests: 'write' }, pull.repository);
    const body = checkedBody(input.body);

    const place = (await placeFinder(call.world, pull, pull.headSha))(placeOf(input));
    if ('problem' in place) return { thread: null, clientMutationId: null };
    const review =
      pending ??
      addReview(call.world, pull, {
        author: actorOf(call),
        body: '',
        commitId: pull.headSha,
        state: 'COMMENTED',
      });
    const thread = addThread(call.world, review, place, body);
    return { thread: threadSource(call.world, thread), clientMutationId: null };
  },
};

function placeOf(input: Arguments): PlaceRequest {
  return {
    path: String(input.path),
    line: (input.line as number | null) ?? undefined,
    side: (input.side as Side | null) ?? undefined,
    start_line: (input.startLine as number | null) ?? undefined,
    start_side: (input.startSide as Side | null) ?? undefined,
    subject_type: input.subjectType === 'FILE' ? 'file' : 'line',
  };
}

function checkedBody(body: unknown): string {
  const problem = bodyProblem(String(body), { blank: 'refused' });
  if (problem !== null) throw refuse('UNPROCESSABLE', `Body ${problem}`);
  return String(body);
}
