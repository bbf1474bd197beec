import { readCommit } from '../git/commit.ts';
import { isoTime, isoTimeOrNull } from '../render/json.ts';
import { pullPage } from '../render/pull-request.ts';
import { associationOf } from '../state/accounts.ts';
import type { PullRequest } from '../state/model.ts';
import { commitsOf, filesOf } from '../state/pull-requests.ts';
import { nodeId, type World } from '../state/world.ts';
import { actorSource } from './actor.ts';
import { issueCommentSource } from './comments.ts';
import { connection } from './connection.ts';
import { commitSource } from './git-object.ts';
import { refSource } from './ref.ts';
import { reviewSource } from './reviews.ts';
import type { Arguments, GraphQLCall, Source } from './source.ts';
import { threadSource } from './threads.ts';

/** In the words of `PatchStatus`. */
const changeTypes = {
  added: 'ADDED',
  removed: 'DELETED',
  modified: 'MODIFIED',
  renamed: 'RENAMED',
  changed: 'CHANGED',
} as const;

/** A `PullRequest`. */
export function pullRequestSource(world: World, pull: PullRequest): Source {
  const url = pullPage(world, pull);
  return {
    __typename: 'PullRequest',
    id: nodeId(pull),
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    url,
    resourcePath: new URL(url).pathname,
    state: pull.mergedAt ? 'MERGED' : pull.state.toUpperCase(),
    closed: pull.state === 'closed',
    merged: pull.mergedAt !== null,
    isDraft: pull.draft,
    locked: pull.locked,
    author: actorSource(world, pull.author),
    authorAssociation: associationOf(pull.repository, pull.author),
    createdAt: isoTime(pull.createdAt),
    updatedAt: isoTime(pull.updatedAt),
    closedAt: isoTimeOrNull(pull.closedAt),
    mergedAt: isoTimeOrNull(pull.mergedAt),
    baseRef: (_: Arguments, call: GraphQLCall) => refSource(call, pull.repository, pull.baseBranch),
    baseRefName: pull.baseBranch,
    baseRefOid: pull.baseSha,
    headRefName: pull.headBranch,
    headRefOid: pull.headSha,
    isCrossRepository: pull.headRepository !== pull.repository,
    maintainerCanModify: pull.headRepository !== pull.repository && !pull.headDeleted,
    repository: (_: Arguments, call: GraphQLCall) => call.sourceOf(pull.repository),
    baseRepository: (_: Arguments, call: GraphQLCall) => call.sourceOf(pull.repository),
    headRepository: (_: Arguments, call: GraphQLCall) =>
      pull.headDeleted ? null : call.sourceOf(pull.headRepository),
    headRepositoryOwner: () => (pull.headDeleted ? null : actorSource(world, pull.headRepository.owner)),
    ...sizes(world, pull),
    ...lists(world, pull),
  };
}

function sizes(world: World, pull: PullRequest): Source {
  return {
    changedFiles: async () => (await filesOf(world, pull)).length,
    additions: async () => (await filesOf(world, pull)).reduce((sum, file) => sum + file.additions, 0),
    deletions: async () => (await filesOf(world, pull)).reduce((sum, file) => sum + file.deletions, 0),
  };
}

function lists(world: World, pull: PullRequest): Source {
  return {
    labels: (args: Arguments) =>
      connection('labels', pull.labels, args, label => ({
        __typename: 'Label',
        name: label.name,
        color: label.color,
      })),
    files: async (args: Arguments) =>
      connection('files', await filesOf(world, pull), args, file => ({
        path: file.path,
        additions: file.additions,
        deletions: file.deletions,
        changeType: changeTypes[file.status],
      })),
    commits: async (args: Arguments) =>
      connection('commits', await commitsOf(pull), args, async sha => ({
        commit: commitSource(world, pull.repository, await readCommit(pull.repository.git, sha)),
      })),
    reviewThreads: (args: Arguments) =>
      connection('reviewThreads', pull.threads, args, thread => threadSource(world, thread)),
    reviews: (args: Arguments) =>
      connection('reviews', pull.reviews, args, review => reviewSource(world, review)),
    comments: (args: Arguments) =>
      connection('comments', pull.comments, args, comment => issueCommentSource(world, comment)),
  };
}
