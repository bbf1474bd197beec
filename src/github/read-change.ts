import type { Change, ChangedFile, FileStatus, Hunk, UnreadFile } from '../changes/change.ts';
import { diffTexts, parseHunks } from '../changes/hunks.ts';
import { LoopwardenError, StaleHeadError } from '../errors.ts';
import { isPythonPath } from '../project/python-path.ts';
import type { Contents } from './blob-answer.ts';
import type { GitHubClient } from './github-client.ts';
import { readMergeBase } from './merge-base.ts';
import type { ContentsReader, FileVersion } from './read-contents.ts';
import { type ListedFile, mostListedFiles, readFiles } from './read-files.ts';
import type { PullRequest } from './read-pull-request.ts';
import { labelOf, type PullRequestPlace } from './repository.ts';

/** How much of a change is looked at. */
export interface ChangeLimits {
  /** The most Python files. */
  readonly maxFiles: number;
  /** The most bytes of all versions of all files together. */
  readonly maxBytes: number;
}

/** Ten times what anyone will review, and what a server can hold for several pull requests at once. */
export const defaultChangeLimits: ChangeLimits = { maxFiles: 1000, maxBytes: 64_000_000 };

/** So many files, with two versions each, fill one query. */
const groupSize = 50;

const statuses: Readonly<Record<ListedFile['status'], FileStatus | null>> = {
  added: 'added',
  copied: 'added',
  modified: 'modified',
  changed: 'modified',
  renamed: 'renamed',
  removed: 'removed',
  unchanged: null,
};

/** What came of one listed file. */
type Outcome = { readonly file: ChangedFile } | { readonly unread: UnreadFile };

/** What a change is read with. */
export interface ChangeSources {
  readonly client: GitHubClient;
  readonly place: PullRequestPlace;
  readonly pull: PullRequest;
  readonly contents: ContentsReader;
}

/**
 * Reads what a pull request changes: the list, the merge base, and both versions of each Python file.
 *
 * @param readLinks gives the head's symbolic links, which are no files; called as soon as it is known that there are Python files
 */
export async function readChange(
  { client, place, pull, contents }: ChangeSources,
  limits: ChangeLimits = defaultChangeLimits,
  readLinks: () => Promise<ReadonlySet<string>> = async () => new Set(),
): Promise<Change> {
  const [listed, mergeBase] = await Promise.all([
    readFiles(client, place, pull.changedFiles),
    readMergeBase(client, place, pull.base, pull.head),
  ]);
  const python = listed.filter(file => isPythonPath(file.path) && statuses[file.status] !== null);
  const noLinks: ReadonlySet<string> = new Set();
  // Where the list that they are from cannot be read, whoever needs more of it says so.
  const readingLinks = python.length > 0 ? readLinks().catch(() => noLinks) : Promise.resolve(noLinks);
  const files: ChangedFile[] = [];
  const unread: UnreadFile[] = [];
  if (pull.changedFiles > listed.length) unread.push(unlisted(pull.changedFiles));

  let bytes = 0;
  for (let start = 0; start < python.length; start += groupSize) {
    const group = python.slice(start, start + groupSize);
    const left = bytes > limits.maxBytes ? 0 : Math.max(0, limits.maxFiles - start);
    for (const file of group.slice(left)) unread.push(notReached(file, bytes, limits));
    for (const outcome of await readGroup(
      group.slice(0, left),
      pull.head,
      mergeBase,
      contents,
      labelOf(place),
    )) {
      if ('unread' in outcome) {
        unread.push(outcome.unread);
        continue;
      }
      files.push(outcome.file);
      bytes += (outcome.file.base?.length ?? 0) + (outcome.file.head?.length ?? 0);
    }
  }
  const links = await readingLinks;
  return {
    base: pull.base,
    head: pull.head,
    mergeBase,
    files: files.flatMap(file => (links.has(file.path) ? whatLinkReplaced(file) : [file])),
    unread,
  };
}

/** The file that was where there is a symbolic link now, which is none. */
function whatLinkReplaced(file: ChangedFile): readonly ChangedFile[] {
  if (file.base === null || file.previousPath !== null) return [];
  return [{ ...file, status: 'removed', head: null }];
}

async function readGroup(
  listed: readonly ListedFile[],
  head: string,
  mergeBase: string,
  contents: ContentsReader,
  label: string,
): Promise<readonly Outcome[]> {
  const wanted = listed.map(file => ({ file, versions: versionsOf(file, head, mergeBase) }));
  const read = await contents.read(wanted.flatMap(({ versions }) => Object.values(versions)));
  const rest = read.values();
  return wanted.map(({ file, versions }) => {
    // In the order of `versionsOf`.
    const headContents = versions.head === undefined ? null : (rest.next().value ?? null);
    const baseContents = versions.base === undefined ? null : (rest.next().value ?? null);
    if (headContents?.kind === 'bytes' && file.blob !== null && headContents.blob !== file.blob) {
      throw new StaleHeadError(`The head of ${label} moved while its files were read.`);
    }
    return outcomeOf(file, headContents, baseContents);
  });
}

/** The versions to read: only the base of a removed file, from which code may have moved, only the head of an added one. */
function versionsOf(
  { path, previousPath, status, blob }: ListedFile,
  head: string,
  mergeBase: string,
): { readonly head?: FileVersion; readonly base?: FileVersion } {
  const kind = statuses[status];
  if (kind === 'removed') return { base: { commit: mergeBase, path, blob } };
  const headVersion = { commit: head, path, blob };
  if (kind === 'added') return { head: headVersion };
  return { head: headVersion, base: { commit: mergeBase, path: previousPath ?? path, blob: null } };
}

function outcomeOf(file: ListedFile, head: Contents | null, base: Contents | null): Outcome {
  const status = statuses[file.status] ?? 'modified';
  const previousPath = status === 'renamed' ? file.previousPath : null;
  const common = { path: file.path, previousPath, status };
  if (head === null) {
    // Nothing of it can be looked at, so that it does not matter when it cannot be read.
    const bytes = bytesOf(base);
    return { file: { ...common, ...hunksOf(file, bytes, null), base: bytes, head: null } };
  }
  for (const contents of [head, base]) {
    if (contents?.kind === 'too-large')
      return { unread: { path: file.path, reason: tooLarge(contents.size) } };
    if (contents?.kind === 'missing')
      return { unread: { path: file.path, reason: 'it is not a regular file' } };
  }
  const headBytes = bytesOf(head);
  const baseBytes = bytesOf(base);
  return {
    file: { ...common, ...hunksOf(file, baseBytes, headBytes), base: baseBytes, head: headBytes },
  };
}

function bytesOf(contents: Contents | null): Uint8Array | null {
  return contents?.kind === 'bytes' ? contents.bytes : null;
}

/** GitHub's own hunks; where it shows none although lines have changed, those that it would show. */
function hunksOf(
  file: ListedFile,
  base: Uint8Array | null,
  head: Uint8Array | null,
): Pick<ChangedFile, 'hunks' | 'shown'> {
  const shown = file.patch === null ? null : shownHunks(file.patch);
  if (shown !== null) return { hunks: shown };
  if (file.changes === 0) return { hunks: [] };
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const textOf = (bytes: Uint8Array | null) => decoder.decode(bytes ?? new Uint8Array());
  return { hunks: diffTexts(textOf(base), textOf(head)), shown: false };
}

/** `null` for a patch that is cut off. */
function shownHunks(patch: string): readonly Hunk[] | null {
  try {
    return parseHunks(patch);
  } catch (error) {
    if (error instanceof LoopwardenError && error.code === 'malformed-diff') return null;
    throw error;
  }
}

function tooLarge(size: number): string {
  return `it has ${size.toLocaleString('en')} bytes`;
}

function notReached(file: ListedFile, bytes: number, limits: ChangeLimits): UnreadFile {
  const reason =
    bytes > limits.maxBytes
      ? `the files before it have more than ${limits.maxBytes.toLocaleString('en')} bytes`
      : `more than ${limits.maxFiles.toLocaleString('en')} Python files are changed`;
  return { path: file.path, reason };
}

function unlisted(changedFiles: number): UnreadFile {
  const count = (changedFiles - mostListedFiles).toLocaleString('en');
  return {
    path: `${count} other files`,
    reason: `GitHub lists only ${mostListedFiles.toLocaleString('en')}`,
  };
}
