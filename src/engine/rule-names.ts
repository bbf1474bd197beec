import type { Rule, RuleDefinition } from './rule.ts';

/**
 * The rules that a name means: an id, one of a rule's codes, or the beginning of a code (`ASYNC2`). Case does not
 * count. Empty when no rule has such a name.
 */
export function rulesNamed<R extends RuleDefinition>(name: string, rules: readonly R[]): readonly R[] {
  return rules.filter(rule => isNameOf(name, rule));
}

/** Whether a name means a rule; see `rulesNamed`. */
export function isNameOf(name: string, rule: Pick<RuleDefinition, 'id' | 'codes'>): boolean {
  const wanted = name.toUpperCase();
  if (wanted === '') return false;
  return rule.id.toUpperCase() === wanted || rule.codes.some(code => code.toUpperCase().startsWith(wanted));
}

/** Every full name that rules have, ids first: what to compare a mistyped one with. */
export function allNames(rules: readonly Rule[]): readonly string[] {
  return [...new Set([...rules.map(rule => rule.id), ...rules.flatMap(rule => rule.codes)])];
}
