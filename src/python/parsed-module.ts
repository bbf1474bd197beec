import type { SourceText } from './source-text.ts';
import type { Module, Node, TextRange } from './syntax-tree.ts';

/** A comment, `#` included, line end not. */
export interface Comment extends TextRange {
  readonly text: string;
}

/** What the parser gives for one file. Everything in it is immutable and free of web-tree-sitter. */
export interface ParsedModule {
  readonly source: SourceText;
  readonly module: Module;
  /** Every node of the tree, in the order of the text, parents before their children. */
  readonly nodes: readonly Node[];
  /** In the order of the text. */
  readonly comments: readonly Comment[];
  /**
   * Where the text is not Python 3, in order and apart from each other; none for a sound file. An empty range is where
   * something is missing.
   */
  readonly errors: readonly TextRange[];
}
