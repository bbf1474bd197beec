import { invariant } from '../errors.ts';
import type { TextRange } from '../python/syntax-tree.ts';
import type { Edit } from './proposed-fix.ts';

/** Applies edits of one text, in whatever order they are given; insertions at the same place keep their order. Throws when two overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let position = 0;
  for (const edit of sortEdits(edits)) {
    invariant(
      edit.start >= position && edit.end >= edit.start && edit.end <= text.length,
      `the edit of ${edit.start} to ${edit.end} overlaps another one or lies outside of the text`,
    );
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}

/** Whether edits lie inside a text and none overlaps another, so that `applyEdits` takes them. */
export function areApplicable(text: string, edits: readonly Edit[]): boolean {
  let position = 0;
  return sortEdits(edits).every(edit => {
    const fits = edit.start >= position && edit.end >= edit.start && edit.end <= text.length;
    position = edit.end;
    return fits;
  });
}

/** In the order of the text. */
export function sortEdits<E extends TextRange>(edits: readonly E[]): readonly E[] {
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * The edits of two independent fixes as one list, or `null` when they get in each other's way. An edit that both
 * make (the import that both need) is made once.
 */
export function mergeEdits<E extends Edit>(first: readonly E[], second: readonly E[]): readonly E[] | null {
  const added: E[] = [];
  for (const edit of second) {
    if (first.some(other => isSameEdit(edit, other))) continue;
    if (first.some(other => touches(edit, other))) return null;
    added.push(edit);
  }
  return sortEdits([...first, ...added]);
}

/** Whether two ranges share text; an empty one also meets what it stands at the edge of. */
export function touches(a: TextRange, b: TextRange): boolean {
  if (a.start === a.end || b.start === b.end) return a.start <= b.end && b.start <= a.end;
  return a.start < b.end && b.start < a.end;
}

/**
 * Where a range may be after edits (sorted, without overlaps): its start and its end each as the earliest and the
 * latest place that they can have moved to, which differ where an edit touches them.
 */
export function mapRange(
  range: TextRange,
  edits: readonly Edit[],
): { readonly start: TextRange; readonly end: TextRange } {
  return { start: mapOffset(range.start, edits), end: mapOffset(range.end, edits) };
}

function mapOffset(offset: number, edits: readonly Edit[]): TextRange {
  let shift = 0;
  let earliest: number | null = null;
  let latest: number | null = null;
  for (const edit of edits) {
    if (edit.start > offset) break;
    const touching = edit.end >= offset;
    if (touching) {
      earliest ??= edit.start + shift;
      latest = edit.start + shift + edit.text.length;
    }
    shift += edit.text.length - (edit.end - edit.start);
  }
  if (earliest !== null && latest !== null) return { start: earliest, end: latest };
  return { start: offset + shift, end: offset + shift };
}

function isSameEdit(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
