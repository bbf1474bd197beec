import type { TextRange } from './syntax-tree.ts';

/** A place as people and GitHub count it: lines and columns from 1, columns in code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of text by places; `endColumn` is the column behind the last character. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SURROGATE = /[\ud800-\udfff]/;

/**
 * Where the lines of a text begin. Lines end as Python's do, with `\n`, `\r\n` or a lone `\r`; a form feed ends none.
 * A text that ends with a line end has one more line, an empty one, so that the end of the text has a place.
 * Offsets are UTF-16 code units; what lies outside the text counts as its nearest end.
 */
export class LineIndex {
  readonly #text: string;
  readonly #starts: readonly number[];
  /** Whether a column can differ from a distance in UTF-16 code units. */
  readonly #wide: boolean;

  constructor(text: string) {
    this.#text = text;
    this.#starts = lineStarts(text);
    this.#wide = SURROGATE.test(text);
  }

  /** The number of lines, at least 1. */
  get count(): number {
    return this.#starts.length;
  }

  /** The line, from 1, that the character at `offset` stands on; a line end belongs to the line that it ends. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** The offset of the first character of a line. */
  startOf(line: number): number {
    if (line < 1) return 0;
    return this.#starts[line - 1] ?? this.#text.length;
  }

  /** The offset behind the last character of a line, before its line end. */
  endOf(line: number): number {
    if (line < 1) return 0;
    const next = this.#starts[line];
    if (next === undefined) return this.#text.length;
    const pair =
      this.#text.charCodeAt(next - 1) === LINE_FEED && this.#text.charCodeAt(next - 2) === CARRIAGE_RETURN;
    return next - (pair ? 2 : 1);
  }

  /** The text of a line without its line end; empty outside the text. */
  textOf(line: number): string {
    return this.#text.slice(this.startOf(line), this.endOf(line));
  }

  /** The place of an offset. */
  positionAt(offset: number): Position {
    const inside = Math.max(0, Math.min(offset, this.#text.length));
    const line = this.lineAt(inside);
    return { line, column: this.#codePoints(this.startOf(line), inside) + 1 };
  }

  /** The offset of a place; a column beyond the line's end gives the line's end. */
  offsetAt(position: Position): number {
    const start = this.startOf(position.line);
    const end = this.endOf(position.line);
    if (!this.#wide) return Math.max(start, Math.min(start + position.column - 1, end));
    let offset = start;
    for (let column = 1; column < position.column && offset < end; column++) offset += this.#widthAt(offset);
    return offset;
  }

  /** The places of both ends of a range. */
  regionOf(range: TextRange): Region {
    const from = this.positionAt(range.start);
    const to = this.positionAt(range.end);
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  #codePoints(start: number, end: number): number {
    if (!this.#wide) return end - start;
    let count = 0;
    for (let offset = start; offset < end; offset += this.#widthAt(offset)) count++;
    return count;
  }

  /** 2 for a surrogate pair, else 1. */
  #widthAt(offset: number): 1 | 2 {
    return (this.#text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code !== LINE_FEED && code !== CARRIAGE_RETURN) continue;
    if (code === CARRIAGE_RETURN && text.charCodeAt(offset + 1) === LINE_FEED) offset++;
    starts.push(offset + 1);
  }
  return starts;
}
