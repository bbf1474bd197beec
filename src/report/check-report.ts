import type { FileError, Finding, Severity } from '../engine/finding.ts';

/** What a run over files found: what all formats are made of. */
export interface CheckReport {
  readonly tool: { readonly name: string; readonly version: string };
  /** How many files there were, and how many of them were parsed (a file that can have no finding is not). */
  readonly files: number;
  readonly analysed: number;
  readonly durationMs: number;
  /** Ordered by path, line, column, rule. */
  readonly findings: readonly Finding[];
  readonly errors: readonly FileError[];
}

/** A rule as the formats that list rules show it. */
export interface RuleDescription {
  readonly id: string;
  readonly codes: readonly string[];
  readonly severity: Severity;
  readonly theme: string;
  /** One sentence, plain text. */
  readonly summary: string;
  /** The address of the rule's page, and its text (Markdown) where it is at hand. */
  readonly url: string;
  readonly page?: string;
}

/** The text of a file of the report, without byte order mark; `undefined` where it is not at hand. */
export type TextOf = (path: string) => string | undefined;

/** Puts findings into the order of the reports: path, line, column, rule. */
export function sortFindings<F extends Finding>(findings: readonly F[]): readonly F[] {
  return findings.toSorted(
    (a, b) =>
      compareText(a.path, b.path) || a.line - b.line || a.column - b.column || compareText(a.rule, b.rule),
  );
}

/** Compares by UTF-16 code units: the same order everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
