// Written by tools/generate.ts from rules/libraries: do not edit.
import type { LibraryFacts } from '../../src/semantics/facts.ts';

/** What is known of libraries: one entry for each file of rules/libraries. */
export const libraryFacts: LibraryFacts = [
];
