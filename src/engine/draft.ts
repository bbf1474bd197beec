import type { ParsedModule } from '../python/parsed-module.ts';
import type { Node, TextRange } from '../python/syntax-tree.ts';
import { touches } from './edits.ts';
import type { EnabledRule } from './enabled-rule.ts';
import type { Finding, Origin } from './finding.ts';
import { fingerprintOf, identityOf, normalizeText } from './fingerprint.ts';
import type { ProposedFix, Report, Rule } from './rule.ts';

/** A report with the rule that made it. */
export interface RuleReport {
  readonly enabled: EnabledRule;
  readonly report: Report;
}

/** A finding with what the engine still needs to judge it: its node, and the fix that is yet to be verified. */
export interface Draft {
  readonly rule: Rule;
  readonly node: Node;
  /** Without `fix`. */
  readonly finding: Finding;
  readonly fix: ProposedFix | null;
}

/** What drafts need to know of their file. */
export interface DraftContext {
  readonly path: string;
  readonly parsed: ParsedModule;
  /** See `SemanticModel.scopeName`. */
  scopeName(node: Node): string;
  pageUrl(rule: Rule): string;
}

/**
 * Makes findings of what rules report: one for each rule and range, none that another one outweighs, none where the text
 * could not be parsed, in the order line, column, rule.
 */
export function makeDrafts(reports: readonly RuleReport[], context: DraftContext): readonly Draft[] {
  const seen = new Set<string>();
  const outweighed = new Set(
    reports.map(({ report: { outweighs, node } }) => (outweighs ? `${outweighs} ${node.start}` : '')),
  );
  const sound = reports.filter(({ enabled, report }) => {
    const { start, end } = rangeOf(report);
    if (outweighed.has(`${enabled.rule.theme} ${report.node.start}`)) return false;
    const key = `${enabled.rule.id} ${start} ${end}`;
    if (seen.has(key) || context.parsed.errors.some(error => touches(error, { start, end }))) return false;
    seen.add(key);
    return true;
  });

  const occurrences = new Map<string, number>();
  return sound.toSorted(inOrder).map(({ enabled, report }) => {
    const scope = context.scopeName(report.node);
    const text = identifyingText(context.parsed, rangeOf(report));
    const key = [enabled.rule.id, scope, text].join('\0');
    const occurrence = occurrences.get(key) ?? 0;
    occurrences.set(key, occurrence + 1);
    const identity = identityOf({ rule: enabled.rule.id, scope, text, occurrence });
    return makeDraft(enabled, report, scope, identity, context);
  });
}

/** Whether an edit of the fix, or its finding, lies where the text could not be parsed. */
export function touchesError(fix: ProposedFix, errors: readonly TextRange[]): boolean {
  return fix.edits.some(edit => errors.some(error => touches(error, edit)));
}

function makeDraft(
  { rule, severity, severityIsSet }: EnabledRule,
  report: Report,
  scope: string,
  identity: string,
  { path, parsed, pageUrl }: DraftContext,
): Draft {
  const { lines } = parsed.source;
  const { start, end } = rangeOf(report);
  const causes = (report.causes ?? []).map(cause => lines.lineAt(cause.start));
  const origins = originsOf(report, path);
  const finding: Finding = {
    rule: rule.id,
    codes: report.codes ?? rule.codes,
    severity: severityIsSet ? severity : (report.severity ?? severity),
    path,
    ...lines.regionOf({ start, end }),
    start,
    end,
    message: report.message,
    help: report.help,
    url: pageUrl(rule),
    fingerprint: fingerprintOf(path, identity),
    identity,
    scope,
    causeLines: [...new Set(causes)].toSorted((a, b) => a - b),
    ...(origins.length > 0 && { origins }),
    ...(report.trace && report.trace.length > 0 ? { trace: report.trace } : {}),
  };
  return { rule, node: report.node, finding, fix: report.fix ?? null };
}

/** What a report depends on in other files: what it names, and where its chain leads. */
function originsOf({ origins = [], trace = [] }: Report, path: string): readonly Origin[] {
  const places = new Map<string, Origin>();
  for (const place of [...origins, ...trace]) {
    if (place.path !== path)
      places.set(`${place.path}:${place.line}`, { path: place.path, line: place.line });
  }
  return [...places.values()];
}

function rangeOf(report: Report): TextRange {
  return report.range ?? report.node;
}

/** A comment that is reported itself is its own text; anywhere else comments do not count. */
function identifyingText(parsed: ParsedModule, range: TextRange): string {
  const isComment = parsed.source.text.startsWith('#', range.start);
  return normalizeText(parsed.source.text, range, isComment ? [] : parsed.comments);
}

function inOrder(a: RuleReport, b: RuleReport): number {
  const [first, second] = [rangeOf(a.report), rangeOf(b.report)];
  if (first.start !== second.start) return first.start - second.start;
  if (a.enabled.rule.id !== b.enabled.rule.id) return a.enabled.rule.id < b.enabled.rule.id ? -1 : 1;
  return first.end - second.end;
}
