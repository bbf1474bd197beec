import type { ChangedFile } from '../changes/change.ts';
import { type CommentableLines, commentableLines } from '../changes/commentable.ts';
import type { Reason } from '../changes/compared-file.ts';
import { type DiffLines, diffLineOf, diffLinesOf } from '../changes/diff-lines.ts';
import { mapLines } from '../changes/line-map.ts';
import type { Finding, Origin } from '../engine/finding.ts';
import { invariant } from '../errors.ts';
import { compareText } from '../report/check-report.ts';
import { severityRank } from '../report/severities.ts';
import type { SuggestionFile } from '../report/suggestion.ts';
import type { AnalysedChange, AnalysedChangeFile } from './analyse-change.ts';

/** A finding that the change brought in, and where in the diff a comment on it can be. Lines are those of the diff. */
export interface LocatedFinding {
  readonly finding: Finding;
  readonly reason: Reason;
  readonly file: SuggestionFile;
  readonly first: number;
  readonly last: number;
  /** `own`: on its lines; a place: on the line that causes it, here or in another file; `null`: nowhere. */
  readonly anchor: 'own' | Origin | null;
}

/**
 * Finds for each finding where it can be commented on. The worst come first, and what is new before what was touched;
 * none comes twice.
 */
export function locateFindings(change: AnalysedChange): readonly LocatedFinding[] {
  const seen = new Set<string>();
  const diffs = new Map(change.files.map(({ file }) => [file.path, diffOf(file)]));
  return change.files
    .flatMap(file => locateIn(file, diffs))
    .toSorted(compareRank)
    .filter(({ finding: { fingerprint } }) => {
      const isFirst = !seen.has(fingerprint);
      seen.add(fingerprint);
      return isFirst;
    });
}

/** What the diff shows of a file. Lines are those of the diff. */
interface FileDiff {
  readonly commentable: CommentableLines;
  readonly isAdded: (line: number) => boolean;
}

function diffOf(file: ChangedFile): FileDiff {
  const { blockOfHead } = mapLines(file.hunks);
  return {
    commentable: commentableLines(file.shown === false ? [] : file.hunks),
    isAdded: line => blockOfHead(line) !== null,
  };
}

function locateIn(
  { file, source, findings }: AnalysedChangeFile,
  diffs: ReadonlyMap<string, FileDiff>,
): readonly LocatedFinding[] {
  if (findings.length === 0) return [];
  invariant(source !== null, 'a file with findings has been read');
  const lines = diffLinesOf(source.text);
  const diff = diffs.get(file.path);
  invariant(diff !== undefined, 'each file has a diff');
  const { commentable } = diff;
  const suggestionFile = { lines, commentable, isUtf8: source.encoding === 'utf-8', bom: source.bom };
  return findings.map(({ finding, reason }) => {
    const first = lines.lineAt(finding.start);
    const last = lines.lineAt(Math.max(finding.start, finding.end - 1));
    const anchor = anchorOf(finding, first, lines, diff) ?? originOf(finding, diffs);
    return { finding, reason, file: suggestionFile, first, last, anchor };
  });
}

function anchorOf(
  finding: Finding,
  first: number,
  lines: DiffLines,
  diff: FileDiff,
): LocatedFinding['anchor'] {
  const { commentable, isAdded } = diff;
  if (commentable.hunkOf(first, 'RIGHT') !== null) return 'own';
  const causes = finding.causeLines
    .map(line => diffLineOf(lines, line))
    .filter(line => commentable.hunkOf(line, 'RIGHT') !== null);
  const line = causes.find(isAdded) ?? causes[0];
  return line === undefined ? null : { path: finding.path, line };
}

/** The line of another file that the change added or shows, and that the finding hangs on. */
function originOf({ origins = [] }: Finding, diffs: ReadonlyMap<string, FileDiff>): Origin | null {
  const shown = origins.filter(
    ({ path, line }) => diffs.get(path)?.commentable.hunkOf(line, 'RIGHT') != null,
  );
  return shown.find(({ path, line }) => diffs.get(path)?.isAdded(line)) ?? shown[0] ?? null;
}

function compareRank(a: LocatedFinding, b: LocatedFinding): number {
  return (
    severityRank(a.finding.severity) - severityRank(b.finding.severity) ||
    Number(a.reason === 'changed') - Number(b.reason === 'changed') ||
    compareText(a.finding.path, b.finding.path) ||
    a.first - b.first ||
    a.finding.start - b.finding.start ||
    compareText(a.finding.rule, b.finding.rule)
  );
}
