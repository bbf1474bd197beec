import { LineIndex } from '../python/line-index.ts';

/**
 * The lines of a text as git and GitHub count them: from 1, and only `\n` ends one. (Python also ends a line at a lone
 * `\r`: a finding's place in a diff is found by its offsets, never by its line.) Offsets are UTF-16 code units.
 */
export interface DiffLines {
  readonly text: string;
  /** How many there are; none in an empty text, and none behind a `\n` at the end. */
  readonly count: number;
  /** The line that an offset stands on; behind the last `\n` that is one more than there are. */
  lineAt(offset: number): number;
  /** The offset of a line's first character; the end of the text for lines that there are not. */
  startOf(line: number): number;
  /** A line without its `\n`, but with a `\r` before it. */
  textOf(line: number): string;
}

/** Divides a text into the lines of a diff. */
export function diffLinesOf(text: string): DiffLines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const count = starts.at(-1) === text.length ? starts.length - 1 : starts.length;
  const startOf = (line: number) => starts[line - 1] ?? text.length;
  return {
    text,
    count,
    startOf,
    lineAt: offset => lastNotAbove(starts, offset) + 1,
    textOf: line => text.slice(startOf(line), startOf(line + 1)).replace(/\n$/, ''),
  };
}

/** The line of a diff on which a line of Python's begins. They differ only in texts with a lone `\r`. */
export function diffLineOf(lines: DiffLines, pythonLine: number): number {
  const { text } = lines;
  if (!/\r(?!\n)/.test(text)) return pythonLine;
  return lines.lineAt(new LineIndex(text).startOf(pythonLine));
}

function lastNotAbove(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  return low;
}
