import type { Finding } from '../engine/finding.ts';

/** Which fixes are asked for. */
export type FixSelection =
  /** Those that keep the behaviour. */
  | { readonly kind: 'safe' }
  /** Those that a person should look at, too. */
  | { readonly kind: 'all' }
  /** All of these rules, by id: whoever names a rule means it. */
  | { readonly kind: 'rules'; readonly rules: readonly string[] }
  /** Those of these findings, by fingerprint. */
  | { readonly kind: 'findings'; readonly fingerprints: readonly string[] };

/** Whether a finding is among those asked for, with a fix or without. */
export function isAskedFor({ rule, fingerprint }: Finding, selection: FixSelection): boolean {
  switch (selection.kind) {
    case 'safe':
    case 'all':
      return true;
    case 'rules':
      return selection.rules.includes(rule);
    case 'findings':
      return selection.fingerprints.includes(fingerprint);
  }
}

/** Whether the fix of a finding is among those asked for. */
export function isFixAskedFor(finding: Finding, selection: FixSelection): boolean {
  if (finding.fix === undefined || !isAskedFor(finding, selection)) return false;
  return selection.kind !== 'safe' || finding.fix.safety === 'safe';
}
