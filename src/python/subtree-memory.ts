import type { Language, Tree } from 'web-tree-sitter';
import { invariant } from '../errors.ts';

/**
 * How tree-sitter 0.27 keeps its trees in the memory of 32-bit WebAssembly, read off
 * https://github.com/tree-sitter/tree-sitter/blob/v0.27.1/lib/src/subtree.h and parser.h. A cursor gives the same, but
 * each of its steps is a call: it takes four to ten times as long. `loadPythonParser` checks that both agree.
 */

/** The views that Emscripten keeps of a module's memory; it makes new ones whenever the memory grows. */
export interface WasmMemory {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU16: Uint16Array;
  readonly HEAPU32: Uint32Array;
}

/** `SubtreeHeapData`: byte offsets of its fields. The children stand right before it, the last one next to it. */
const heap = {
  padding: 4,
  size: 16,
  childCount: 36,
  symbol: 40,
  flags: 44,
  moreFlags: 45,
  visibleChildCount: 48,
  productionId: 66,
} as const;
const heapVisible = 1;
const heapExtra = 4;
const heapMissing = 2;

/** `SubtreeInlineData`: a small leaf in place of a pointer, which never has the lowest bit set. */
const inline = { symbol: 1, padding: 6, size: 7 } as const;
const isInline = 1;
const inlineVisible = 2;
const inlineExtra = 8;
const inlineMissing = 32;

/** The size of a `Subtree`, which is either of both. */
const SUBTREE_SIZE = 8;

/** `TSLanguage`: byte offsets. */
const language = { maxAliasSequenceLength: 36, aliasSequences: 84 } as const;

/** One node, named or not; the same object is filled again and again. Lengths are UTF-16 code units. */
export interface Subtree {
  /** Address of the data, where there are children. */
  data: number;
  /** Before the node: spaces, line ends, comments not included. */
  padding: number;
  size: number;
  symbol: number;
  childCount: number;
  hasVisibleChildren: boolean;
  isVisible: boolean;
  /** A comment or the like, which no production has a place for. */
  isExtra: boolean;
  isMissing: boolean;
}

export function newSubtree(): Subtree {
  return {
    data: 0,
    padding: 0,
    size: 0,
    symbol: 0,
    childCount: 0,
    hasVisibleChildren: false,
    isVisible: false,
    isExtra: false,
    isMissing: false,
  };
}

/** Fills `into` with what stands at an address. */
export function readSubtree({ HEAPU8, HEAPU16, HEAPU32 }: WasmMemory, address: number, into: Subtree): void {
  const head = HEAPU32[address >> 2] ?? 0;
  if ((head & isInline) !== 0) {
    into.data = 0;
    into.padding = (HEAPU8[address + inline.padding] ?? 0) >> 1;
    into.size = (HEAPU8[address + inline.size] ?? 0) >> 1;
    into.symbol = HEAPU8[address + inline.symbol] ?? 0;
    into.childCount = 0;
    into.hasVisibleChildren = false;
    into.isVisible = (head & inlineVisible) !== 0;
    into.isExtra = (head & inlineExtra) !== 0;
    into.isMissing = (head & inlineMissing) !== 0;
    return;
  }
  const flags = HEAPU8[head + heap.flags] ?? 0;
  const childCount = HEAPU32[(head + heap.childCount) >> 2] ?? 0;
  into.data = head;
  into.padding = (HEAPU32[(head + heap.padding) >> 2] ?? 0) >> 1;
  into.size = (HEAPU32[(head + heap.size) >> 2] ?? 0) >> 1;
  into.symbol = HEAPU16[(head + heap.symbol) >> 1] ?? 0;
  into.childCount = childCount;
  into.hasVisibleChildren = childCount > 0 && HEAPU32[(head + heap.visibleChildCount) >> 2] !== 0;
  into.isVisible = (flags & heapVisible) !== 0;
  into.isExtra = (flags & heapExtra) !== 0;
  into.isMissing = ((HEAPU8[head + heap.moreFlags] ?? 0) & heapMissing) !== 0;
}

/** The address of a child of a subtree with `childCount` children. */
export function childAddress(data: number, childCount: number, index: number): number {
  return data - (childCount - index) * SUBTREE_SIZE;
}

/** The symbols that a grammar gives to children by their place in a production. */
export interface AliasSequences {
  /** Index into 16-bit memory. */
  readonly start: number;
  /** Symbols of one production. */
  readonly length: number;
}

export function aliasSequencesOf(grammar: Language, { HEAPU16, HEAPU32 }: WasmMemory): AliasSequences {
  const address = addressOf(grammar);
  return {
    start: (HEAPU32[(address + language.aliasSequences) >> 2] ?? 0) >> 1,
    length: HEAPU16[(address + language.maxAliasSequenceLength) >> 1] ?? 0,
  };
}

/** The index into 16-bit memory of the aliases of a subtree's children; 0 for none. */
export function aliasesIn({ HEAPU16 }: WasmMemory, { start, length }: AliasSequences, data: number): number {
  const production = HEAPU16[(data + heap.productionId) >> 1] ?? 0;
  return production === 0 ? 0 : start + production * length;
}

/** The address of a tree's root, which web-tree-sitter takes for the node's id. */
export function rootAddress(tree: Tree): number {
  return tree.rootNode.id;
}

/** The address of an object of web-tree-sitter, which it keeps at index 0. */
function addressOf(object: object): number {
  const address: unknown = Reflect.get(object, 0);
  invariant(typeof address === 'number' && address !== 0, 'web-tree-sitter keeps addresses at index 0');
  return address;
}
