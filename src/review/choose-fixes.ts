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

/**
 * Whether a finding is among those asked for, with a fix or without.
 *
 * @param names the fingerprints by which it is known
 */
export function isAskedFor(
  { rule, fingerprint }: Finding,
  selection: FixSelection,
  names: readonly string[] = [fingerprint],
): boolean {
  switch (selection.kind) {
    case 'safe':
    case 'all':
      return true;
    case 'rules':
      return selection.rules.includes(rule);
    case 'findings':
      return names.some(name => selection.fingerprints.includes(name));
  }
}

/** Whether a finding that is asked for has a fix that may be applied then. */
export function hasFixFor({ fix }: Finding, selection: FixSelection): boolean {
  return fix !== undefined && (selection.kind !== 'safe' || fix.safety === 'safe');
}
