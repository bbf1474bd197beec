import { type ChangedFile, changedFiles } from '../git/changed-files.ts';
import type { CommitContent } from '../git/fast-import.ts';
import { gitFact } from '../git/git.ts';
import { accountOf } from './accounts.ts';
import type { Account, PullRequest, Repository } from './model.ts';
import { forkOf, fullNameOf } from './repositories.ts';
import { register, type World } from './world.ts';

/** A pull request to open. The commit is made on a new branch that stands on the base branch. */
export interface PullRequestOptions extends CommitContent {
  readonly title?: string;
  readonly body?: string | null;
  /** A login; the branch is in this person's fork when `fromFork` is set. */
  readonly author?: string;
  readonly fromFork?: boolean;
  readonly branch?: string;
  readonly base?: string;
  readonly draft?: boolean;
  readonly labels?: readonly string[];
}

/** Opens a pull request, as its author would in the browser. */
export async function openPullRequest(
  world: World,
  repository: Repository,
  options: PullRequestOptions,
): Promise<PullRequest> {
  const { base = repository.defaultBranch, files, renames } = options;
  const number = nextNumber(repository);
  const author = accountOf(world, options.author ?? 'alice');
  const branch = options.branch ?? `topic-${number}`;
  const headRepository =
    options.fromFork === true ? await forkOf(world, repository, author.login) : repository;
  const baseSha = await tipOf(repository, base);
  if (headRepository !== repository) {
    await headRepository.git.fetch(repository.git, `refs/heads/${base}`, `refs/upstream/${base}`);
  }
  const content = { ...(files && { files }), ...(renames && { renames }) };
  const headSha = await headRepository.git.commit({
    ...content,
    branch,
    on: baseSha,
    message: 'Change things',
  });

  const now = world.now();
  const pull = register(world, {
    kind: 'pull',
    id: world.nextId(),
    repository,
    number,
    author,
    createdAt: now,
    title: options.title ?? 'Change things',
    body: options.body ?? null,
    state: 'open',
    locked: false,
    labels: (options.labels ?? []).map(name => ({ id: world.nextId(), name, color: 'ededed' })),
    updatedAt: now,
    closedAt: null,
    comments: [],
    reactions: [],
    baseBranch: base,
    baseSha,
    headRepository,
    headDeleted: false,
    headBranch: branch,
    headSha,
    draft: options.draft ?? false,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    mergeabilityKnown: new Set(),
    reviews: [],
    threads: [],
  } as PullRequest);
  repository.conversations.set(number, pull);
  await publishHead(pull);
  return pull;
}

/** Pushes a commit to a pull request's branch; with `on`, by force. Gives the head as it was. */
export async function pushTo(
  world: World,
  pull: PullRequest,
  content: CommitContent & { readonly on?: string; readonly message?: string },
): Promise<string> {
  const before = pull.headSha;
  pull.headSha = await pull.headRepository.git.commit({ ...content, branch: pull.headBranch });
  pull.baseSha = await tipOf(pull.repository, pull.baseBranch);
  pull.updatedAt = world.now();
  await publishHead(pull);
  return before;
}

/** Takes over what was pushed to the branch by other ways than `pushTo`: a commit made through the API. */
export async function synchronise(world: World, repository: Repository, branch: string): Promise<void> {
  for (const pull of repository.conversations.values()) {
    if (pull.kind !== 'pull' || pull.headRepository !== repository || pull.headBranch !== branch) continue;
    pull.headSha = await tipOf(repository, branch);
    pull.updatedAt = world.now();
    await publishHead(pull);
  }
}

/** Deletes the fork that a pull request came from, as its owner does. */
export function deleteFork(world: World, pull: PullRequest): void {
  const { headRepository } = pull;
  if (headRepository === pull.repository) throw new Error('The pull request is from no fork.');
  world.repositories.delete(fullNameOf(headRepository).toLowerCase());
  pull.headDeleted = true;
}

/** Closes a pull request without merging it. */
export function closePullRequest(world: World, pull: PullRequest): void {
  pull.state = 'closed';
  pull.closedAt = world.now();
  pull.updatedAt = pull.closedAt;
}

/** Merges a pull request with a merge commit, as a person does by the button. */
export async function mergePullRequest(world: World, pull: PullRequest, by: Account): Promise<string> {
  const base = await tipOf(pull.repository, pull.baseBranch);
  pull.mergeCommit = await pull.repository.git.merge(pull.baseBranch, base, pull.headSha);
  pull.mergedAt = world.now();
  pull.mergedBy = by;
  closePullRequest(world, pull);
  return pull.mergeCommit;
}

/** The open pull requests of the repository itself whose head is a commit; those of forks are not among them. */
export function openPullRequestsAt(repository: Repository, sha: string): readonly PullRequest[] {
  return [...repository.conversations.values()].filter(
    (one): one is PullRequest =>
      one.kind === 'pull' && one.state === 'open' && one.headSha === sha && one.headRepository === repository,
  );
}

/** What a pull request changes at its head, or as it was at one of its commits: from the merge base, with three dots. */
export async function filesOf(
  world: World,
  pull: PullRequest,
  head = pull.headSha,
): Promise<readonly ChangedFile[]> {
  const base = await mergeBaseOf(pull, head);
  const known = diffs.get(pull) ?? new Map<string, Promise<readonly ChangedFile[]>>();
  diffs.set(pull, known);
  const key = `${base}...${head}`;
  const files = known.get(key) ?? changedFiles(pull.repository.git.folder, base, head, world.limits.diff);
  known.set(key, files);
  return files;
}

/** Diffs never change, and are asked for page by page. */
const diffs = new WeakMap<PullRequest, Map<string, Promise<readonly ChangedFile[]>>>();

/** The commits of a pull request, oldest first. */
export async function commitsOf(pull: PullRequest): Promise<readonly string[]> {
  const range = `${pull.baseSha}..${pull.headSha}`;
  const text = await gitFact(pull.repository.git.folder, 'rev-list', '--reverse', '--topo-order', range);
  return text === '' ? [] : text.split('\n');
}

/** What GitHub says of a commit that is none of a pull request's (any more); `null` for one that is. */
export async function commitProblem(pull: PullRequest, sha: string): Promise<string | null> {
  const known = sha === pull.headSha || (await commitsOf(pull)).includes(sha);
  return known ? null : 'The commitOID is not part of the pull request';
}

/** The commit that a pull request's diff starts from. */
export async function mergeBaseOf(pull: PullRequest, head = pull.headSha): Promise<string> {
  return (await pull.repository.git.mergeBase(pull.baseSha, head)) ?? pull.baseSha;
}

/** The next free number of an issue or pull request. */
export function nextNumber(repository: Repository): number {
  return repository.conversations.size + 1;
}

async function tipOf(repository: Repository, branch: string): Promise<string> {
  const sha = await repository.git.resolve(`refs/heads/${branch}`);
  if (sha === null) throw new Error(`${repository.owner.login}/${repository.name} has no branch ${branch}.`);
  return sha;
}

/** Everything about a pull request can be read in the base repository, forks' commits included. */
async function publishHead(pull: PullRequest): Promise<void> {
  const reference = `refs/pull/${pull.number}/head`;
  if (pull.headRepository === pull.repository) {
    await pull.repository.git.setReference(reference, pull.headSha);
  } else {
    await pull.repository.git.fetch(pull.headRepository.git, `refs/heads/${pull.headBranch}`, reference);
  }
}
