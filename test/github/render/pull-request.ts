import { gitFactOrNull } from '../git/git.ts';
import { associationOf } from '../state/accounts.ts';
import type { Label, PullRequest, Repository } from '../state/model.ts';
import { commitsOf, filesOf } from '../state/pull-requests.ts';
import { visibleComments } from '../state/reviews.ts';
import { nodeId, type World } from '../state/world.ts';
import { renderAccount } from './account.ts';
import { isoTime, isoTimeOrNull, type Json } from './json.ts';
import { renderRepository, repositoryApi, repositoryPage } from './repository.ts';

/** The address of a pull request in the API. */
export function pullApi(world: World, pull: PullRequest): string {
  return `${repositoryApi(world, pull.repository)}/pulls/${pull.number}`;
}

/** The address of a pull request on the web site. */
export function pullPage(world: World, pull: PullRequest): string {
  return `${repositoryPage(world, pull.repository)}/pull/${pull.number}`;
}

/** A `pull-request-simple`, as lists have it. */
export function renderSimplePull(world: World, pull: PullRequest): Json {
  const api = pullApi(world, pull);
  const page = pullPage(world, pull);
  const repository = repositoryApi(world, pull.repository);
  const addresses = {
    commits: `${api}/commits`,
    comments: `${repository}/issues/${pull.number}/comments`,
    review_comment: `${repository}/pulls/comments{/number}`,
    review_comments: `${api}/comments`,
    statuses: `${repository}/statuses/${pull.headSha}`,
    issue: `${repository}/issues/${pull.number}`,
  };
  const links = { ...addresses, self: api, html: page };
  return {
    id: pull.id,
    node_id: nodeId(pull),
    url: api,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    ...Object.fromEntries(Object.entries(addresses).map(([name, href]) => [`${name}_url`, href])),
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    user: renderAccount(world, pull.author),
    body: pull.body,
    labels: pull.labels.map(label => renderLabel(world, pull.repository, label)),
    milestone: null,
    active_lock_reason: null,
    created_at: isoTime(pull.createdAt),
    updated_at: isoTime(pull.updatedAt),
    closed_at: isoTimeOrNull(pull.closedAt),
    merged_at: isoTimeOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeCommit,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: {
      ...renderBranch(world, pull.headRepository, pull.headBranch, pull.headSha),
      ...(pull.headDeleted && { repo: null }),
    },
    base: renderBranch(world, pull.repository, pull.baseBranch, pull.baseSha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: associationOf(pull.repository, pull.author),
    auto_merge: null,
    draft: pull.draft,
  };
}

/** A `pull-request`, with what only a request for it alone tells. */
export async function renderPull(world: World, pull: PullRequest): Promise<Json> {
  const [files, commits, mergeable] = await Promise.all([
    filesOf(world, pull),
    commitsOf(pull),
    mergeability(pull),
  ]);
  return {
    ...renderSimplePull(world, pull),
    merged: pull.mergedAt !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
    merged_by: pull.mergedBy && renderAccount(world, pull.mergedBy),
    comments: pull.comments.length,
    review_comments: visibleComments(pull, null).length,
    maintainer_can_modify: pull.headRepository !== pull.repository && !pull.headDeleted,
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** A `pull-request-minimal`, as check runs have it. */
export function renderMinimalPull(world: World, pull: PullRequest): Json {
  const end = (repository: Repository, ref: string, sha: string) => ({
    ref,
    sha,
    repo: { id: repository.id, url: repositoryApi(world, repository), name: repository.name },
  });
  return {
    id: pull.id,
    number: pull.number,
    url: pullApi(world, pull),
    head: end(pull.headRepository, pull.headBranch, pull.headSha),
    base: end(pull.repository, pull.baseBranch, pull.baseSha),
  };
}

/** A `label`. */
export function renderLabel(world: World, repository: Repository, label: Label): Json {
  return {
    id: label.id,
    node_id: `LA_${Buffer.from(`stand-in:${label.id}`).toString('base64url')}`,
    url: `${repositoryApi(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: '',
    color: label.color,
    default: false,
  };
}

function renderBranch(world: World, repository: Repository, ref: string, sha: string): Json {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: renderAccount(world, repository.owner),
    repo: renderRepository(world, repository),
  };
}

/** Unknown when it is first asked for: GitHub finds it out in the background. */
async function mergeability(pull: PullRequest): Promise<boolean | null> {
  if (pull.state === 'closed') return null;
  const key = `${pull.baseSha} ${pull.headSha}`;
  if (!pull.mergeabilityKnown.has(key)) {
    pull.mergeabilityKnown.add(key);
    return null;
  }
  const tree = await gitFactOrNull(
    pull.repository.git.folder,
    'merge-tree',
    '--write-tree',
    pull.baseSha,
    pull.headSha,
  );
  return tree !== null;
}
