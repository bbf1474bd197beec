import { GitHubError } from '../errors.ts';
import type { PullRequestConversation } from '../review/ports.ts';
import {
  type Author,
  announcedIn,
  type CommentAnswer,
  type Connection,
  type ConversationAnswer,
  conversationFragments,
  isForUs,
  reviewFields,
  type ThreadAnswer,
  toRemark,
  toThread,
} from './conversation-answer.ts';
import type { GitHubClient } from './github-client.ts';
import type { PullRequestPlace } from './repository.ts';

interface PageAnswer {
  readonly repository: { readonly pullRequest: ConversationAnswer | null } | null;
}

interface CommentsAnswer {
  readonly node: { readonly comments?: Connection<CommentAnswer> } | null;
}

const pageQuery = `query Conversation(
  $owner: String!, $repo: String!, $number: Int!
  $threads: Boolean!, $threadsAfter: String, $remarks: Boolean!, $remarksAfter: String, $reviews: Boolean!
) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $threadsAfter) @include(if: $threads) { ...threads }
      comments(first: 100, after: $remarksAfter) @include(if: $remarks) { ...remarks }
      ... @include(if: $reviews) { ${reviewFields} }
    }
  }
}
${conversationFragments}`;

const commentsQuery = `query ThreadComments($thread: ID!, $after: String) {
  node(id: $thread) {
    ... on PullRequestReviewThread {
      comments(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...remark } }
    }
  }
}
fragment remark on Comment {
  id author { __typename login } authorAssociation body
  ... on PullRequestReviewComment { fullDatabaseId }
}`;

/**
 * Reads what has been said on a pull request, to its end: a hundred threads and a hundred remarks with each query.
 *
 * @param first the first page of each list, where it is known already
 */
export async function readConversation(
  client: GitHubClient,
  place: PullRequestPlace,
  author: Author,
  first?: ConversationAnswer,
): Promise<PullRequestConversation> {
  let page = first ?? (await readPage(client, place, { threads: null, remarks: null }));
  const announced = announcedIn(page.reviews?.nodes ?? [], author);
  const threads: ThreadAnswer[] = [];
  const remarks: CommentAnswer[] = [];
  for (;;) {
    threads.push(...(page.reviewThreads?.nodes ?? []));
    remarks.push(...(page.comments?.nodes ?? []));
    const next = { threads: nextOf(page.reviewThreads), remarks: nextOf(page.comments) };
    if (next.threads === undefined && next.remarks === undefined) break;
    page = await readPage(client, place, next);
  }
  const own = await Promise.all(
    threads.map(async thread => toThread(thread, await allComments(client, thread), author)),
  );
  return {
    threads: own.filter(thread => thread !== null),
    remarks: remarks.map(remark => toRemark(remark, author)).filter(isForUs),
    announced,
  };
}

/** Where each list goes on: `null` at its beginning, `undefined` when it is not asked for any more. */
interface Cursors {
  readonly threads: string | null | undefined;
  readonly remarks: string | null | undefined;
}

function nextOf(connection: Connection<unknown> | undefined): string | undefined {
  return connection?.pageInfo.hasNextPage ? (connection.pageInfo.endCursor ?? undefined) : undefined;
}

async function readPage(
  client: GitHubClient,
  { owner, repo, number }: PullRequestPlace,
  { threads, remarks }: Cursors,
): Promise<ConversationAnswer> {
  const answer = await client.graphql<PageAnswer>(pageQuery, {
    owner,
    repo,
    number,
    threads: threads !== undefined,
    threadsAfter: threads ?? null,
    remarks: remarks !== undefined,
    remarksAfter: remarks ?? null,
    reviews: threads === null,
  });
  return answer?.repository?.pullRequest ?? broken();
}

/** Those of a thread; of a long one there are more than the first page. */
async function allComments(client: GitHubClient, thread: ThreadAnswer): Promise<readonly CommentAnswer[]> {
  const comments = [...thread.comments.nodes];
  for (let after = nextOf(thread.comments); after !== undefined; ) {
    const answer = await client.graphql<CommentsAnswer>(commentsQuery, { thread: thread.id, after });
    const page = answer?.node?.comments ?? broken();
    comments.push(...page.nodes);
    after = nextOf(page);
  }
  return comments;
}

function broken(): never {
  throw new GitHubError('server', "GitHub's answer to a query for a conversation broke off on the way.", {
    status: 200,
  });
}
