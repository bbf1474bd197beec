import type { ParsedModule } from '../python/parsed-module.ts';
import type { Node } from '../python/syntax-tree.ts';

/** The three libraries whose rules and replacements differ. */
export type AsyncLibrary = 'asyncio' | 'trio' | 'anyio';

/** A version of Python, as in `requires-python`. */
export interface PythonVersion {
  readonly major: number;
  readonly minor: number;
}

/** What is known of a module beyond its text: all that rules may ask. */
export interface SemanticModel {
  /** Relative to the folder analysed, with `/`. */
  readonly path: string;
  readonly parsed: ParsedModule;
  /** The dotted name of the function or class that a node is in, inside the module: `Service.fetch`; empty at module level. */
  scopeName(node: Node): string;
}
