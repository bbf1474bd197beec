import { UsageError } from '../errors.ts';
import type { EnabledRule } from './enabled-rule.ts';
import { didYouMean } from './nearest.ts';
import { pathFilter } from './path-filter.ts';
import type { Rule } from './rule.ts';
import { allNames, rulesNamed } from './rule-names.ts';
import type { EngineSettings } from './settings.ts';
import { unusedSuppression } from './unused-suppression.ts';

export type { EnabledRule } from './enabled-rule.ts';

/** The rules that are part of the engine, not files under `rules`: they belong to every catalogue. */
export const builtInRules: readonly Rule[] = [unusedSuppression];

/**
 * The rules that the settings turn on, in the order given, the engine's own after them.
 * - `select` names all that run; without it they come from the preset, and naming a rule under `severities` adds it.
 * - `rulePaths` says in which files single rules run.
 * - `severities: off` and `ignore` take rules away; only naming a rule by its id in `select` beats `off`.
 * Throws UsageError for a name that no rule has.
 */
export function selectRules(all: readonly Rule[], settings: EngineSettings): readonly EnabledRule[] {
  const known = [...all, ...builtInRules.filter(builtIn => !all.includes(builtIn))];
  const selected = new Set(settings.select.flatMap(name => resolve(name, known)));
  const ignored = new Set(settings.ignore.flatMap(name => resolve(name, known)));
  const severities = new Map(
    Object.entries(settings.severities).flatMap(([name, severity]) =>
      resolve(name, known).map(rule => [rule, severity] as const),
    ),
  );

  const scopes = Object.entries(settings.rulePaths).map(([name, scope]) => {
    return { rules: resolve(name, known), fits: pathFilter(scope) };
  });
  const scopeOf = (rule: Rule): Pick<EnabledRule, 'runsIn'> => {
    const own = scopes.filter(({ rules }) => rules.includes(rule));
    return own.length === 0 ? {} : { runsIn: path => own.every(({ fits }) => fits(path)) };
  };

  return known.flatMap((rule): readonly EnabledRule[] => {
    const severity = severities.get(rule);
    const isSelected =
      selected.size > 0 ? selected.has(rule) : severity !== undefined || isIn(settings.preset, rule);
    if (!isSelected || ignored.has(rule)) return [];
    const byItself = { rule, severity: rule.severity, ...scopeOf(rule) };
    if (severity === undefined) return [byItself];
    if (severity !== 'off') return [{ ...byItself, severity, severityIsSet: true }];
    return settings.select.includes(rule.id) ? [byItself] : [];
  });
}

function isIn(preset: EngineSettings['preset'], rule: Rule): boolean {
  if (preset === 'all') return true;
  return rule.preset === 'recommended' || (preset === 'strict' && rule.preset === 'strict');
}

function resolve(name: string, known: readonly Rule[]): readonly Rule[] {
  const rules = rulesNamed(name, known);
  if (rules.length > 0) return rules;
  throw new UsageError(`No rule is called \`${name}\`.${didYouMean(name, allNames(known))}`);
}
