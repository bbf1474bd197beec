import type { RuleDefinition } from '../../src/engine/rule.ts';

const presets = { recommended: 'recommended', strict: 'strict', off: 'only when named' } as const;
const fixes = { safe: 'safe', review: 'to review', none: 'none' } as const;

/** How the catalogue speaks of a rule's metadata. */
export function wordsOf(rule: RuleDefinition): { preset: string; fix: string; codes: string } {
  return { preset: presets[rule.preset], fix: fixes[rule.fix], codes: rule.codes.join(', ') || '–' };
}
