import type { CheckAction } from '../report/published.ts';

/** The buttons of check runs. GitHub's limits: label 20 characters, description 40, identifier 20, three of them. */
export const buttons = {
  fix: {
    label: 'Fix all safe',
    description: 'Commits all safe fixes to this branch',
    identifier: 'fix-safe',
  },
  rerun: { label: 'Re-run', description: 'Reviews the pull request again', identifier: 'rerun' },
} as const satisfies Readonly<Record<string, CheckAction>>;
