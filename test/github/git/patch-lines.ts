/** A line of a patch. Lines and positions count from 1. */
export interface PatchLine {
  /** Its place in the patch by GitHub's older way of counting: lines below the first `@@`. */
  readonly position: number;
  /** Which hunk it is in, from 0. */
  readonly hunk: number;
  readonly kind: 'context' | 'added' | 'deleted';
  /** In the old file; `null` for an added line. */
  readonly oldLine: number | null;
  /** In the new file; `null` for a deleted line. */
  readonly newLine: number | null;
}

const hunkHead = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/** The lines of a patch that a comment can stand on. */
export function patchLines(patch: string): readonly PatchLine[] {
  const lines: PatchLine[] = [];
  let hunk = -1;
  let oldLine = 0;
  let newLine = 0;
  for (const [position, text] of patch.split('\n').entries()) {
    const head = hunkHead.exec(text);
    if (head) {
      hunk += 1;
      oldLine = Number(head[1]);
      newLine = Number(head[2]);
    } else if (text.startsWith('+')) {
      lines.push({ position, hunk, kind: 'added', oldLine: null, newLine: newLine++ });
    } else if (text.startsWith('-')) {
      lines.push({ position, hunk, kind: 'deleted', oldLine: oldLine++, newLine: null });
    } else if (!text.startsWith('\\')) {
      lines.push({ position, hunk, kind: 'context', oldLine: oldLine++, newLine: newLine++ });
    }
  }
  return lines;
}

/** The line of a patch at a side: RIGHT has added and context lines, LEFT the deleted ones. */
export function findPatchLine(
  lines: readonly PatchLine[],
  side: 'LEFT' | 'RIGHT',
  line: number,
): PatchLine | undefined {
  return side === 'RIGHT'
    ? lines.find(one => one.newLine === line)
    : lines.find(one => one.kind === 'deleted' && one.oldLine === line);
}

/** The part of a patch that a comment shows: its hunk up to and with its line. */
export function diffHunkUpTo(patch: string, position: number): string {
  const lines = patch.split('\n').slice(0, position + 1);
  const start = lines.findLastIndex(line => hunkHead.test(line));
  return lines.slice(start).join('\n');
}

/** Where an old line went in the new text that a patch without context describes; `null` when it was changed or removed. */
export function followLine(patch: string, oldLine: number): number | null {
  let shift = 0;
  for (const head of patch.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)) {
    const [oldStart, oldCount, newCount] = [Number(head[1]), Number(head[2] ?? 1), Number(head[4] ?? 1)];
    // A hunk that only adds names the line before it.
    const firstTouched = oldCount === 0 ? oldStart + 1 : oldStart;
    if (oldLine < firstTouched) break;
    if (oldLine < firstTouched + oldCount) return null;
    shift += newCount - oldCount;
  }
  return oldLine + shift;
}
