import type { FileError, Finding, Region, Severity } from '../engine/finding.ts';
import { byteLength } from './budget.ts';
import { wordsWithChain } from './chain.ts';
import type { CheckReport, TextOf } from './check-report.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', advice: 'INFO' };

interface RdPosition {
  readonly line: number;
  readonly column?: number;
}

interface RdRange {
  readonly start: RdPosition;
  readonly end: RdPosition;
}

interface RdDiagnostic {
  readonly message: string;
  readonly location: { readonly path: string; readonly range: RdRange };
  readonly severity: string;
  readonly code?: { readonly value: string; readonly url?: string };
  readonly suggestions?: readonly { readonly range: RdRange; readonly text: string }[];
}

/** reviewdog's `DiagnosticResult` (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf). */
export interface RdjsonReport {
  readonly source: { readonly name: string };
  readonly diagnostics: readonly RdDiagnostic[];
}

/**
 * The report in reviewdog's format. Its columns count bytes of UTF-8, so the texts are needed; of a file whose text is
 * not at hand, a finding has only its lines and no suggestion.
 */
export function rdjsonReport(report: CheckReport, textOf: TextOf): RdjsonReport {
  const linesOf = remembered(path => textOf(path)?.split(/\r\n|\r|\n/));
  return {
    source: { name: report.tool.name },
    diagnostics: [
      ...report.findings.map(finding => diagnostic(finding, linesOf(finding.path))),
      ...report.errors.map(errorDiagnostic),
    ],
  };
}

function diagnostic(finding: Finding, lines: readonly string[] | undefined): RdDiagnostic {
  const edits = lines === undefined ? [] : (finding.fix?.edits ?? []);
  return {
    message: wordsWithChain(finding),
    location: { path: finding.path, range: rangeOf(finding, lines) },
    severity: severities[finding.severity],
    code: { value: finding.rule, ...(finding.url === '' ? {} : { url: finding.url }) },
    ...(edits.length === 0
      ? {}
      : { suggestions: edits.map(edit => ({ range: rangeOf(edit, lines), text: edit.text })) }),
  };
}

function errorDiagnostic({ path, line, kind, message }: FileError): RdDiagnostic {
  const range = { start: { line }, end: { line } };
  return { message: `Not looked at (${kind}): ${message}`, location: { path, range }, severity: 'WARNING' };
}

function rangeOf(region: Region, lines: readonly string[] | undefined): RdRange {
  const { line, column, endLine, endColumn } = region;
  if (lines === undefined) return { start: { line }, end: { line: endLine } };
  return {
    start: { line, column: byteColumn(lines[line - 1], column) },
    end: { line: endLine, column: byteColumn(lines[endLine - 1], endColumn) },
  };
}

/** A column in code points as one in bytes, both from 1. */
function byteColumn(line: string | undefined, column: number): number {
  const before = [...(line ?? '')].slice(0, column - 1);
  return byteLength(before.join('')) + 1;
}

function remembered<T>(read: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return path => {
    const value = known.has(path) ? (known.get(path) as T) : read(path);
    known.set(path, value);
    return value;
  };
}
