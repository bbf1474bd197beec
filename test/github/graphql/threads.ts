import { allows } from '../http/authorise.ts';
import type { ReviewThread } from '../state/model.ts';
import { placeNow } from '../state/threads.ts';
import { nodeId, type World } from '../state/world.ts';
import { actorSource } from './actor.ts';
import { reviewCommentSource } from './comments.ts';
import { connection } from './connection.ts';
import type { Arguments, GraphQLCall, Source } from './source.ts';

/** What resolving a thread needs: more than writing to it (https://github.com/github/gh-aw/issues/35726). */
export const resolvingNeed = { contents: 'write', pull_requests: 'write' } as const;

/** A `PullRequestReviewThread`. */
export function threadSource(world: World, thread: ReviewThread): Source {
  const { path, lines } = thread.place;
  const canResolve = (_: Arguments, { caller }: GraphQLCall) =>
    allows(caller, resolvingNeed, thread.pull.repository);
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId(thread),
    path,
    subjectType: lines === null ? 'FILE' : 'LINE',
    diffSide: lines?.side ?? 'RIGHT',
    startDiffSide: lines?.startSide ?? null,
    line: async () => (await placeNow(world, thread))?.line ?? null,
    startLine: async () => (await placeNow(world, thread))?.startLine ?? null,
    originalLine: lines?.line ?? null,
    originalStartLine: lines?.startLine ?? null,
    isOutdated: async () => (await placeNow(world, thread)) === null,
    isResolved: thread.resolvedBy !== null,
    isCollapsed: async () => thread.resolvedBy !== null || (await placeNow(world, thread)) === null,
    // A bot is no `User`.
    resolvedBy: thread.resolvedBy?.type === 'User' ? actorSource(world, thread.resolvedBy) : null,
    viewerCanReply: true,
    viewerCanResolve: (args: Arguments, call: GraphQLCall) =>
      thread.resolvedBy === null && canResolve(args, call),
    viewerCanUnresolve: (args: Arguments, call: GraphQLCall) =>
      thread.resolvedBy !== null && canResolve(args, call),
    comments: (args: Arguments) =>
      connection('comments', thread.comments, args, comment => reviewCommentSource(world, comment)),
    pullRequest: (_: Arguments, call: GraphQLCall) => call.sourceOf(thread.pull),
    repository: (_: Arguments, call: GraphQLCall) => call.sourceOf(thread.pull.repository),
  };
}
