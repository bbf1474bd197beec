import { GitHubError } from '../errors.ts';
import type { PullRequestConversation } from '../review/ports.ts';
import { contentsOf, type ObjectAnswer, objectFields } from './blob-answer.ts';
import {
  type Author,
  type ConversationAnswer,
  conversationFragments,
  reviewFields,
} from './conversation-answer.ts';
import type { GitHubClient } from './github-client.ts';
import { type Actor, isBot, loginOf } from './logins.ts';
import { readConversation } from './read-conversation.ts';
import type { PullRequest } from './read-pull-request.ts';
import { labelOf, type PullRequestPlace } from './repository.ts';

/** Some files of a commit: their bytes by path, `null` for one that is not there. */
export interface KnownFiles {
  /** Full SHA. */
  readonly commit: string;
  readonly files: ReadonlyMap<string, Uint8Array | null>;
}

/** All that one question tells of a pull request. */
export interface Overview {
  readonly pull: PullRequest;
  readonly conversation: PullRequestConversation;
  /** At the tip of its base branch; `null` when that branch is gone. */
  readonly base: KnownFiles | null;
  readonly head: KnownFiles | null;
}

/** What an overview is read with. */
export interface OverviewOptions {
  readonly author: Author;
  /** The files that are wanted of its base and its head. */
  readonly paths: readonly string[];
  /** Larger files count as missing. */
  readonly maxBytes: number;
}

type FilesAnswer = { readonly oid: string } & Readonly<
  Record<string, { readonly object: ObjectAnswer | null } | null | string>
>;

interface PullAnswer extends ConversationAnswer {
  readonly state: string;
  readonly isDraft: boolean;
  readonly headRefOid: string;
  readonly headRefName: string;
  readonly baseRefOid: string;
  readonly isCrossRepository: boolean;
  readonly headRepository: { readonly __typename: string } | null;
  readonly changedFiles: number;
  readonly author: Actor;
  readonly labels: { readonly nodes: readonly { readonly name: string }[] } | null;
  readonly baseRef: { readonly target: FilesAnswer | null } | null;
  readonly commits: { readonly nodes: readonly { readonly commit: FilesAnswer }[] };
}

interface Answer {
  readonly repository: { readonly pullRequest: PullAnswer | null } | null;
}

/** Reads in one query what a pull request is, what has been said on it, and the files that say how to review it. */
export async function readOverview(
  client: GitHubClient,
  place: PullRequestPlace,
  { author, paths, maxBytes }: OverviewOptions,
): Promise<Overview> {
  const variables = Object.fromEntries(paths.map((path, index) => [`p${index}`, path]));
  const { owner, repo, number } = place;
  const answer = await client.graphql<Answer>(queryFor(paths.length), { owner, repo, number, ...variables });
  const found = answer?.repository?.pullRequest;
  if (found === null || found === undefined) {
    throw new GitHubError('server', `GitHub's answer about ${labelOf(place)} broke off on the way.`, {
      status: 200,
    });
  }
  const pull = toPullRequest(found);
  const [last] = found.commits.nodes;
  const filesIn = async (commit: FilesAnswer | null | undefined): Promise<KnownFiles | null> => {
    if (commit?.oid === undefined) return null;
    const contents = await Promise.all(
      paths.map((_, index) => contentsOf(objectAt(commit, index), { client, repository: place, maxBytes })),
    );
    const bytes = contents.map(content => (content.kind === 'bytes' ? content.bytes : null));
    return { commit: commit.oid, files: new Map(paths.map((path, index) => [path, bytes[index] ?? null])) };
  };
  const [conversation, base, head] = await Promise.all([
    readConversation(client, place, author, found),
    filesIn(found.baseRef?.target),
    filesIn(last?.commit.oid === pull.head ? last.commit : null),
  ]);
  return { pull, conversation, base, head };
}

function objectAt(commit: FilesAnswer, index: number): ObjectAnswer | null {
  const entry = commit[`f${index}`];
  return typeof entry === 'object' && entry !== null ? entry.object : null;
}

function toPullRequest(answer: PullAnswer): PullRequest {
  return {
    open: answer.state === 'OPEN',
    draft: answer.isDraft,
    head: answer.headRefOid,
    base: answer.baseRefOid,
    branch: answer.headRefName,
    isFork: answer.isCrossRepository,
    isGone: answer.headRepository === null,
    author: loginOf(answer.author),
    byBot: isBot(answer.author),
    changedFiles: answer.changedFiles,
    labels: answer.labels?.nodes.map(label => label.name) ?? [],
  };
}

function queryFor(count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  const parameters = indices.map(index => `, $p${index}: String!`).join('');
  const files = indices
    .map(index => `  f${index}: file(path: $p${index}) { object { ...object } }`)
    .join('\n');
  return `query Overview($owner: String!, $repo: String!, $number: Int!${parameters}) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      state isDraft headRefOid headRefName baseRefOid isCrossRepository headRepository { __typename } changedFiles
      author { __typename login }
      labels(first: 100) { nodes { name } }
      reviewThreads(first: 100) { ...threads }
      comments(first: 100) { ...remarks }
      ${reviewFields}
      baseRef { target { oid ...files } }
      commits(last: 1) { nodes { commit { oid ...files } } }
    }
  }
}
fragment files on Commit {
${files || '  oid'}
}
${count === 0 ? '' : `fragment object on GitObject { ${objectFields} }`}
${conversationFragments}`;
}
