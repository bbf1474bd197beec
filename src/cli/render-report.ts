import type { Rule } from '../engine/rule.ts';
import { rulePageUrl } from '../engine/rule-page-url.ts';
import type { CheckReport, RuleDescription, TextOf } from '../report/check-report.ts';
import type { ReviewReport } from '../report/json.ts';
import type { Palette } from '../report/palette.ts';
import { readRulePage } from './rule-page.ts';

/** The formats of a report. */
export const formats = ['text', 'json', 'sarif', 'github', 'rdjson', 'markdown'] as const;

export type Format = (typeof formats)[number];

/** What rendering needs besides the report. */
export interface Rendering {
  readonly format: Format;
  readonly palette: Palette;
  readonly quiet: boolean;
  readonly textOf: TextOf;
}

/** Writes a report in a format. Only the formatter that is needed is loaded. */
export async function renderReport(
  report: CheckReport | ReviewReport,
  rendering: Rendering,
): Promise<string> {
  const { format, palette, quiet, textOf } = rendering;
  switch (format) {
    case 'text': {
      const { textReport } = await import('../report/text.ts');
      return textReport(report, { palette, textOf, closing: !quiet, canFix: !('checkRun' in report) });
    }
    case 'json': {
      const { checkJson, jsonDocument, reviewJson } = await import('../report/json.ts');
      return jsonDocument('checkRun' in report ? reviewJson(report) : checkJson(report));
    }
    case 'sarif': {
      const { sarifReport } = await import('../report/sarif.ts');
      const { catalogue } = await import('./catalogue.ts');
      const used = new Set(report.findings.map(finding => finding.rule));
      const rules = await Promise.all(catalogue.filter(({ id }) => used.has(id)).map(describeRule));
      return `${JSON.stringify(sarifReport(report, rules), null, 2)}\n`;
    }
    case 'github': {
      const { githubCommands } = await import('../report/github-commands.ts');
      return githubCommands(report);
    }
    case 'rdjson': {
      const { rdjsonReport } = await import('../report/rdjson.ts');
      return `${JSON.stringify(rdjsonReport(report, textOf), null, 2)}\n`;
    }
    case 'markdown': {
      const { markdownReport } = await import('../report/markdown.ts');
      return markdownReport(report);
    }
  }
}

async function describeRule(rule: Rule): Promise<RuleDescription> {
  const { id, codes, severity, theme, summary } = rule;
  const page = await readRulePage(rule);
  return {
    id,
    codes,
    severity,
    theme,
    summary,
    url: rulePageUrl(rule),
    ...(page !== null && { page }),
  };
}
