import type { FailOn } from '../config/configuration.ts';
import type { Finding } from '../engine/finding.ts';
import { isAtLeast } from '../report/severities.ts';

/** How the program ends: 0 nothing to complain of, 1 findings, 2 it could not do what was asked. */
export type ExitStatus = 0 | 1 | 2;

/** 1 when a finding is at or above the threshold. */
export function statusOf(findings: readonly Pick<Finding, 'severity'>[], failOn: FailOn): ExitStatus {
  return findings.some(finding => isAtLeast(finding.severity, failOn)) ? 1 : 0;
}
