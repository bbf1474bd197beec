/** A place in a file; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something that keeps a file from being read. */
export interface SyntaxProblem extends Place {
  readonly message: string;
}

/** Keys and indices that lead to a value. */
export type ValuePath = readonly (string | number)[];

/** A configuration file that was read, whatever its format. */
export interface ConfigurationDocument {
  readonly value: unknown;
  /** Where the key at a path stands (for an element of a list, the element); the nearest enclosing one that is known. */
  placeOfKey(path: ValuePath): Place;
  /** Where the value at a path stands; the nearest enclosing one that is known. */
  placeOfValue(path: ValuePath): Place;
  /** How a single value is written, without quotes: `3.10` where the number would be 3.1; `null` for others. */
  writtenAs(path: ValuePath): string | null;
}

/** A document, or what is wrong with it. */
export type ParsedDocument =
  | {
      readonly kind: 'document';
      readonly document: ConfigurationDocument;
      /** Faults beside which the rest can be understood. */
      readonly problems: readonly SyntaxProblem[];
    }
  | { readonly kind: 'problem'; readonly problem: SyntaxProblem };
