import type { TextRange } from '../python/syntax-tree.ts';

/** `error`: wrong whenever it runs; `warning`: harms under load or on a fault; `advice`: there is a better way. */
export type Severity = 'error' | 'warning' | 'advice';

/** `safe`: same behaviour, better; `review`: a person should look before it is applied. */
export type FixSafety = 'safe' | 'review';

/** A place as people and Python's tools count: lines and columns from 1, columns in code points, end not included. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A replacement of a stretch of the text. The region says the same as the offsets, for people and for JSON. */
export interface TextEdit extends TextRange, Region {
  readonly text: string;
}

/** What mends a finding: edits of one file that do not overlap, in the order of the text. */
export interface Fix {
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly TextEdit[];
}

/** One step of a chain of calls, from the place of the finding to its end. `line` counts from 1. */
export interface TraceStep {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** A mistake, where it is, and how to mend it. Plain data: it crosses threads and is written as JSON. */
export interface Finding extends TextRange, Region {
  readonly rule: string;
  /** The names that other tools have for it here; see `rules.md`. */
  readonly codes: readonly string[];
  readonly severity: Severity;
  /** Relative to the folder analysed, with `/`. */
  readonly path: string;
  /** One sentence, Markdown with code spans: the construct by name and what is wrong. */
  readonly message: string;
  /** One or two sentences, Markdown with code spans: what happens at run time and to whom, and what to do. */
  readonly help: string;
  /** The rule's page. */
  readonly url: string;
  /** Names the finding whatever its line: rule, path, `scope`, normalised text and occurrence. */
  readonly fingerprint: string;
  /** As `fingerprint` without the path: the same before and after a rename. */
  readonly identity: string;
  /** The dotted name of the enclosing function or class inside the module; empty at module level. */
  readonly scope: string;
  /** First lines of places whose change brings the finding in, besides its own lines (the `def` it hangs on). */
  readonly causeLines: readonly number[];
  /** Places in other files that bring the finding in when they change: the function that is called here. */
  readonly origins?: readonly Origin[];
  readonly trace?: readonly TraceStep[];
  readonly fix?: Fix;
}

/** A line of another file. It counts from 1. */
export interface Origin {
  readonly path: string;
  readonly line: number;
}

/** Why (a part of) a file was not looked at. */
export interface FileError {
  readonly path: string;
  readonly line: number;
  readonly kind: 'syntax' | 'encoding' | 'too-large' | 'timeout' | 'unreadable';
  readonly message: string;
}

/** What the engine says of one file. */
export interface FileResult {
  readonly path: string;
  /** False when no enabled rule could find anything in it (the file was not parsed), or when it could not be read. */
  readonly analysed: boolean;
  readonly findings: readonly Finding[];
  readonly errors: readonly FileError[];
}
