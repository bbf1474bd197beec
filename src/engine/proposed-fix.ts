import type { TextRange } from '../python/syntax-tree.ts';
import type { FixSafety } from './finding.ts';

/** A replacement in terms of offsets, as rules write it. An empty range inserts. */
export interface Edit extends TextRange {
  readonly text: string;
}

/** How a rule proposes to mend what it reports. */
export interface ProposedFix {
  /** What the fix does, as a short imperative: "Await the call". */
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly Edit[];
}
