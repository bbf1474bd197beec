import { type CheckReport, compareText, sortFindings } from '../report/check-report.ts';
import type { AnalysedFile } from '../review/ports.ts';
import type { UnreadInput } from './inputs.ts';
import { tool } from './version.ts';

/** The report of results, in the order of all reports. */
export function toCheckReport(
  files: number,
  results: readonly AnalysedFile[],
  unread: readonly UnreadInput[],
  durationMs: number,
): CheckReport {
  return {
    tool,
    files,
    analysed: results.filter(result => result.analysed).length,
    durationMs: Math.round(durationMs),
    findings: sortFindings(results.flatMap(result => result.findings)),
    errors: [...unread.map(({ error }) => error), ...results.flatMap(result => result.errors)].toSorted(
      (a, b) => compareText(a.path, b.path) || a.line - b.line,
    ),
  };
}
