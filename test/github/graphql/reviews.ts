import { isoTimeOrNull } from '../render/json.ts';
import { reviewPage } from '../render/review.ts';
import type { Review } from '../state/model.ts';
import type { World } from '../state/world.ts';
import { reviewCommentSource, writtenSource } from './comments.ts';
import { connection } from './connection.ts';
import { gitObjectSource } from './git-object.ts';
import type { Arguments, GraphQLCall, Source } from './source.ts';

/** A `PullRequestReview`. */
export function reviewSource(world: World, review: Review): Source {
  const { pull } = review;
  const comments = () =>
    pull.threads.flatMap(thread => thread.comments).filter(comment => comment.review === review);
  return {
    ...writtenSource(world, review, pull.repository, reviewPage(world, review)),
    __typename: 'PullRequestReview',
    state: review.state,
    submittedAt: isoTimeOrNull(review.submittedAt),
    commit: () => gitObjectSource(world, pull.repository, review.commitId),
    comments: (args: Arguments) =>
      connection('comments', comments(), args, comment => reviewCommentSource(world, comment)),
    pullRequest: (_: Arguments, call: GraphQLCall) => call.sourceOf(pull),
  };
}
