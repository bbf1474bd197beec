import type { Finding, Severity } from '../engine/finding.ts';

/** All severities, the worst first. */
export const severities: readonly Severity[] = ['error', 'warning', 'advice'];

/** The worst has the lowest number: 0 for `error`. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Whether a finding is as bad as a threshold, or worse. Nothing is for `never`. */
export function isAtLeast(severity: Severity, threshold: Severity | 'never'): boolean {
  return threshold !== 'never' && severityRank(severity) <= severityRank(threshold);
}

const nouns: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  advice: ['piece of advice', 'pieces of advice'],
};

/** Counts findings in words: "2 errors and 1 warning"; empty without any. */
export function countInWords(findings: readonly Pick<Finding, 'severity'>[]): string {
  const counts = severities.flatMap(severity => {
    const count = findings.filter(finding => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, ...nouns[severity])];
  });
  return listInWords(counts);
}

/** "1 file", "2 files". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c". */
export function listInWords(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
