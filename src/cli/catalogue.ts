import { allRules } from '../../rules/generated/all-rules.ts';
import type { Rule } from '../engine/rule.ts';
import { builtInRules } from '../engine/select-rules.ts';

/** Every rule that there is: those of the folder `rules`, and the engine's own. */
export const catalogue: readonly Rule[] = [...allRules, ...builtInRules];
