/** A file that a generator writes: its path from the root of the project, with `/`, and its whole text. */
export interface Output {
  readonly path: string;
  readonly text: string;
}

/** What a generator gives. `problems` are one line each: where, what, and the remedy. */
export interface Generated {
  readonly outputs: readonly Output[];
  readonly problems: readonly string[];
}
