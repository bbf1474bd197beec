import { didYouMean } from '../engine/nearest.ts';
import type { Rule } from '../engine/rule.ts';
import { allNames, rulesNamed } from '../engine/rule-names.ts';
import { codeSpan } from '../report/escape-markdown.ts';

/** The rules that someone means, or what to say when there are none. */
export type FoundRules =
  | { readonly rules: readonly [Rule, ...Rule[]] }
  | { readonly rules: null; readonly say: string };

/** Finds the rules of an id, a code, or the beginning of codes. */
export function findRules(name: string, known: readonly Rule[]): FoundRules {
  const wanted = name.replaceAll('`', '').trim();
  const [first, ...others] = rulesNamed(wanted, known);
  if (first !== undefined) return { rules: [first, ...others] };
  const say = `There is no rule ${codeSpan(wanted.slice(0, 100))}.${didYouMean(wanted, allNames(known))}`;
  return { rules: null, say };
}
