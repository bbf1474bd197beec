import type { FileError } from '../engine/finding.ts';
import { type CheckReport, compareText, sortFindings } from '../report/check-report.ts';
import type { AnalysedFile } from '../review/ports.ts';
import { type Viewpoint, withPaths } from './display-paths.ts';
import { tool } from './version.ts';

/** What a run over files gave, with paths in the project. */
export interface CheckResults {
  readonly files: number;
  readonly results: readonly AnalysedFile[];
  /** What could not even be read. */
  readonly unread: readonly FileError[];
  readonly durationMs: number;
}

/** The report of what was found, as it is seen from somewhere, in the order of all reports. */
export function toCheckReport(
  { files, results, unread, durationMs }: CheckResults,
  { shown }: Viewpoint,
): CheckReport {
  const all = {
    findings: results.flatMap(result => result.findings),
    errors: [...unread, ...results.flatMap(result => result.errors)],
  };
  const { findings, errors } = withPaths(all, shown);
  return {
    tool,
    files,
    analysed: results.filter(result => result.analysed).length,
    durationMs: Math.round(durationMs),
    findings: sortFindings(findings),
    errors: errors.toSorted((a, b) => compareText(a.path, b.path) || a.line - b.line),
  };
}
