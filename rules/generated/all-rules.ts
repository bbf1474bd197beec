// Written by tools/generate.ts from the files in rules: do not edit.
import type { Rule } from '../../src/engine/rule.ts';

/** Every rule, by theme in the order of the catalogue, then by id. */
export const allRules: readonly Rule[] = [
];
