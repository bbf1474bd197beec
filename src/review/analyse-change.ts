import type { Change, ChangedFile } from '../changes/change.ts';
import type { BaseVersion, ComparedFile } from '../changes/compared-file.ts';
import { diffLinesOf } from '../changes/diff-lines.ts';
import { mapLines } from '../changes/line-map.ts';
import { findNewFindings, type NewFinding } from '../changes/new-findings.ts';
import { codeOf } from '../changes/same-code.ts';
import type { FileError, Finding } from '../engine/finding.ts';
import { invariant, UnreadableFileError } from '../errors.ts';
import { decodeSource, type SourceText } from '../python/source-text.ts';
import { findAffectedFiles } from './affected-files.ts';
import type { AnalysedFile, ChangeProjects, FileAnalyser } from './ports.ts';
import type { Snapshots } from './read-snapshots.ts';

/** A changed file, and the findings in it that the change brought in. */
export interface AnalysedChangeFile {
  readonly file: ChangedFile;
  /** The head's text; `null` where nothing was found in it. */
  readonly source: SourceText | null;
  readonly findings: readonly NewFinding[];
}

/** What the engine says of a change. */
export interface AnalysedChange {
  readonly files: readonly AnalysedChangeFile[];
  /** How many files there are at the head, and how many of them were parsed. */
  readonly looked: number;
  readonly analysed: number;
  /** What kept files of the head from being looked at. */
  readonly errors: readonly FileError[];
  /** All that was found at the head, the change's or not. */
  readonly everything: readonly Finding[];
  /** The files of which a part could not be looked at, changed or not. */
  readonly broken: ReadonlySet<string>;
  /** How many files of the repository were not searched for what the change means for them, nor for what it depends on. */
  readonly unsearched: number;
}

/** A changed file with what was found in its head. */
interface HeadResult {
  readonly file: ChangedFile;
  readonly findings: readonly Finding[];
  readonly source: SourceText | null;
}

/**
 * Analyses the heads of the changed files, and of the bases only those that can tell whether a finding is new: that of
 * each file with findings, and that of each file from which the code of one may have been moved. With the rest of the
 * repository at hand also the files that depend on what was changed, which are the same before and after it.
 */
export async function analyseChange(
  change: Change,
  analyser: FileAnalyser,
  includes: (path: string) => boolean,
  projects: ChangeProjects | null = null,
): Promise<AnalysedChange> {
  const changed = change.files.filter(file => includes(file.path));
  const view =
    projects === null || changed.length === 0 ? alone : await viewOf(change, changed, analyser, projects);
  const files = [...changed, ...view.untouched.filter(file => includes(file.path))];
  const heads = files.flatMap(file => (file.head === null ? [] : [{ file, bytes: file.head }]));
  const analysed = await analyser.analyse(
    heads.map(({ file, bytes }) => ({ path: file.path, bytes })),
    view.snapshots?.head,
  );
  const results = new Map(heads.map(({ file }, index) => [file, at(analysed, index)]));
  const headResults = files.map(file => headResult(file, results.get(file)));

  const found = headResults.filter(({ findings }) => findings.length > 0);
  const origins = movedFrom(found);
  const needed = headResults.filter(result => found.includes(result) || couldBeOrigin(result.file, origins));
  const bases = await analyseBases(needed, analyser, view.snapshots);
  const compared = needed.map((result, index): ComparedFile => {
    const { file, findings, source } = result;
    const head = source === null ? null : { text: source.text, findings };
    return { hunks: file.hunks, base: at(bases, index), head };
  });
  const fresh = findNewFindings(compared);
  const newOf = new Map(needed.map(({ file }, index) => [file, at(fresh, index)]));
  const own = analysed.filter((_result, index) => changed.includes(at(heads, index).file));
  return {
    files: headResults.map(({ file, source }) => ({ file, source, findings: newOf.get(file) ?? [] })),
    looked: own.length,
    analysed: own.filter(result => result.analysed).length,
    errors: own.flatMap(result => result.errors),
    everything: analysed.flatMap(result => result.findings),
    broken: new Set(analysed.flatMap(({ errors }) => errors.map(({ path }) => path))),
    unsearched: view.unsearched,
  };
}

/** What is seen of the repository around the changed files. */
interface View {
  readonly snapshots: Snapshots | null;
  /** Files that the change does not touch and that may have findings through it, as files without hunks. */
  readonly untouched: readonly ChangedFile[];
  readonly unsearched: number;
}

const alone: View = { snapshots: null, untouched: [], unsearched: 0 };

async function viewOf(
  change: Change,
  changed: readonly ChangedFile[],
  analyser: FileAnalyser,
  projects: ChangeProjects,
): Promise<View> {
  const affected = await findAffectedFiles(change, changed, analyser, projects);
  const untouched = [...affected.files].map(([path, bytes]): ChangedFile => {
    return { path, previousPath: null, status: 'modified', hunks: [], base: bytes, head: bytes };
  });
  return { snapshots: affected.snapshots, untouched, unsearched: affected.leftOut };
}

function headResult(file: ChangedFile, result: AnalysedFile | undefined): HeadResult {
  const findings = result?.findings ?? [];
  const source = file.head === null || findings.length === 0 ? null : decodeSource(file.head);
  return { file, findings, source };
}

/** The code of lines that were added with a finding on them. */
function movedFrom(results: readonly HeadResult[]): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const { file, findings, source } of results) {
    if (source === null) continue;
    const lines = diffLinesOf(source.text);
    const map = mapLines(file.hunks);
    for (const finding of findings) {
      const line = lines.lineAt(finding.start);
      if (map.blockOfHead(line) !== null) codes.add(codeOf(lines.textOf(line)));
    }
  }
  return codes;
}

function couldBeOrigin(file: ChangedFile, codes: ReadonlySet<string>): boolean {
  if (codes.size === 0 || file.base === null) return false;
  return file.hunks.some(hunk =>
    hunk.lines.some(line => line.kind === 'deleted' && codes.has(codeOf(line.text))),
  );
}

async function analyseBases(
  results: readonly HeadResult[],
  analyser: FileAnalyser,
  snapshots: Snapshots | null,
): Promise<readonly (BaseVersion | null)[]> {
  const wanted = results.flatMap(({ file }) =>
    file.base === null ? [] : [{ path: file.previousPath ?? file.path, bytes: file.base, fixes: false }],
  );
  const analysed = (await analyser.analyse(wanted, snapshots?.base)).values();
  return results.map(({ file }) => {
    if (file.base === null) return null;
    const { value } = analysed.next();
    invariant(value !== undefined, 'the analyser answers for each file');
    return { text: textOf(file.base), findings: value.findings, isWhole: value.errors.length === 0 };
  });
}

/** Empty where it cannot be read: then there are no findings in it either. */
function textOf(bytes: Uint8Array): string {
  try {
    return decodeSource(bytes).text;
  } catch (error) {
    if (error instanceof UnreadableFileError) return '';
    throw error;
  }
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  invariant(item !== undefined, 'there is one item for each file');
  return item;
}
