import type { Severity } from './finding.ts';
import type { PathMatcher } from './glob.ts';
import type { Rule } from './rule.ts';

/** A rule that runs, and how severe its findings are. */
export interface EnabledRule {
  readonly rule: Rule;
  readonly severity: Severity;
  /** The settings say this severity: it also holds where the rule itself would say another one. */
  readonly severityIsSet?: boolean;
  /** In which files it runs; without it in all. */
  readonly runsIn?: PathMatcher;
}
