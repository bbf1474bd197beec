import { gitFact } from './git.ts';

/** How a file changed, in the words of GitHub's API. */
export type FileStatus = 'added' | 'removed' | 'modified' | 'renamed' | 'changed';

/** A changed file, as GitHub lists it. */
export interface ChangedFile {
  readonly path: string;
  /** Where it was before, when it was renamed. */
  readonly previousPath: string | null;
  readonly status: FileStatus;
  /** The blob at the head; of a removed file, the one at the base. */
  readonly blob: string;
  /** Lines; 0 for binary files. */
  readonly additions: number;
  readonly deletions: number;
  /** The hunks, from the first `@@`; `null` for binary files, pure renames and diffs beyond the limits. */
  readonly patch: string | null;
}

/** What GitHub draws of a diff; more than this, and a file has no patch. */
export interface DiffLimits {
  readonly fileLines: number;
  readonly fileBytes: number;
  readonly totalLines: number;
  readonly totalBytes: number;
}

/** https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits */
export const githubDiffLimits: DiffLimits = {
  fileLines: 20_000,
  fileBytes: 500_000,
  totalLines: 20_000,
  totalBytes: 1_000_000,
};

interface RawEntry {
  readonly status: string;
  readonly modes: readonly [string, string];
  readonly blobs: readonly [string, string];
  readonly paths: readonly string[];
}

/** What differs between two commits (by SHA), renames found as GitHub finds them (at half the lines), in git's order. */
export async function changedFiles(
  folder: string,
  base: string,
  head: string,
  limits: DiffLimits = githubDiffLimits,
): Promise<readonly ChangedFile[]> {
  const diff = ['diff', '--no-ext-diff', '--no-textconv', '--find-renames=50%', '-l0'];
  const formats = ['--raw', '--numstat', '--patch', '-z', '--no-abbrev', '--no-color'];
  const text = await gitFact(folder, ...diff, ...formats, base, head);
  // One format after the other; the patch behind an empty field.
  const end = text.indexOf('\0\0diff --git ');
  const [lists, patches] = end === -1 ? [text, ''] : [text.slice(0, end + 1), text.slice(end + 2)];
  const numbersStart = /(?<=^|\0)(?!:)(?=(?:\d+|-)\t(?:\d+|-)\t)/.exec(lists)?.index ?? lists.length;
  const [raw, numbers] = [lists.slice(0, numbersStart), lists.slice(numbersStart)];
  const entries = parseRaw(raw);
  const counts = parseNumbers(numbers);
  const texts = splitPatches(patches, entries);
  return withinLimits(
    entries.map((entry, index) => toChangedFile(entry, counts[index] ?? [0, 0], texts[index] ?? null)),
    limits,
  );
}

function toChangedFile(
  entry: RawEntry,
  counts: readonly [number, number],
  patch: string | null,
): ChangedFile {
  const [first = '', second] = entry.paths;
  const status = statusOf(entry);
  return {
    path: second ?? first,
    previousPath: second === undefined ? null : first,
    status,
    blob: status === 'removed' ? entry.blobs[0] : entry.blobs[1],
    additions: counts[0],
    deletions: counts[1],
    patch,
  };
}

function statusOf({ status, modes, blobs }: RawEntry): FileStatus {
  if (status.startsWith('A')) return 'added';
  if (status.startsWith('D')) return 'removed';
  if (status.startsWith('R')) return 'renamed';
  // Another mode or kind, and the same bytes: there is nothing to draw.
  return status.startsWith('T') || (modes[0] !== modes[1] && blobs[0] === blobs[1]) ? 'changed' : 'modified';
}

/** `:100644 100644 <oid> <oid> R090\0old\0new\0` and so on. */
function parseRaw(text: string): RawEntry[] {
  const fields = text.split('\0');
  const entries: RawEntry[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [oldMode = '', newMode = '', oldBlob = '', newBlob = '', status = ''] = (fields[at] ?? '')
      .slice(1)
      .split(' ');
    const pathCount = /^[RC]/.test(status) ? 2 : 1;
    const paths = fields.slice(at + 1, at + 1 + pathCount);
    entries.push({ status, modes: [oldMode, newMode], blobs: [oldBlob, newBlob], paths });
    at += 1 + pathCount;
  }
  return entries;
}

/** `1\t2\tpath\0`, or `1\t2\t\0old\0new\0` for a rename; `-` for binary files. */
function parseNumbers(text: string): [number, number][] {
  const fields = text.split('\0');
  const counts: [number, number][] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [added = '', deleted = '', path] = (fields[at] ?? '').split('\t');
    counts.push([Number(added) || 0, Number(deleted) || 0]);
    at += path === '' ? 3 : 1;
  }
  return counts;
}

/** The hunks of each file. A line of a hunk starts with a sign or a backslash, so `diff --git` can only be a head. */
function splitPatches(text: string, entries: readonly RawEntry[]): (string | null)[] {
  const sections = text.split(/^(?=diff --git )/m);
  let at = 0;
  return entries.map(({ status }) => {
    // Another kind of file is drawn as a deletion and an addition.
    const taken = sections.slice(at, at + (status.startsWith('T') ? 2 : 1));
    at += taken.length;
    return taken.length === 1 ? hunksOf(taken[0] ?? '') : null;
  });
}

function hunksOf(section: string): string | null {
  const start = /^@@ /m.exec(section)?.index;
  return start === undefined ? null : section.slice(start).replace(/\n$/, '');
}

function withinLimits(files: readonly ChangedFile[], limits: DiffLimits): ChangedFile[] {
  let lines = 0;
  let bytes = 0;
  return files.map(file => {
    if (file.patch === null) return file;
    const size = { lines: file.patch.split('\n').length, bytes: Buffer.byteLength(file.patch) };
    lines += size.lines;
    bytes += size.bytes;
    const tooLarge =
      size.lines > limits.fileLines ||
      size.bytes > limits.fileBytes ||
      lines > limits.totalLines ||
      bytes > limits.totalBytes;
    return tooLarge ? { ...file, patch: null } : file;
  });
}
