import type { EnabledRule } from './enabled-rule.ts';
import { createWordSearch } from './word-search.ts';

/** Gives the rules that could find something in a file, in their order; most files have none, and need not be parsed. */
export type Prefilter = (bytes: Uint8Array) => readonly EnabledRule[];

/**
 * Derived from the rules' `words`: a file in which none of a rule's words occurs is none of that rule's business. A
 * rule without words looks at every file.
 */
export function createPrefilter(rules: readonly EnabledRule[]): Prefilter {
  const words = [...new Set(rules.flatMap(({ rule }) => rule.words))];
  const rulesOf = words.map(word =>
    rules.flatMap(({ rule }, index) => (rule.words.includes(word) ? [index] : [])),
  );
  const search = createWordSearch(words);

  return bytes => {
    const concerned = rules.map(({ rule }) => rule.words.length === 0);
    let missing = concerned.filter(isConcerned => !isConcerned).length;
    search(bytes, word => {
      for (const index of rulesOf[word] ?? []) {
        if (concerned[index]) continue;
        concerned[index] = true;
        missing -= 1;
      }
      return missing === 0;
    });
    return rules.filter((_, index) => concerned[index]);
  };
}
