import { actorOf } from '../http/call.ts';
import { addIssueComment, addReaction } from '../state/conversations.ts';
import type { IssueComment, Reaction, ReviewComment } from '../state/model.ts';
import { bodyProblem, deleteComment } from '../state/reviews.ts';
import { actorSource } from './actor.ts';
import { issueCommentSource, reactionNames, reviewCommentSource } from './comments.ts';
import { demand } from './demand.ts';
import { inputOf } from './input.ts';
import { nodeOf, nodeSource, repositoryOfNode } from './nodes.ts';
import { notAccessible, refuse } from './refusals.ts';
import type { Arguments, GraphQLCall, Source } from './source.ts';

const written = ['review', 'review-comment', 'issue-comment'] as const;

/** Mutations of what people and Apps have written. */
export const commentMutations: Source = {
  minimizeComment(args: Arguments, call: GraphQLCall) {
    const { subjectId, classifier } = inputOf(args);
    const node = nodeOf(call, subjectId, ...written);
    demand(call, { pull_requests: 'write' }, repositoryOfNode(node));
    node.minimized = { reason: String(classifier), by: actorOf(call) };
    return { minimizedComment: nodeSource(call.world, node), clientMutationId: null };
  },

  unminimizeComment(args: Arguments, call: GraphQLCall) {
    const node = nodeOf(call, inputOf(args).subjectId, ...written);
    demand(call, { pull_requests: 'write' }, repositoryOfNode(node));
    node.minimized = null;
    return { unminimizedComment: nodeSource(call.world, node), clientMutationId: null };
  },

  addComment(args: Arguments, call: GraphQLCall) {
    const { subjectId, body } = inputOf(args);
    const conversation = nodeOf(call, subjectId, 'pull', 'issue');
    demand(
      call,
      { [conversation.kind === 'pull' ? 'pull_requests' : 'issues']: 'write' },
      conversation.repository,
    );
    const author = actorOf(call);
    const byApp = call.caller.kind === 'installation';
    const comment = addIssueComment(call.world, conversation, { author, body: checkedBody(body), byApp });
    return { commentEdge: { node: issueCommentSource(call.world, comment) }, clientMutationId: null };
  },

  updateIssueComment(args: Arguments, call: GraphQLCall) {
    const comment = nodeOf(call, inputOf(args).id, 'issue-comment');
    rewrite(call, comment, inputOf(args).body);
    return { issueComment: issueCommentSource(call.world, comment), clientMutationId: null };
  },

  updatePullRequestReviewComment(args: Arguments, call: GraphQLCall) {
    const comment = nodeOf(call, inputOf(args).pullRequestReviewCommentId, 'review-comment');
    rewrite(call, comment, inputOf(args).body);
    return { pullRequestReviewComment: reviewCommentSource(call.world, comment), clientMutationId: null };
  },

  deletePullRequestReviewComment(args: Arguments, call: GraphQLCall) {
    const comment = nodeOf(call, inputOf(args).id, 'review-comment');
    demandOwn(call, comment);
    deleteComment(comment);
    return { clientMutationId: null };
  },

  addReaction(args: Arguments, call: GraphQLCall) {
    const { subjectId, content } = inputOf(args);
    const node = nodeOf(call, subjectId, 'review-comment', 'issue-comment');
    demand(call, { pull_requests: 'write' }, repositoryOfNode(node));
    const [name] = Object.entries(reactionNames).find(([, value]) => value === content) ?? [];
    const author = actorOf(call);
    const { reaction } = addReaction(call.world, node, author, name as Reaction['content']);
    return {
      reaction: { id: `REA_${reaction.id}`, content, user: actorSource(call.world, author) },
      clientMutationId: null,
    };
  },
};

function rewrite(call: GraphQLCall, comment: IssueComment | ReviewComment, body: unknown): void {
  demandOwn(call, comment);
  comment.body = checkedBody(body);
  comment.updatedAt = call.world.now();
}

function demandOwn(call: GraphQLCall, comment: IssueComment | ReviewComment): void {
  demand(call, { pull_requests: 'write' }, repositoryOfNode(comment));
  if (comment.author !== actorOf(call)) throw notAccessible();
}

function checkedBody(body: unknown): string {
  const problem = bodyProblem(String(body), { blank: 'refused' });
  if (problem !== null) throw refuse('UNPROCESSABLE', `Body ${problem}`);
  return String(body);
}
