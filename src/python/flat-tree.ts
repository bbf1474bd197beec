import type { Tree } from 'web-tree-sitter';
import { invariant, UnreadableFileError } from '../errors.ts';
import type { KindTable } from './kind-table.ts';
import {
  type AliasSequences,
  aliasesIn,
  childAddress,
  newSubtree,
  readSubtree,
  rootAddress,
  type Subtree,
  type WasmMemory,
} from './subtree-memory.ts';
import { K, lastNode } from './syntax-kinds.ts';

/**
 * A tree-sitter tree as plain numbers, in preorder: the first child of node `i` is `i + 1`, and `next[i]` is what
 * follows its last descendant. So a parent comes before its children, and who reads backwards meets children first.
 */
export interface FlatTree {
  readonly count: number;
  /** Numbers of `K`. */
  readonly kinds: Uint8Array;
  /** UTF-16 offsets. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly next: Int32Array;
  /** The root is its own parent. */
  readonly parents: Int32Array;
  /** The comments' indices. */
  readonly comments: number[];
  /** How long a chain may be that nests in our tree but not in this one, such as `elif`. */
  readonly maxChain: number;
  /** The nodes with an error among their direct children. */
  readonly broken: Set<number>;
}

/** What reading trees of one grammar takes. */
export interface TreeReader {
  /** The module's own object, whose views change when its memory grows. */
  readonly memory: WasmMemory;
  readonly aliases: AliasSequences;
  readonly table: KindTable;
}

/** How much of the text is in errors: 0 for a sound tree. */
export function errorWeight({ count, kinds, starts, ends, broken }: FlatTree): number {
  if (broken.size === 0) return 0;
  let weight = 0;
  for (let i = 0; i < count; i++) {
    const kind = kinds[i] ?? 0;
    if (kind === K.error || kind === K.missing || kind === K.missing_token) {
      weight += 1 + (ends[i] ?? 0) - (starts[i] ?? 0);
    }
  }
  return weight;
}

/** How much deeper a chain such as `a + b + …` or `a.b().c()…` may be than brackets and blocks may nest. */
const CHAIN_FACTOR = 10;

/** What grows deep without brackets or indentation in real code; its depth counts for `CHAIN_FACTOR` only. */
const isChain = new Uint8Array(256);
for (const kind of [
  K.attribute,
  K.call,
  K.subscript,
  K.binary_operator,
  K.boolean_operator,
  K.comparison_operator,
  K.conditional_expression,
  K.union_type,
  K.type,
  K.assignment,
]) {
  isChain[kind] = 1;
}

/** A subtree whose children are being read. */
interface Frame {
  data: number;
  childCount: number;
  /** Of the next child. */
  childIndex: number;
  /** The same without extras, as aliases count. */
  structuralIndex: number;
  /** Index into 16-bit memory, 0 for no aliases. */
  aliases: number;
  /** Where the next child's padding begins. */
  position: number;
  /** In the flat tree; -1 for a subtree that the grammar hides: its children are its parent's. */
  index: number;
}

/** The state of reading one tree. */
interface Reading {
  readonly memory: WasmMemory;
  readonly reader: TreeReader;
  readonly flat: Growing;
  readonly maxDepth: number;
  /** Frames in use, and behind them those to use again. */
  readonly frames: Frame[];
  depth: number;
  /** The index of the visible node around. */
  above: number;
  /** How many visible nodes are open, and how many of them are no chains. */
  open: number;
  nesting: number;
}

type Growing = { -readonly [Key in keyof FlatTree]: FlatTree[Key] };

/**
 * Reads a whole tree. Throws `UnreadableFileError` of kind `too-large` for one that is deeper than `maxDepth` (chains:
 * than `maxDepth` times `CHAIN_FACTOR`).
 */
export function flattenTree(tree: Tree, reader: TreeReader, maxDepth: number): FlatTree {
  const flat = emptyTree(tree.rootNode.descendantCount, maxDepth * CHAIN_FACTOR);
  const { HEAPU8, HEAPU16, HEAPU32 } = reader.memory;
  const memory: WasmMemory = { HEAPU8, HEAPU16, HEAPU32 };
  const reading: Reading = {
    memory,
    reader,
    flat,
    maxDepth,
    frames: [],
    depth: 0,
    above: 0,
    open: 0,
    nesting: 0,
  };
  const subtree = newSubtree();

  readSubtree(memory, rootAddress(tree), subtree);
  take(reading, subtree, 0, subtree.padding);
  while (reading.depth > 0) {
    const frame = reading.frames[reading.depth - 1];
    invariant(frame !== undefined, 'as many frames as the depth says');
    if (frame.childIndex === frame.childCount) {
      leave(reading, frame);
      continue;
    }
    readSubtree(memory, childAddress(frame.data, frame.childCount, frame.childIndex), subtree);
    let alias = 0;
    if (!subtree.isExtra) {
      if (frame.aliases !== 0) alias = memory.HEAPU16[frame.aliases + frame.structuralIndex] ?? 0;
      frame.structuralIndex++;
    }
    // The padding of a first child is its parent's, which the position is behind of already.
    const start = frame.childIndex === 0 ? frame.position : frame.position + subtree.padding;
    frame.childIndex++;
    frame.position = start + subtree.size;
    take(reading, subtree, alias, start);
  }
  return flat;
}

function emptyTree(capacity: number, maxChain: number): Growing {
  return {
    count: 0,
    kinds: new Uint8Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    next: new Int32Array(capacity),
    parents: new Int32Array(capacity),
    comments: [],
    maxChain,
    broken: new Set(),
  };
}

/** Writes a subtree down if it is visible, and opens it if there is something in it. */
function take(reading: Reading, subtree: Subtree, alias: number, start: number): void {
  if (!subtree.isVisible && alias === 0) {
    if (subtree.hasVisibleChildren) enter(reading, subtree, start, -1);
    return;
  }
  const { flat, reader, above } = reading;
  const symbol = alias === 0 ? subtree.symbol : alias;
  const index = flat.count++;
  invariant(index < flat.kinds.length, 'tree-sitter counts the nodes of its trees');
  const kind = kindOfSymbol(reader.table, symbol, subtree.isMissing);
  if (kind === K.error || kind === K.missing || kind === K.missing_token) flat.broken.add(above);
  flat.kinds[index] = kind;
  flat.starts[index] = start;
  flat.ends[index] = start + subtree.size;
  flat.parents[index] = above;
  if (kind === K.comment) flat.comments.push(index);
  // Of an error, only what stands at the top of the module can be sound.
  const isLeaf = kind === K.error ? reading.open > 1 : reader.table.leaves[symbol] === 1;
  if (isLeaf || !subtree.hasVisibleChildren) {
    flat.next[index] = index + 1;
    return;
  }
  enter(reading, subtree, start, index);
  reading.above = index;
  reading.open++;
  if (isChain[kind] === 0) reading.nesting++;
  if (reading.nesting > reading.maxDepth || reading.open > flat.maxChain) throw tooDeep();
}

/** The number in `K` of a node's type. */
export function kindOfSymbol(table: KindTable, symbol: number, isMissing: boolean): number {
  const kind = table.kinds[symbol] ?? K.error;
  if (!isMissing) return kind;
  return kind > lastNode ? K.missing_token : K.missing;
}

function enter(reading: Reading, subtree: Subtree, position: number, index: number): void {
  const aliases = aliasesIn(reading.memory, reading.reader.aliases, subtree.data);
  const { data, childCount } = subtree;
  const frame = reading.frames[reading.depth++];
  if (frame === undefined) {
    reading.frames.push({ data, childCount, childIndex: 0, structuralIndex: 0, aliases, position, index });
    return;
  }
  frame.data = data;
  frame.childCount = childCount;
  frame.childIndex = 0;
  frame.structuralIndex = 0;
  frame.aliases = aliases;
  frame.position = position;
  frame.index = index;
}

function leave(reading: Reading, { index }: Frame): void {
  reading.depth--;
  if (index === -1) return;
  const { flat } = reading;
  flat.next[index] = flat.count;
  reading.above = flat.parents[index] ?? 0;
  reading.open--;
  if (isChain[flat.kinds[index] ?? 0] === 0) reading.nesting--;
}

/** The same tree as of a text that begins `offset` further on. */
export function moveTree(flat: FlatTree, offset: number): FlatTree {
  const move = (at: number): number => at + offset;
  return { ...flat, starts: flat.starts.map(move), ends: flat.ends.map(move) };
}

/** The error for a tree that nests deeper than the limits allow. */
export function tooDeep(): UnreadableFileError {
  return new UnreadableFileError(
    'too-large',
    'The code is nested too deeply to be looked at: split its deepest expression or block.',
  );
}
