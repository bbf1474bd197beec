import type { FlatTree } from './flat-tree.ts';
import { K, lastNode } from './syntax-kinds.ts';
import type { ErrorNode, Expr, Node, Pattern, Stmt, TextRange } from './syntax-tree.ts';

/** What the lowering of one file works on. Functions take it first, then the index of a node in the flat tree. */
export interface Lowering extends FlatTree {
  readonly text: string;
  /** Whether the text is pure ASCII, so that names need no normal form. */
  readonly ascii: boolean;
  /** The lowered node for each index, as far as there is one: children come before their parents. */
  readonly nodes: (Node | undefined)[];
  /** Nodes that stand where Python does not allow them. */
  readonly rejected: Set<number>;
  /** Statements that were taken out of the text: the offsets of their ends, by those of their starts. */
  readonly lost: ReadonlyMap<number, number>;
  /** Defaults of type parameters, by the offset of their equals sign. */
  readonly defaults: ReadonlyMap<number, Expr>;
  /** Expressions that a star belongs before, which the grammar put further in: index and offset of the star. */
  readonly stars: Map<number, number>;
  /** Errors that no node stands for; grows while lowering. */
  readonly errors: TextRange[];
}

/** Gives the node for an index; `undefined` where the parent makes it, or needs none. */
export type Lower = (l: Lowering, i: number) => Node | undefined;

/**
 * The parent of a node that has none yet. Nodes are made before their parents, so `connectParents` fills it in for
 * the whole tree; it is the one place that writes to a node.
 */
export const orphan = null as unknown as Node;

export function startOf(l: Lowering, i: number): number {
  return l.starts[i] ?? 0;
}

export function endOf(l: Lowering, i: number): number {
  return l.ends[i] ?? 0;
}

export function kindOf(l: Lowering, i: number): number {
  return l.kinds[i] ?? K.other_token;
}

/** The index behind a node and all that it holds: of its next sibling, or of a sibling of an ancestor. */
export function after(l: Lowering, i: number): number {
  return l.next[i] ?? l.count;
}

export function textOf(l: Lowering, i: number): string {
  return l.text.slice(startOf(l, i), endOf(l, i));
}

/** The first index from `from` on, among siblings, of a node that is more than a comment or a token; `end` if none. */
export function skipTokens(l: Lowering, from: number, end: number): number {
  let c = from;
  while (c < end && kindOf(l, c) > lastNode) c = after(l, c);
  return c;
}

/** The first child of a node that is more than a comment or a token; `after(l, i)` if there is none. */
export function firstNode(l: Lowering, i: number): number {
  return skipTokens(l, i + 1, after(l, i));
}

/** The children of a node that are more than comments or tokens. */
export function childNodes(l: Lowering, i: number): number[] {
  const end = after(l, i);
  const children: number[] = [];
  for (let c = i + 1; c < end; c = after(l, c)) if (kindOf(l, c) <= lastNode) children.push(c);
  return children;
}

/** The list of nothing, shared by all nodes. */
export const EMPTY: readonly never[] = Object.freeze([]);

/** The same list without the room that growing has left in it: trees hold very many short lists. */
export function trimmed<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? EMPTY : list.slice();
}

/** The index of the first child of a kind; `undefined` if there is none. */
export function findChild(l: Lowering, i: number, kind: number): number | undefined {
  const end = after(l, i);
  for (let c = i + 1; c < end; c = after(l, c)) if (kindOf(l, c) === kind) return c;
  return undefined;
}

export function hasChild(l: Lowering, i: number, kind: number): boolean {
  return findChild(l, i, kind) !== undefined;
}

/** An `ErrorNode` in the place of a node. */
export function errorAt(l: Lowering, i: number): ErrorNode {
  return errorNode(startOf(l, i), endOf(l, i));
}

/** What stands for code that is not Python 3; the ranges of those that get into the tree are reported. */
export function errorNode(start: number, end: number): ErrorNode {
  return { kind: 'ErrorNode', start, end, parent: orphan };
}

/** The lowered expression at an index; an `ErrorNode` where no expression can stand. */
export function exprAt(l: Lowering, i: number): Expr {
  // The grammar has nothing but expressions where this is asked for.
  return (l.nodes[i] as Expr | undefined) ?? errorAt(l, i);
}

/** The same for the place of a field that the text may lack: then the error is the end of the parent. */
export function exprOrMissing(l: Lowering, i: number | undefined, parent: number): Expr {
  return i === undefined || i >= after(l, parent) ? missingIn(l, parent) : exprAt(l, i);
}

/** An empty `ErrorNode` at the end of a node, for a field that the text lacks. */
export function missingIn(l: Lowering, i: number): ErrorNode {
  return errorNode(endOf(l, i), endOf(l, i));
}

export function stmtAt(l: Lowering, i: number): Stmt {
  // The grammar has nothing but statements where this is asked for.
  return (l.nodes[i] as Stmt | undefined) ?? errorAt(l, i);
}

export function loweredPattern(l: Lowering, i: number): Pattern {
  // The grammar has nothing but patterns where this is asked for.
  return (l.nodes[i] as Pattern | undefined) ?? errorAt(l, i);
}

/** An identifier as Python compares it: in the normal form NFKC (https://docs.python.org/3/reference/lexical_analysis.html#identifiers). */
export function nameAt(l: Lowering, i: number): string {
  const name = textOf(l, i);
  return l.ascii ? name : name.normalize('NFKC');
}

export function rangeAt(l: Lowering, i: number): TextRange {
  return { start: startOf(l, i), end: endOf(l, i) };
}
