import { conversationPage, issueCommentPage } from '../render/conversation.ts';
import { isoTime } from '../render/json.ts';
import { reviewCommentPage } from '../render/review.ts';
import { associationOf } from '../state/accounts.ts';
import type { Account, IssueComment, Reaction, Repository, Review, ReviewComment } from '../state/model.ts';
import { placeNow } from '../state/threads.ts';
import { nodeId, type World } from '../state/world.ts';
import { actorSource } from './actor.ts';
import { connection } from './connection.ts';
import type { Arguments, GraphQLCall, Source } from './source.ts';

/** What GraphQL calls the kinds of reactions. */
export const reactionNames: Record<Reaction['content'], string> = {
  '+1': 'THUMBS_UP',
  '-1': 'THUMBS_DOWN',
  laugh: 'LAUGH',
  hooray: 'HOORAY',
  confused: 'CONFUSED',
  heart: 'HEART',
  rocket: 'ROCKET',
  eyes: 'EYES',
};

/** What all that was written has in common: the interface `Comment` and `Minimizable`. */
export function writtenSource(
  world: World,
  written: (Review | ReviewComment | IssueComment) & { readonly author: Account; readonly body: string },
  repository: Repository,
  url: string,
): Source {
  return {
    id: nodeId(written),
    databaseId: written.id,
    fullDatabaseId: String(written.id),
    author: actorSource(world, written.author),
    authorAssociation: associationOf(repository, written.author),
    body: written.body,
    isMinimized: written.minimized !== null,
    minimizedReason: written.minimized?.reason.toLowerCase() ?? null,
    repository: (_: Arguments, call: GraphQLCall) => call.sourceOf(repository),
    url,
    resourcePath: new URL(url).pathname + new URL(url).hash,
    viewerDidAuthor: (_: Arguments, { caller }: GraphQLCall) =>
      caller.kind === 'user' ? caller.account === written.author : written.author === world.app.bot,
  };
}

/** An `IssueComment`. */
export function issueCommentSource(world: World, comment: IssueComment): Source {
  const { conversation } = comment;
  return {
    ...writtenSource(world, comment, conversation.repository, issueCommentPage(world, comment)),
    __typename: 'IssueComment',
    createdAt: isoTime(comment.createdAt),
    updatedAt: isoTime(comment.updatedAt),
    reactions: (args: Arguments) => reactionConnection(world, comment.reactions, args),
    issue: { __typename: 'Issue', number: conversation.number, url: conversationPage(world, conversation) },
    pullRequest: (_: Arguments, call: GraphQLCall) =>
      conversation.kind === 'pull' ? call.sourceOf(conversation) : null,
  };
}

/** A `PullRequestReviewComment`. */
export function reviewCommentSource(world: World, comment: ReviewComment): Source {
  const { thread } = comment;
  const { path, lines } = thread.place;
  const [first] = thread.comments;
  return {
    ...writtenSource(world, comment, thread.pull.repository, reviewCommentPage(world, comment)),
    __typename: 'PullRequestReviewComment',
    createdAt: isoTime(comment.createdAt),
    updatedAt: isoTime(comment.updatedAt),
    publishedAt: comment.review.state === 'PENDING' ? null : isoTime(comment.createdAt),
    path,
    diffHunk: thread.diffHunk,
    subjectType: lines === null ? 'FILE' : 'LINE',
    line: async () => (await placeNow(world, thread))?.line ?? null,
    startLine: async () => (await placeNow(world, thread))?.startLine ?? null,
    originalLine: lines?.line ?? null,
    originalStartLine: lines?.startLine ?? null,
    outdated: async () => (await placeNow(world, thread)) === null,
    state: comment.review.state === 'PENDING' ? 'PENDING' : 'SUBMITTED',
    replyTo: () => (first === undefined || first === comment ? null : reviewCommentSource(world, first)),
    reactions: (args: Arguments) => reactionConnection(world, comment.reactions, args),
    pullRequest: (_: Arguments, call: GraphQLCall) => call.sourceOf(thread.pull),
    pullRequestReview: (_: Arguments, call: GraphQLCall) => call.sourceOf(comment.review),
  };
}

function reactionConnection(world: World, reactions: readonly Reaction[], args: Arguments): Source {
  const wanted = reactions.filter(one => args.content == null || args.content === reactionNames[one.content]);
  return connection('reactions', wanted, args, one => ({
    content: reactionNames[one.content],
    createdAt: isoTime(one.createdAt),
    user: actorSource(world, one.author),
  }));
}
