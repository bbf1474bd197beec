import { copyFile, mkdir, mkdtemp, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invariant } from '../errors.ts';
import { type GitPlace, gitOutput } from './git-command.ts';
import type { GitRepository } from './git-repository.ts';
import { pythonPathspecs } from './python-path.ts';

/** The working tree as an index, as it would be committed now. */
export interface WorkingTreeSnapshot {
  /** Git run here sees the snapshot as its index, and the repository's objects besides those of the snapshot. */
  readonly place: GitPlace;
  /** Deletes the snapshot. */
  dispose(): Promise<void>;
}

/**
 * Records the Python files of the working tree, uncommitted and untracked ones too (ignored ones not), in a temporary
 * index with temporary objects. So git itself finds renames among them and converts line ends as in a commit, and
 * nothing in the repository is touched.
 */
export async function snapshotWorkingTree(repository: GitRepository): Promise<WorkingTreeSnapshot> {
  invariant(repository.hasWorkingTree, 'only a repository with a working tree can be recorded');
  const folder = await mkdtemp(join(tmpdir(), 'loopwarden-'));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    const index = join(folder, 'index');
    const objects = join(folder, 'objects');
    await mkdir(objects);
    await copyIndex(await gitPath(repository, 'index'), index);
    const real = await gitPath(repository, 'objects');
    const place = {
      folder: repository.place.folder,
      variables: {
        GIT_INDEX_FILE: index,
        GIT_OBJECT_DIRECTORY: objects,
        GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates(real),
      },
    };
    await recordFiles(place);
    return { place, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function gitPath(repository: GitRepository, name: string): Promise<string> {
  const args = ['rev-parse', '--path-format=absolute', '--git-path', name];
  return (await gitOutput(repository.place, args)).toString().replace(/\r?\n$/, '');
}

/**
 * Copies the index with a time that is not later than its own: git takes a file for unchanged when it is older than
 * the index (https://git-scm.com/docs/racy-git), and a copy made now would make a file just written look older.
 */
async function copyIndex(from: string, to: string): Promise<void> {
  const times = await stat(from).catch(() => null);
  if (times === null) return; // a repository without a commit has none
  await copyFile(from, to);
  const seconds = Math.floor(times.mtimeMs / 1000);
  await utimes(to, seconds, seconds);
}

/** The repository's own objects, and those that the environment adds to them. A quoted path may have the separator in it. */
function alternates(objects: string): string {
  const inherited = process.env.GIT_ALTERNATE_OBJECT_DIRECTORIES;
  const own = JSON.stringify(objects);
  const separator = process.platform === 'win32' ? ';' : ':';
  return inherited ? `${own}${separator}${inherited}` : own;
}

async function recordFiles(place: GitPlace): Promise<void> {
  const listed = ['ls-files', '-z', '--modified', '--others', '--exclude-standard', '--', ...pythonPathspecs];
  const names = (await gitOutput(place, listed)).toString('latin1').split('\0');
  // A name that ends with a slash is another repository inside this one.
  const files = [...new Set(names)].filter(name => name !== '' && !name.endsWith('/'));
  if (files.length === 0) return;
  const input = Buffer.from(`${files.join('\0')}\0`, 'latin1');
  // `core.safecrlf` would complain of mixed line ends; a split index would be written into the repository.
  const options = ['-c', 'core.safecrlf=false', '-c', 'core.splitIndex=false'];
  await gitOutput(place, [...options, 'update-index', '-z', '--add', '--remove', '--stdin'], input);
}
