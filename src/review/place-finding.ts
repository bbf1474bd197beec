import { type CommentableLines, commentableLines } from '../changes/commentable.ts';
import type { Reason } from '../changes/compared-file.ts';
import { type DiffLines, diffLineOf, diffLinesOf } from '../changes/diff-lines.ts';
import { mapLines } from '../changes/line-map.ts';
import type { Finding } from '../engine/finding.ts';
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
  /** `own`: on its lines; a number: on the line that causes it; `null`: nowhere. */
  readonly anchor: 'own' | number | null;
}

/**
 * Finds for each finding where it can be commented on. The worst come first, and what is new before what was touched;
 * none comes twice.
 */
export function locateFindings(change: AnalysedChange): readonly LocatedFinding[] {
  const seen = new Set<string>();
  return change.files
    .flatMap(locateIn)
    .toSorted(compareRank)
    .filter(({ finding: { fingerprint } }) => {
      const isFirst = !seen.has(fingerprint);
      seen.add(fingerprint);
      return isFirst;
    });
}

function locateIn({ file, source, findings }: AnalysedChangeFile): readonly LocatedFinding[] {
  if (findings.length === 0) return [];
  invariant(source !== null, 'a file with findings has been read');
  const lines = diffLinesOf(source.text);
  const commentable = commentableLines(file.shown === false ? [] : file.hunks);
  const { blockOfHead } = mapLines(file.hunks);
  const suggestionFile = { lines, commentable, isUtf8: source.encoding === 'utf-8', bom: source.bom };
  return findings.map(({ finding, reason }) => {
    const first = lines.lineAt(finding.start);
    const last = lines.lineAt(Math.max(finding.start, finding.end - 1));
    const isAdded = (line: number) => blockOfHead(line) !== null;
    const anchor = anchorOf(finding, first, { lines, commentable, isAdded });
    return { finding, reason, file: suggestionFile, first, last, anchor };
  });
}

interface AnchorContext {
  readonly lines: DiffLines;
  readonly commentable: CommentableLines;
  readonly isAdded: (line: number) => boolean;
}

function anchorOf(finding: Finding, first: number, context: AnchorContext): LocatedFinding['anchor'] {
  const { lines, commentable, isAdded } = context;
  if (commentable.hunkOf(first, 'RIGHT') !== null) return 'own';
  const causes = finding.causeLines
    .map(line => diffLineOf(lines, line))
    .filter(line => commentable.hunkOf(line, 'RIGHT') !== null);
  return causes.find(isAdded) ?? causes[0] ?? null;
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
