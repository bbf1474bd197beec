import { stat } from 'node:fs/promises';
import { GitError } from '../errors.ts';
import { complaint, type GitPlace, gitOutput, runGit } from './git-command.ts';

/** A local git repository. */
export interface GitRepository {
  /** The root of its working tree, or the repository itself where it has none. */
  readonly place: GitPlace;
  /** The `.git` folder, or that of a linked worktree. */
  readonly gitFolder: string;
  /** False for a bare repository. */
  readonly hasWorkingTree: boolean;
}

/** A commit and the name under which it was found. */
export interface NamedCommit {
  readonly name: string;
  readonly id: string;
}

/** Finds the repository that a folder is (in). Throws `GitError` saying what is wrong with it. */
export async function openGitRepository(folder: string): Promise<GitRepository> {
  const kind = await stat(folder).catch(() => null);
  if (kind === null) throw new GitError(`${folder} does not exist`);
  if (!kind.isDirectory()) throw new GitError(`${folder} is not a folder`);
  const place = { folder };
  const { status, stdout, stderr } = await runGit(place, [
    'rev-parse',
    '--is-inside-work-tree',
    '--absolute-git-dir',
  ]);
  if (status !== 0) throw openError(folder, stderr);
  const answer = stdout.toString();
  const hasWorkingTree = answer.startsWith('true\n');
  const gitFolder = withoutLastNewline(answer.slice(answer.indexOf('\n') + 1));
  if (!hasWorkingTree) return { place: { folder: gitFolder }, gitFolder, hasWorkingTree };
  const top = await gitOutput(place, ['rev-parse', '--show-toplevel']);
  return { place: { folder: withoutLastNewline(top.toString()) }, gitFolder, hasWorkingTree };
}

function openError(folder: string, stderr: string): GitError {
  if (stderr.includes('dubious ownership')) {
    return new GitError(
      `git does not trust ${folder} because it belongs to somebody else; run: git config --global --add safe.directory ${folder}`,
    );
  }
  if (stderr.includes('not a git repository')) {
    return new GitError(`${folder} is not a git repository; pass the one to review with --repo DIR`);
  }
  return new GitError(`${folder} cannot be read as a git repository: ${complaint(stderr)}`);
}

/** The full id of the commit that a revision names. Throws `GitError` when there is none. */
export async function resolveCommit(repository: GitRepository, revision: string): Promise<string> {
  const id = await findCommit(repository, revision);
  if (id !== null) return id;
  const remedy = (await isShallow(repository))
    ? 'the history here is shallow: fetch the rest with: git fetch --unshallow'
    : 'fetch it first, or pass another';
  throw new GitError(`${repository.place.folder} has no commit ${quoted(revision)}; ${remedy}`);
}

async function findCommit(repository: GitRepository, revision: string): Promise<string | null> {
  // What starts with a dash would be taken for an option; no revision does.
  if (revision === '' || revision.startsWith('-') || revision.includes('\0')) return null;
  const args = ['rev-parse', '--quiet', '--verify', `${revision}^{commit}`];
  const { status, stdout } = await runGit(repository.place, args);
  return status === 0 ? stdout.toString().trim() : null;
}

/** The commit that both come from, of which a three-dot diff starts. Throws `GitError` when there is none. */
export async function mergeBase(
  repository: GitRepository,
  base: NamedCommit,
  head: NamedCommit,
): Promise<string> {
  const { status, stdout, stderr } = await runGit(repository.place, ['merge-base', base.id, head.id]);
  if (status === 0) return stdout.toString().trim();
  if (status !== 1) throw new GitError(`git merge-base failed: ${complaint(stderr)}`);
  const names = `${quoted(base.name)} and ${quoted(head.name)}`;
  if (await isShallow(repository)) {
    throw new GitError(
      `${names} have no common commit in this shallow clone; fetch more history with: git fetch --unshallow (with actions/checkout: fetch-depth: 0)`,
    );
  }
  throw new GitError(`${names} have no commit in common; pass another --base`);
}

/**
 * What a change is compared with when nobody says: the remote's default branch. Looks for `origin/HEAD`, then
 * `origin/main`, `origin/master`, `main`, `master`, and in a bare repository at last for its `HEAD`.
 */
export async function defaultBase(repository: GitRepository): Promise<NamedCommit> {
  const candidates = [
    'refs/remotes/origin/HEAD',
    'refs/remotes/origin/main',
    'refs/remotes/origin/master',
    'refs/heads/main',
    'refs/heads/master',
    ...(repository.hasWorkingTree ? [] : ['HEAD']),
  ];
  for (const candidate of candidates) {
    const id = await findCommit(repository, candidate);
    if (id !== null) return { name: candidate.replace(/^refs\/(remotes|heads)\//, ''), id };
  }
  throw new GitError(
    `${repository.place.folder} has no origin/HEAD, origin/main, origin/master, main or master to compare with; pass --base REV`,
  );
}

async function isShallow(repository: GitRepository): Promise<boolean> {
  const { stdout } = await runGit(repository.place, ['rev-parse', '--is-shallow-repository']);
  return stdout.toString().trim() === 'true';
}

/** A revision in a message: a line end in it must not end the line. */
function quoted(revision: string): string {
  return JSON.stringify(revision);
}

function withoutLastNewline(text: string): string {
  return text.replace(/\r?\n$/, '');
}
