/** Something to say of a place in a file. */
export interface PlacedMessage {
  readonly file: string;
  /** `OWNER/REPO`, where the file is another repository's. */
  readonly repository?: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A message with the place that it is about, in one line, as compilers write it. */
export function placed(about: PlacedMessage): string {
  return `${fileShown(about)}:${about.line}:${about.column}: ${about.message}`;
}

/** A file with its repository, where that is another one. */
export function fileShown({ file, repository }: Pick<PlacedMessage, 'file' | 'repository'>): string {
  return repository === undefined ? file : `${repository}:${file}`;
}
