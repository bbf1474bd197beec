import type { SourceText } from './source-text.ts';
import type { Module, TextRange } from './syntax-tree.ts';

/** A comment, `#` included, line end not. */
export interface Comment extends TextRange {
  readonly text: string;
}

/** What the parser gives for one file. Everything in it is immutable and free of web-tree-sitter. */
export interface ParsedModule {
  readonly source: SourceText;
  readonly module: Module;
  /** In the order of the text. */
  readonly comments: readonly Comment[];
  /** Where the text could not be parsed, in order; empty for a sound file. */
  readonly errors: readonly TextRange[];
}
