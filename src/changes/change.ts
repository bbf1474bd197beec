/** One line of a hunk, its text without line end but with a `\r` if the file has one. Lines count from 1. */
export type HunkLine =
  | { readonly kind: 'context'; readonly text: string; readonly baseLine: number; readonly headLine: number }
  | { readonly kind: 'added'; readonly text: string; readonly headLine: number }
  | { readonly kind: 'deleted'; readonly text: string; readonly baseLine: number };

/**
 * A hunk of a unified diff. Lines count from 1. Where a side has no line in it, its start is the line that follows the
 * hunk, also where the header of a diff says one less.
 */
export interface Hunk {
  readonly baseStart: number;
  readonly baseCount: number;
  readonly headStart: number;
  readonly headCount: number;
  readonly lines: readonly HunkLine[];
}

export type FileStatus = 'added' | 'modified' | 'removed' | 'renamed';

/** A changed file with both its versions. */
export interface ChangedFile {
  readonly path: string;
  /** The path in the base version where it differs. */
  readonly previousPath: string | null;
  readonly status: FileStatus;
  /** As the host shows them: only lines in these can be commented on. */
  readonly hunks: readonly Hunk[];
  /** False when the host shows no diff of the file, so that nothing in it can be commented on and `hunks` are our own. */
  readonly shown?: boolean;
  /** The text at the merge base; `null` for an added file. */
  readonly base: Uint8Array | null;
  /** The text at the head; `null` for a removed file. */
  readonly head: Uint8Array | null;
}

/** A file of the change that could not be looked at, and why, in words fit for the summary. */
export interface UnreadFile {
  readonly path: string;
  readonly reason: string;
}

/** What a pull request (or a range of a local repository) changes. Revisions are full SHAs; the working tree's is empty. */
export interface Change {
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
  /** The changed Python files. */
  readonly files: readonly ChangedFile[];
  readonly unread: readonly UnreadFile[];
}
