import { applyFixes, type FixedFile } from '../../src/engine/apply-fixes.ts';
import type { Finding, Severity } from '../../src/engine/finding.ts';
import type { ProposedFix, RuleContext, RuleDefinition, Visit } from '../../src/engine/rule.ts';
import type { EngineSettings } from '../../src/engine/settings.ts';
import { createTestAnalyser } from './analyse.ts';

/** A program that a rule looks at. A plain string is its code. */
export interface RuleCase {
  /** Python; `testRule` takes away the indentation that all lines share. */
  readonly code: string;
  /** What the test is called; the code's first lines when not given. */
  readonly name?: string;
  readonly path?: string;
  readonly settings?: Partial<EngineSettings>;
  /** Other modules of the repository, by path. */
  readonly modules?: Readonly<Record<string, string>>;
}

/** The checks that every invalid case gets for free. */
export type FreeCheck = 'fix' | 'noqa' | 'crlf' | 'tabs' | 'moved' | 'indented';

/** A program in which the rule reports the marked places; a list speaks of them in the order of the text. */
export interface InvalidRuleCase extends RuleCase {
  readonly message?: string | readonly string[];
  readonly help?: string | readonly string[];
  readonly severity?: Severity | readonly Severity[];
  /** Of every finding. */
  readonly codes?: readonly string[];
  /** The program after all fixes, whatever their safety; `null` when none may be offered. */
  readonly fixed?: string | null;
  /** Free checks that make no sense here; say why beside it. */
  readonly skip?: readonly FreeCheck[];
}

/** What a rule says of a program. */
export interface RuleRun {
  readonly code: string;
  readonly findings: readonly Finding[];
  /** The fixes that the rule proposed, with their findings; the engine may have dropped them. */
  readonly proposals: readonly { readonly fix: ProposedFix; readonly start: number; readonly end: number }[];
  readonly errors: readonly string[];
}

/** Runs one rule on a program. */
export function runRule(
  rule: RuleDefinition,
  { path = 'app/main.py', ...options }: RuleCase,
  code = options.code,
): RuleRun {
  const proposals: RuleRun['proposals'][number][] = [];
  const spied = spyOnFixes(rule, (fix, { start, end }) => {
    const isFirst = !proposals.some(other => other.start === start && other.end === end);
    if (isFirst) proposals.push({ fix, start, end });
  });
  // Verifying a fix runs the rule again on another text: only what it proposes for this one counts.
  createTestAnalyser({ ...options, rules: [spied] }).analyse(path, bytesOf(code), { fixes: false });
  const result = createTestAnalyser({ ...options, rules: [rule] }).analyse(path, bytesOf(code));
  const errors = result.errors.map(({ line, message }) => `line ${line}: ${message}`);
  return { code, findings: result.findings, proposals, errors };
}

/** Applies all fixes of one rule, whatever their safety. */
export function fixWithRule(
  rule: RuleDefinition,
  { path = 'app/main.py', ...options }: RuleCase,
  code: string,
): FixedFile {
  return applyFixes(createTestAnalyser({ ...options, rules: [rule] }), path, bytesOf(code), [
    'safe',
    'review',
  ]);
}

function bytesOf(code: string): Uint8Array {
  return new TextEncoder().encode(code);
}

function spyOnFixes(
  rule: RuleDefinition,
  proposed: (fix: ProposedFix, place: { start: number; end: number }) => void,
): RuleDefinition {
  const spied = Object.entries(rule.visit).map(([kind, visit]) => {
    const listen = (node: never, context: RuleContext): void => {
      visit(node, {
        get model() {
          return context.model;
        },
        target: context.target,
        settings: context.settings,
        text: range => context.text(range),
        report: report => {
          if (report.fix) proposed(report.fix, report.range ?? report.node);
          context.report(report);
        },
      });
    };
    return [kind, listen];
  });
  return { ...rule, visit: Object.fromEntries(spied) as Visit };
}
