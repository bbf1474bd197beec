import type { Tree } from 'web-tree-sitter';
import { invariant, UnreadableFileError } from '../errors.ts';
import type { KindTable } from './kind-table.ts';
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
  /** How long a chain may be that nests in our tree but not in this one, such as `elif`. */
  readonly maxChain: number;
  /** The nodes with an error among their direct children. */
  readonly broken: Set<number>;
}

/** How much of the text is in errors: 0 for a sound tree. */
export function errorWeight({ count, kinds, starts, ends, broken }: FlatTree): number {
  if (broken.size === 0) return 0;
  let weight = 0;
  for (let i = 0; i < count; i++) {
    const kind = kinds[i] ?? 0;
    if (kind === K.error || kind === K.missing || kind === K.missing_token)
      weight += 1 + (ends[i] ?? 0) - (starts[i] ?? 0);
  }
  return weight;
}

/**
 * The exports of web-tree-sitter's runtime that a walk needs. `TreeCursor` copies its state into WebAssembly and back
 * at every step, which takes two thirds of its time; these functions keep it there.
 */
export interface CursorRuntime {
  readonly _ts_tree_cursor_new_wasm: (tree: number) => void;
  readonly _ts_tree_cursor_delete_wasm: (tree: number) => void;
  readonly _ts_tree_cursor_goto_first_child_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_goto_next_sibling_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_goto_parent_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_current_node_type_id_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_current_node_is_missing_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_start_index_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_end_index_wasm: (tree: number) => number;
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

/**
 * Reads a whole tree in one walk. Throws `UnreadableFileError` of kind `too-large` for one that is deeper than
 * `maxDepth` (chains: than `maxDepth` times `CHAIN_FACTOR`).
 */
export function flattenTree(
  tree: Tree,
  runtime: CursorRuntime,
  table: KindTable,
  maxDepth: number,
): FlatTree {
  // Asking for the root also leaves it where the runtime's functions look for their argument.
  const { descendantCount: capacity, hasError } = tree.rootNode;
  const kinds = new Uint8Array(capacity);
  const starts = new Int32Array(capacity);
  const ends = new Int32Array(capacity);
  const next = new Int32Array(capacity);
  const parents = new Int32Array(capacity);
  const broken = new Set<number>();
  const maxChain = maxDepth * CHAIN_FACTOR;
  const open: number[] = [];
  const handle = handleOf(tree);
  const firstChild = runtime._ts_tree_cursor_goto_first_child_wasm;
  const nextSibling = runtime._ts_tree_cursor_goto_next_sibling_wasm;
  const goUp = runtime._ts_tree_cursor_goto_parent_wasm;
  const typeId = runtime._ts_tree_cursor_current_node_type_id_wasm;
  const startIndex = runtime._ts_tree_cursor_start_index_wasm;
  const endIndex = runtime._ts_tree_cursor_end_index_wasm;
  let count = 0;
  let above = 0;
  let nesting = 0;

  runtime._ts_tree_cursor_new_wasm(handle);
  try {
    for (;;) {
      const type = typeId(handle);
      const start = startIndex(handle);
      const end = endIndex(handle);
      let kind: number = table.kinds[type] ?? K.error;
      if (hasError && start === end && runtime._ts_tree_cursor_current_node_is_missing_wasm(handle) === 1) {
        kind = kind > lastNode ? K.missing_token : K.missing;
      }
      if (kind === K.error || kind === K.missing || kind === K.missing_token) broken.add(above);
      kinds[count] = kind;
      starts[count] = start;
      ends[count] = end;
      parents[count] = above;
      // Of an error, only what stands at the top of the module can be sound.
      const isLeaf = kind === K.error ? open.length > 1 : table.leaves[type] === 1;
      if (!isLeaf && firstChild(handle) === 1) {
        open.push(count);
        above = count++;
        if (isChain[kind] === 0) nesting++;
        if (nesting > maxDepth || open.length > maxChain) throw tooDeep();
        continue;
      }
      next[count] = ++count;
      while (nextSibling(handle) === 0) {
        const parent = open.pop();
        if (parent === undefined) return { count, kinds, starts, ends, next, parents, maxChain, broken };
        next[parent] = count;
        above = parents[parent] ?? 0;
        if (isChain[kinds[parent] ?? 0] === 0) nesting--;
        goUp(handle);
      }
    }
  } finally {
    runtime._ts_tree_cursor_delete_wasm(handle);
  }
}

/** The same tree as of a text that begins `offset` further on. */
export function moveTree(flat: FlatTree, offset: number): FlatTree {
  const move = (at: number): number => at + offset;
  return { ...flat, starts: flat.starts.map(move), ends: flat.ends.map(move) };
}

/** The address of the tree in WebAssembly, which web-tree-sitter keeps at index 0 of its objects. */
function handleOf(tree: Tree): number {
  const handle: unknown = Reflect.get(tree, 0);
  invariant(
    typeof handle === 'number' && handle !== 0,
    'a tree of web-tree-sitter has its address at index 0',
  );
  return handle;
}

/** The error for a tree that nests deeper than the limits allow. */
export function tooDeep(): UnreadableFileError {
  return new UnreadableFileError(
    'too-large',
    'The code is nested too deeply to be looked at: split its deepest expression or block.',
  );
}
