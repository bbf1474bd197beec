import type { Finding } from '../engine/finding.ts';
import type { CheckAction, CheckRunResult } from '../report/published.ts';

/** The buttons of check runs. GitHub's limits: label 20 characters, description 40, identifier 20, three of them. */
export const buttons = {
  fix: {
    label: 'Fix all safe',
    description: 'Commits all safe fixes to this branch',
    identifier: 'fix-safe',
  },
  rerun: { label: 'Re-run', description: 'Reviews the pull request again', identifier: 'rerun' },
} as const satisfies Readonly<Record<string, CheckAction>>;

/**
 * A check run with its buttons: one to do it again, and, where we may commit to the branch and something can be fixed that
 * way, one to fix it. No check run hangs for want of a button: where `canCommit` fails there is none.
 */
export async function withButtons(
  result: CheckRunResult,
  findings: readonly Finding[],
  canCommit: () => Promise<boolean>,
): Promise<CheckRunResult> {
  const isFixable = findings.some(({ fix }) => fix?.safety === 'safe');
  const canFix = isFixable && (await canCommit().catch(() => false));
  return { ...result, actions: canFix ? [buttons.fix, buttons.rerun] : [buttons.rerun] };
}
