import type { Change, ChangedFile, UnreadFile } from '../changes/change.ts';
import { parseHunks } from '../changes/hunks.ts';
import { GitError } from '../errors.ts';
import { diskFiles } from '../project/disk-files.ts';
import { type BlobReader, openBlobs } from '../project/git-blobs.ts';
import type { GitPlace } from '../project/git-command.ts';
import { changedFiles, type DiffRange, type GitChange, patches } from '../project/git-diff.ts';
import { gitFiles } from '../project/git-files.ts';
import { gitProject } from '../project/git-project.ts';
import {
  defaultBase,
  type GitRepository,
  mergeBase,
  type NamedCommit,
  openGitRepository,
  resolveCommit,
} from '../project/git-repository.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { snapshotWorkingTree } from '../project/working-tree.ts';
import type { ChangeReader } from '../review/ports.ts';
import { maxSourceBytes } from './read-source.ts';

/** Which change of which repository. */
export interface LocalChangeOptions {
  /** A folder in the repository, or a bare repository. */
  readonly folder: string;
  /** What it is compared with; without it the remote's default branch. */
  readonly base: string | undefined;
  /** Without it the working tree. */
  readonly head: string | undefined;
}

/** A change of a local repository. */
export interface LocalChange extends Required<ChangeReader> {
  /** The files at the base, where the configuration is read: a change cannot silence its own review. */
  readonly baseFiles: ProjectFiles;
  /** The files at the head. */
  readonly headFiles: ProjectFiles;
  /** Ends git, and deletes what was recorded of the working tree. */
  close(): Promise<void>;
}

/** Opens a change: from where the head left the base to the head, as in a pull request. Throws `GitError`. */
export async function openLocalChange(options: LocalChangeOptions): Promise<LocalChange> {
  const repository = await openGitRepository(options.folder);
  if (options.head === undefined && !repository.hasWorkingTree) {
    throw new GitError(`${options.folder} has no working tree; pass what to review with --head REV`);
  }
  const base = await namedBase(repository, options.base);
  const head = options.head === undefined ? null : await named(repository, options.head);
  const start = await mergeBase(repository, base, head ?? (await named(repository, 'HEAD')));
  const snapshot = head === null ? await snapshotWorkingTree(repository) : null;
  const place = snapshot?.place ?? repository.place;
  const blobs = openBlobs(place, maxSourceBytes);
  return {
    baseFiles: gitFiles(repository, base.id, blobs),
    headFiles: head === null ? diskFiles(repository.place.folder) : gitFiles(repository, head.id, blobs),
    readProjects: () => ({
      base: gitProject(repository.place, start, blobs),
      head: gitProject(place, head?.id ?? 'index', blobs),
    }),
    async readChange() {
      const read = await readFiles(place, { from: start, to: head?.id ?? 'index' }, blobs);
      return { base: base.id, head: head?.id ?? '', mergeBase: start, ...read };
    },
    async close() {
      await blobs.close();
      await snapshot?.dispose();
    },
  };
}

function namedBase(repository: GitRepository, revision: string | undefined): Promise<NamedCommit> {
  return revision === undefined ? defaultBase(repository) : named(repository, revision);
}

async function named(repository: GitRepository, revision: string): Promise<NamedCommit> {
  return { name: revision, id: await resolveCommit(repository, revision) };
}

async function readFiles(
  place: GitPlace,
  range: DiffRange,
  blobs: BlobReader,
): Promise<Pick<Change, 'files' | 'unread'>> {
  const changes = await changedFiles(place, range);
  const diffs = await patches(place, range, changes);
  const read = await Promise.all(changes.map(change => readFile(change, diffs.get(change.path), blobs)));
  return {
    files: read.filter(file => 'hunks' in file),
    unread: read.filter(file => 'reason' in file),
  };
}

async function readFile(
  { path, previousPath, status, baseBlob, headBlob }: GitChange,
  diff: string | undefined,
  blobs: BlobReader,
): Promise<ChangedFile | UnreadFile> {
  const [base, head] = await Promise.all([readBlob(baseBlob, blobs), readBlob(headBlob, blobs)]);
  if (typeof base === 'string') return { path, reason: base };
  if (typeof head === 'string') return { path, reason: head };
  const hunks = diff === undefined ? [] : parseHunks(diff);
  return { path, previousPath, status, hunks, base, head };
}

/** The contents, or why they are not at hand. */
async function readBlob(id: string | null, blobs: BlobReader): Promise<Uint8Array | string | null> {
  if (id === null) return null;
  const blob = await blobs.read(id);
  switch (blob.kind) {
    case 'contents':
      return blob.bytes;
    case 'too-large':
      return `has ${blob.size} bytes, more than ${maxSourceBytes}`;
    case 'missing':
      return 'is missing from the repository';
  }
}
