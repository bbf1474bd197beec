import type { Remark, ReviewThread } from '../review/ports.ts';
import { type Actor, isBot, isSameLogin, loginOf } from './logins.ts';

/** What a body of ours says of itself. */
export interface BodyReaders {
  /** The fingerprints in the hidden marker of a comment; none where there is no marker. */
  readonly readMarker: ReadMarker;
  /** The id of the rule that a comment of ours is about. */
  readonly readRule?: (body: string) => string | null;
}

/** Reads the fingerprints from the hidden marker in a comment's body; none where there is no marker. */
export type ReadMarker = (body: string) => readonly string[];

/** As whom we comment, and how our comments are read again. */
export interface Author extends BodyReaders {
  /** `NAME[bot]` for an App. */
  readonly login: string;
}

/** A page of a list (https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api). */
export interface Connection<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly T[];
}

/** A comment as `remarkFields` asks for it. */
export interface CommentAnswer {
  readonly id: string;
  readonly fullDatabaseId: string;
  readonly author: Actor;
  readonly authorAssociation: string;
  readonly body: string;
}

/** A thread as `threadFields` asks for it. */
export interface ThreadAnswer {
  readonly id: string;
  readonly path: string;
  readonly line: number | null;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly resolvedBy: { readonly login: string } | null;
  readonly root: {
    readonly nodes: readonly {
      readonly isMinimized: boolean;
      readonly reactions: { readonly totalCount: number };
    }[];
  };
  readonly comments: Connection<CommentAnswer>;
}

/** What a pull request is asked for its conversation. */
export interface ConversationAnswer {
  readonly reviewThreads?: Connection<ThreadAnswer>;
  readonly comments?: Connection<CommentAnswer>;
  readonly reviews?: { readonly nodes: readonly ReviewAnswer[] };
}

/** A review as `reviewFields` asks for it. */
type ReviewAnswer = Pick<CommentAnswer, 'author' | 'body'>;

/** What a pull request is asked for its reviews: the last hundred are enough to know which comments are gone. */
export const reviewFields = 'reviews(last: 100) { nodes { author { __typename login } body } }';

/**
 * The fragments that ask for a page of each list: a hundred threads, each with up to fifty comments, cost three of the
 * 5,000 points an hour (https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api).
 */
export const conversationFragments = `fragment threads on PullRequestReviewThreadConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    id path line isResolved isOutdated
    resolvedBy { login }
    root: comments(first: 1) { nodes { isMinimized reactions(first: 1, content: THUMBS_DOWN) { totalCount } } }
    comments(first: 50) { pageInfo { hasNextPage endCursor } nodes { ...remark } }
  }
}
fragment remarks on IssueCommentConnection {
  pageInfo { hasNextPage endCursor }
  nodes { ...remark }
}
fragment remark on Comment {
  id
  author { __typename login }
  authorAssociation
  body
  ... on PullRequestReviewComment { fullDatabaseId }
  ... on IssueComment { fullDatabaseId }
}`;

/** One remark of a conversation. */
export function toRemark(answer: CommentAnswer, { login, readMarker }: Author): Remark {
  const author = loginOf(answer.author);
  const isBotsOwn = isBot(answer.author);
  return {
    id: Number(answer.fullDatabaseId),
    nodeId: answer.id,
    author,
    isBot: isBotsOwn,
    // Somebody who lends us their account also speaks for themselves.
    isOurs: isSameLogin(author, login) && (isBotsOwn || readMarker(answer.body).length > 0),
    association: answer.authorAssociation,
    body: answer.body,
  };
}

/**
 * A thread with all of its comments; `null` for one that we have not begun. Anyone can copy a marker, so that only those of
 * our own comments count.
 */
export function toThread(
  answer: ThreadAnswer,
  comments: readonly CommentAnswer[],
  author: Author,
): ReviewThread | null {
  const [first, ...replies] = comments.map(comment => toRemark(comment, author));
  if (!first?.isOurs) return null;
  const fingerprints = author.readMarker(first.body);
  if (fingerprints.length === 0) return null;
  const [root] = answer.root.nodes;
  return {
    id: answer.id,
    path: answer.path,
    line: answer.line,
    isResolved: answer.isResolved,
    resolvedBy: answer.resolvedBy?.login ?? null,
    isOutdated: answer.isOutdated,
    isMinimized: root?.isMinimized ?? false,
    fingerprints,
    rule: author.readRule?.(first.body) ?? null,
    comments: [first, ...replies],
    isAnswered: replies.some(reply => !reply.isOurs),
    thumbsDown: root?.reactions.totalCount ?? 0,
  };
}

/** The fingerprints in the markers of our own reviews. */
export function announcedIn(reviews: readonly ReviewAnswer[], { login, readMarker }: Author): Set<string> {
  const own = reviews.filter(({ author }) => isSameLogin(loginOf(author), login));
  return new Set(own.flatMap(({ body }) => readMarker(body)));
}

/** Whether a comment of the conversation is kept: those that speak to us, and our own. */
export function isForUs({ isOurs, body }: Remark): boolean {
  return isOurs || /\/loopwarden\b/i.test(body);
}
