import { parsePatch, type StructuredPatchHunk, structuredPatch } from 'diff';
import { LoopwardenError } from '../errors.ts';
import type { FileStatus, Hunk, HunkLine } from './change.ts';
import { type DiffLines, diffLinesOf } from './diff-lines.ts';

/** What one file's part of a git diff says. */
export interface FileDiff {
  readonly path: string;
  /** The path in the base version where it differs. */
  readonly previousPath: string | null;
  readonly status: FileStatus;
  /** True for a file of which git shows no lines because it is no text. */
  readonly binary: boolean;
  readonly hunks: readonly Hunk[];
}

/** Lines around a change, as git and GitHub show them. */
const CONTEXT = 3;

/**
 * Beyond this many added and deleted lines the cheapest diff is not searched for: the search costs their square
 * (about 0.3 s at this number).
 */
const MAX_EDIT_LENGTH = 1000;

/**
 * Reads the hunks of one file: GitHub's `patch` of it, or what follows the `+++` line in a git diff.
 * Throws `LoopwardenError` (`malformed-diff`) when it is none, or is cut off.
 */
export function parseHunks(patch: string): readonly Hunk[] {
  return parse(patch).flatMap(file => file.hunks.map(toHunk));
}

/**
 * Reads the output of `git diff` with its usual `a/` and `b/` before the paths: renames, mode changes, binary files,
 * quoted paths. Throws `LoopwardenError` (`malformed-diff`) when it is none.
 */
export function parseGitDiff(diff: string): readonly FileDiff[] {
  return parse(diff)
    .filter(file => file.oldFileName !== undefined && file.newFileName !== undefined)
    .map(file => {
      const base = withoutPrefix(file.oldFileName);
      const head = withoutPrefix(file.newFileName);
      const added = file.isCreate === true || base === null;
      const removed = file.isDelete === true || head === null;
      const path = head ?? base ?? '';
      const renamed = !added && !removed && base !== path;
      return {
        path,
        // A copy leaves the file that it was made from: it has no version before.
        previousPath: renamed && file.isCopy !== true ? base : null,
        status: statusOf({ added: added || file.isCopy === true, removed, renamed }),
        binary: file.isBinary === true,
        hunks: file.hunks.map(toHunk),
      };
    });
}

/**
 * The hunks between two versions of a file, for one that comes without a patch. Very different versions give the
 * stretch between their common beginning and end as replaced as a whole.
 */
export function diffTexts(base: string, head: string): readonly Hunk[] {
  if (base === head) return [];
  const options = { context: CONTEXT, maxEditLength: MAX_EDIT_LENGTH };
  const patch = structuredPatch('', '', base, head, '', '', options);
  return patch === undefined ? [replacement(diffLinesOf(base), diffLinesOf(head))] : patch.hunks.map(toHunk);
}

function parse(text: string): ReturnType<typeof parsePatch> {
  try {
    return parsePatch(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    throw new LoopwardenError('malformed-diff', `The diff cannot be read: ${why}`, { cause: error });
  }
}

function toHunk(hunk: StructuredPatchHunk): Hunk {
  const lines: HunkLine[] = [];
  let baseLine = hunk.oldStart;
  let headLine = hunk.newStart;
  for (const line of hunk.lines) {
    const text = line.slice(1);
    if (line.startsWith('+')) lines.push({ kind: 'added', text, headLine: headLine++ });
    else if (line.startsWith('-')) lines.push({ kind: 'deleted', text, baseLine: baseLine++ });
    // An empty line is a context line whose blank was trimmed; "\ No newline at end of file" is no line at all.
    else if (!line.startsWith('\\'))
      lines.push({ kind: 'context', text, baseLine: baseLine++, headLine: headLine++ });
  }
  return {
    baseStart: hunk.oldStart,
    baseCount: baseLine - hunk.oldStart,
    headStart: hunk.newStart,
    headCount: headLine - hunk.newStart,
    lines,
  };
}

function withoutPrefix(name: string | undefined): string | null {
  if (name === undefined || name === '/dev/null') return null;
  return name.replace(/^[abciow]\//, '');
}

function statusOf(file: { added: boolean; removed: boolean; renamed: boolean }): FileStatus {
  if (file.added) return 'added';
  if (file.removed) return 'removed';
  return file.renamed ? 'renamed' : 'modified';
}

/** One hunk in which everything between the common first and last lines is deleted and added. */
function replacement(base: DiffLines, head: DiffLines): Hunk {
  const most = Math.min(base.count, head.count);
  let before = 0;
  while (before < most && sameLine(base, before + 1, head, before + 1)) before++;
  let after = 0;
  while (after < most - before && sameLine(base, base.count - after, head, head.count - after)) after++;
  const first = Math.max(0, before - CONTEXT) + 1;
  const shift = head.count - base.count;
  const lines: HunkLine[] = [];
  const context = (baseLine: number, headLine: number) =>
    lines.push({ kind: 'context', text: head.textOf(headLine), baseLine, headLine });
  for (let line = first; line <= before; line++) context(line, line);
  for (let line = before + 1; line <= base.count - after; line++) {
    lines.push({ kind: 'deleted', text: base.textOf(line), baseLine: line });
  }
  for (let line = before + 1; line <= head.count - after; line++) {
    lines.push({ kind: 'added', text: head.textOf(line), headLine: line });
  }
  const last = base.count - after + Math.min(after, CONTEXT);
  for (let line = base.count - after + 1; line <= last; line++) context(line, line + shift);
  return {
    baseStart: first,
    baseCount: last - first + 1,
    headStart: first,
    headCount: last + shift - first + 1,
    lines,
  };
}

/** Lines of two texts are the same when their line ends are, too: a last line without one is another line to git. */
function sameLine(base: DiffLines, baseLine: number, head: DiffLines, headLine: number): boolean {
  const whole = (lines: DiffLines, line: number) =>
    lines.text.slice(lines.startOf(line), lines.startOf(line + 1));
  return whole(base, baseLine) === whole(head, headLine);
}
