import type { Hunk } from './change.ts';

/** Lines of both versions, from 1: `count` lines from `baseStart` and from `headStart` on. */
export interface LineSpan {
  readonly baseStart: number;
  readonly baseCount: number;
  readonly headStart: number;
  readonly headCount: number;
}

/** What became of each line. */
export interface LineMap {
  /** The line of the head that is this line of the base; `null` when it was deleted. */
  headLineOf(baseLine: number): number | null;
  /** The line of the base that is this line of the head; `null` when it was added. */
  baseLineOf(headLine: number): number | null;
  /** The unbroken runs of deleted and added lines, in the order of the text. */
  readonly blocks: readonly LineSpan[];
  /** The block that added a line of the head; `null` for an unchanged one. */
  blockOfHead(headLine: number): number | null;
  /** The block that deleted a line of the base; `null` for an unchanged one. */
  blockOfBase(baseLine: number): number | null;
}

/** Maps the lines of the base to those of the head through the hunks between them. */
export function mapLines(hunks: readonly Hunk[]): LineMap {
  const blocks = hunks.flatMap(blocksOf);
  const find = (line: number, side: 'base' | 'head'): { inside: number | null; shift: number } => {
    const index = lastStartingBy(blocks, line, side);
    const block = blocks[index];
    if (block === undefined) return { inside: null, shift: 0 };
    if (line < block[`${side}Start`] + block[`${side}Count`]) return { inside: index, shift: 0 };
    const shift = block.headStart + block.headCount - (block.baseStart + block.baseCount);
    return { inside: null, shift };
  };
  return {
    blocks,
    headLineOf(line) {
      const { inside, shift } = find(line, 'base');
      return inside === null ? line + shift : null;
    },
    baseLineOf(line) {
      const { inside, shift } = find(line, 'head');
      return inside === null ? line - shift : null;
    },
    blockOfHead: line => find(line, 'head').inside,
    blockOfBase: line => find(line, 'base').inside,
  };
}

function blocksOf(hunk: Hunk): readonly LineSpan[] {
  const blocks: LineSpan[] = [];
  let baseLine = hunk.baseStart;
  let headLine = hunk.headStart;
  let baseStart = baseLine;
  let headStart = headLine;
  const close = () => {
    const block = { baseStart, baseCount: baseLine - baseStart, headStart, headCount: headLine - headStart };
    if (block.baseCount + block.headCount > 0) blocks.push(block);
  };
  for (const line of hunk.lines) {
    if (line.kind === 'context') close();
    if (line.kind !== 'added') baseLine++;
    if (line.kind !== 'deleted') headLine++;
    if (line.kind === 'context') [baseStart, headStart] = [baseLine, headLine];
  }
  close();
  return blocks;
}

/** The last block that begins at or before a line, by its place; -1 when none does. */
function lastStartingBy(blocks: readonly LineSpan[], line: number, side: 'base' | 'head'): number {
  let low = -1;
  let high = blocks.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((blocks[middle]?.[`${side}Start`] ?? 0) <= line) low = middle;
    else high = middle;
  }
  return low;
}
