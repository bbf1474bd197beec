import type { FileError, Finding, TextEdit } from '../engine/finding.ts';
import type { CheckReport } from './check-report.ts';
import type { CheckRunResult, ReviewToPost } from './published.ts';
import { severities } from './severities.ts';
import type { PlacedFinding, Placement } from './summary.ts';

/** `check --format json`, version 1: a public contract. Lines and columns from 1, columns in code points. */
export interface CheckJson {
  readonly version: 1;
  readonly tool: CheckReport['tool'];
  readonly summary: {
    readonly files: number;
    readonly analysed: number;
    readonly findings: number;
    readonly bySeverity: Readonly<Record<string, number>>;
    readonly byRule: Readonly<Record<string, number>>;
    readonly durationMs: number;
  };
  readonly findings: readonly FindingJson[];
  readonly errors: readonly FileError[];
}

/** A finding in JSON: `trace` and `fix` only where there are any, `placement` only in a review. */
type FindingJson = Pick<
  Finding,
  | 'rule'
  | 'codes'
  | 'severity'
  | 'path'
  | 'line'
  | 'column'
  | 'endLine'
  | 'endColumn'
  | 'message'
  | 'help'
  | 'url'
  | 'fingerprint'
  | 'trace'
> & {
  readonly fix?: { readonly title: string; readonly safety: string; readonly edits: readonly EditJson[] };
  readonly placement?: Placement;
};

type EditJson = Pick<TextEdit, 'line' | 'column' | 'endLine' | 'endColumn' | 'text'>;

/** What a review has in JSON besides a check. Revisions are full SHAs; the working tree's is empty. */
export interface ReviewReport extends CheckReport {
  readonly findings: readonly PlacedFinding[];
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
  readonly review: ReviewToPost;
  readonly checkRun: CheckRunResult;
}

/** `review --format json`: what `check` gives, and what would be published in the words of GitHub's API. */
export interface ReviewJson extends CheckJson {
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
  readonly review: ReviewToPost;
  readonly checkRun: CheckRunResult;
}

/** The report of a check as data to be written as JSON. */
export function checkJson(report: CheckReport): CheckJson {
  const { tool, files, analysed, durationMs, findings, errors } = report;
  return {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    summary: {
      files,
      analysed,
      findings: findings.length,
      bySeverity: count(findings.map(finding => finding.severity).toSorted(bySeverity)),
      byRule: count(findings.map(finding => finding.rule).toSorted()),
      durationMs,
    },
    findings: findings.map(findingJson),
    errors: errors.map(({ path, line, kind, message }) => ({ path, line, kind, message })),
  };
}

/** The report of a review as data to be written as JSON. */
export function reviewJson(report: ReviewReport): ReviewJson {
  const { version, tool, summary, findings, errors } = checkJson(report);
  const { base, head, mergeBase, review, checkRun } = report;
  return { version, tool, base, head, mergeBase, summary, findings, errors, review, checkRun };
}

/** Data as a JSON document for a file or standard output. */
export function jsonDocument(data: CheckJson | ReviewJson): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}

function findingJson(finding: Finding | PlacedFinding): FindingJson {
  const { rule, codes, severity, path, line, column, endLine, endColumn } = finding;
  const { message, help, url, fingerprint, trace, fix } = finding;
  return {
    rule,
    codes,
    severity,
    path,
    line,
    column,
    endLine,
    endColumn,
    message,
    help,
    url,
    fingerprint,
    ...(trace === undefined
      ? {}
      : { trace: trace.map(step => ({ path: step.path, line: step.line, message: step.message })) }),
    ...(fix === undefined
      ? {}
      : { fix: { title: fix.title, safety: fix.safety, edits: fix.edits.map(editJson) } }),
    ...('placement' in finding ? { placement: finding.placement } : {}),
  };
}

function editJson({ line, column, endLine, endColumn, text }: TextEdit): EditJson {
  return { line, column, endLine, endColumn, text };
}

function count(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(names, name => name)].map(([name, all]) => [name, all.length]));
}

function bySeverity(a: Finding['severity'], b: Finding['severity']): number {
  return severities.indexOf(a) - severities.indexOf(b);
}
