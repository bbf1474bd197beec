import { invariant } from '../errors.ts';
import { type GitPlace, gitOutput } from './git-command.ts';
import { isPythonPath, pythonPathspecs } from './python-path.ts';

/** What is compared: a commit with another one, or with the index of the place. */
export interface DiffRange {
  readonly from: string;
  readonly to: string | 'index';
}

/** A changed Python file, its contents by the ids of their blobs. */
export interface GitChange {
  readonly path: string;
  /** The path before, where it differs. */
  readonly previousPath: string | null;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  /** `null` for an added file. */
  readonly baseBlob: string | null;
  /** `null` for a removed file. */
  readonly headBlob: string | null;
}

/** The Python files that a range changes, in git's order. Symbolic links and submodules are none. Renames are found as GitHub does, from half the text on. */
export async function changedFiles(place: GitPlace, range: DiffRange): Promise<readonly GitChange[]> {
  const output = await gitOutput(place, ['diff', ...formatOptions, '--raw', '-z', ...rangeArguments(range)]);
  return parseRawDiff(output.toString());
}

/** The text of the unified diff of each file that has one, by its path at the head. */
export async function patches(
  place: GitPlace,
  range: DiffRange,
  files: readonly GitChange[],
): Promise<ReadonlyMap<string, string>> {
  if (files.length === 0) return new Map();
  // Git finds renames only among the files that it is asked for.
  const onlyPython = files.every(file => isPythonPath(file.previousPath ?? file.path));
  const paths = onlyPython ? ['--', ...pythonPathspecs] : ['--'];
  const args = ['diff', ...formatOptions, '--patch', '-U3', ...rangeArguments(range), ...paths];
  const output = await gitOutput(place, args);
  return splitPatch(output.toString());
}

/** Everything in a user's configuration that would change the output is said again here. */
const formatOptions = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-relative',
  '--ignore-submodules=all',
  '--no-abbrev',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--diff-algorithm=myers',
  '--indent-heuristic',
  '--inter-hunk-context=0',
  '-O/dev/null',
  '-M50%',
  '-l2000',
];

function rangeArguments(range: DiffRange): readonly string[] {
  return range.to === 'index' ? ['--cached', range.from] : [range.from, range.to];
}

/** Reads `git diff --raw -z` (https://git-scm.com/docs/diff-format#_raw_output_format). */
export function parseRawDiff(output: string): readonly GitChange[] {
  const fields = output.split('\0');
  const changes: GitChange[] = [];
  for (let index = 0; index + 1 < fields.length; ) {
    const [baseMode = '', headMode = '', baseBlob = '', headBlob = '', letter = ''] = (fields[index] ?? '')
      .replace(/^:/, '')
      .split(' ');
    const renamed = letter.startsWith('R') || letter.startsWith('C');
    const first = fields[index + 1];
    const second = renamed ? fields[index + 2] : first;
    invariant(first !== undefined && second !== undefined, 'git diff --raw ended inside an entry');
    index += renamed ? 3 : 2;
    const change = toChange({
      previousPath: first,
      path: second,
      letter,
      baseBlob: isRegular(baseMode) ? baseBlob : null,
      headBlob: isRegular(headMode) ? headBlob : null,
    });
    if (change !== null) changes.push(change);
  }
  return changes;
}

interface RawEntry {
  readonly previousPath: string;
  readonly path: string;
  readonly letter: string;
  readonly baseBlob: string | null;
  readonly headBlob: string | null;
}

/** `null` for what is no Python file at the head, nor a removed one. */
function toChange(entry: RawEntry): GitChange | null {
  const { path, previousPath, letter, baseBlob, headBlob } = entry;
  // A file whose merge is not settled has no version to look at.
  if (letter === 'U' || !isPythonPath(path)) return null;
  if (headBlob === null) {
    return baseBlob === null ? null : { path, previousPath: null, status: 'removed', baseBlob, headBlob };
  }
  if (baseBlob === null || letter.startsWith('C')) {
    return { path, previousPath: null, status: 'added', baseBlob: null, headBlob };
  }
  if (path === previousPath) return { path, previousPath: null, status: 'modified', baseBlob, headBlob };
  return { path, previousPath, status: 'renamed', baseBlob, headBlob };
}

function isRegular(mode: string): boolean {
  return mode.startsWith('100');
}

/** Divides a diff of many files; what each says begins at its first hunk. A line of a file can never look like a header: it has a sign before it. */
export function splitPatch(diff: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const section of diff.split(/^(?=diff --git )/m)) {
    const hunks = section.search(/^@@ /m);
    if (hunks === -1) continue;
    const header = section.slice(0, hunks);
    const head = /^\+\+\+ (.*)$/m.exec(header)?.[1];
    const base = /^--- (.*)$/m.exec(header)?.[1];
    invariant(head !== undefined && base !== undefined, 'a diff with hunks names its files');
    const named = head === '/dev/null' ? base : head;
    found.set(fileName(named), section.slice(hunks));
  }
  return found;
}

/** The name in a `---` or `+++` line: quoted as in C when it has unusual characters, followed by a tab when it has spaces. */
function fileName(text: string): string {
  const name = text.startsWith('"') ? unquote(text) : text.replace(/\t$/, '');
  return name.slice('a/'.length);
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
};

/** Undoes git's C-style quoting (`core.quotePath` is off: bytes above 127 stand for themselves, unless they are no UTF-8). */
function unquote(text: string): string {
  const inner = text.slice(1, text.lastIndexOf('"'));
  return inner.replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, letter: string) =>
    octal === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
