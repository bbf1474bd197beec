import type { Finding } from '../engine/finding.ts';
import { ruleTitle } from './annotation.ts';
import type { CheckReport } from './check-report.ts';
import { compareText } from './check-report.ts';

/** How often a rule was broken. */
export interface RuleStatistics {
  readonly rule: string;
  readonly codes: readonly string[];
  readonly findings: number;
  readonly files: number;
  /** How many of them have a fix. */
  readonly fixable: number;
}

/** The rules that were broken, the most often first. */
export function statisticsOf(findings: readonly Finding[]): readonly RuleStatistics[] {
  return [...Map.groupBy(findings, finding => finding.rule)]
    .map(([rule, found]) => ({
      rule,
      codes: [...new Set(found.flatMap(finding => finding.codes))],
      findings: found.length,
      files: new Set(found.map(finding => finding.path)).size,
      fixable: found.filter(finding => finding.fix !== undefined).length,
    }))
    .toSorted((a, b) => b.findings - a.findings || compareText(a.rule, b.rule));
}

/** `--statistics` as text: one line for a rule, numbers aligned; empty without findings. */
export function statisticsText(report: CheckReport): string {
  const rows = statisticsOf(report.findings);
  const width = Math.max(0, ...rows.map(row => String(row.findings).length));
  const title = Math.max(0, ...rows.map(row => ruleTitle(row).length));
  return rows
    .map(row => {
      const fixable = row.fixable === 0 ? '' : `, ${row.fixable} with a fix`;
      const where = row.files === 1 ? 'in 1 file' : `in ${row.files} files`;
      return `${String(row.findings).padStart(width)}  ${ruleTitle(row).padEnd(title)}  ${where}${fixable}\n`;
    })
    .join('');
}
