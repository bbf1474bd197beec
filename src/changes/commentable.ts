import type { Hunk } from './change.ts';

/** The side of a diff in GitHub's words: `RIGHT` has added and context lines, `LEFT` deleted ones. */
export type Side = 'LEFT' | 'RIGHT';

/**
 * What a review comment can be put on. GitHub refuses a whole review when one of its comments is on another line, or
 * begins and ends in different hunks (https://docs.github.com/rest/pulls/comments#create-a-review-comment-for-a-pull-request).
 */
export interface CommentableLines {
  /** The hunk that shows a line on a side, by its place in the diff from 0; `null` when none does. */
  hunkOf(line: number, side: Side): number | null;
  /** Whether one comment can be on all lines from the first to the last one. */
  spans(first: number, last: number, side: Side): boolean;
  /** Whether the diff shows a deleted line between the first and the last line of a range of the head. */
  hasDeletionInside(first: number, last: number): boolean;
}

/** Finds the lines of a file's diff that can be commented on. */
export function commentableLines(hunks: readonly Hunk[]): CommentableLines {
  const left = new Map<number, number>();
  const right = new Map<number, number>();
  /** The lines of the head that come right behind a deleted one. */
  const behindDeletion: number[] = [];
  for (const [index, hunk] of hunks.entries()) {
    let deleted = false;
    for (const line of hunk.lines) {
      if (line.kind === 'deleted') left.set(line.baseLine, index);
      else right.set(line.headLine, index);
      if (line.kind !== 'deleted' && deleted) behindDeletion.push(line.headLine);
      deleted = line.kind === 'deleted';
    }
  }
  const hunkOf = (line: number, side: Side) => (side === 'LEFT' ? left : right).get(line) ?? null;
  return {
    hunkOf,
    spans(first, last, side) {
      const hunk = hunkOf(first, side);
      return first <= last && hunk !== null && hunk === hunkOf(last, side);
    },
    hasDeletionInside: (first, last) => behindDeletion.some(line => line > first && line <= last),
  };
}
