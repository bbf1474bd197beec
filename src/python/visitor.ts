import { visitChildren } from './child-visitors.ts';
import type { Node } from './syntax-tree.ts';

/** What `enter` answers; nothing means: go on with the children. */
// biome-ignore lint/suspicious/noConfusingVoidType: a visitor that returns nothing is the normal case
type Entered = void | 'skip';

/** The direct children of a node, in the order of the text. */
export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  visitChildren(node, child => {
    children.push(child);
  });
  return children;
}

/**
 * Visits a node and all that it holds, in the order of the text: `enter` before a node's children, `leave` behind
 * them. Where `enter` answers `skip`, the children are left out, `leave` is still called. No recursion, so that no
 * nesting is too deep.
 */
export function walk(root: Node, enter: (node: Node) => Entered, leave?: (node: Node) => void): void {
  const stack: Node[] = [root];
  const open: Node[] = [];
  const push = (child: Node): void => {
    stack.push(child);
  };
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (leave !== undefined && open.at(-1) === node) {
      open.pop();
      leave(node);
      continue;
    }
    const skipped = enter(node) === 'skip';
    if (leave !== undefined) {
      open.push(node);
      stack.push(node);
    }
    if (skipped) continue;
    const bottom = stack.length;
    visitChildren(node, push);
    reverseFrom(stack, bottom);
  }
}

/** The nodes around a node, the nearest first, without the node itself. */
export function* ancestors(node: Node): Generator<Node, void, undefined> {
  for (let above = node.parent; above !== null; above = above.parent) yield above;
}

/** All nodes inside a node, in the order of the text, without the node itself. */
export function* descendants(node: Node): Generator<Node, void, undefined> {
  const stack: Node[] = [];
  const push = (child: Node): void => {
    stack.push(child);
  };
  visitChildren(node, push);
  stack.reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    const bottom = stack.length;
    visitChildren(next, push);
    reverseFrom(stack, bottom);
  }
}

/** Turns round what stands on a stack from a height on, so that the first child comes off first. */
export function reverseFrom(stack: Node[], bottom: number): void {
  for (let low = bottom, high = stack.length - 1; low < high; low++, high--) {
    const child = stack[low];
    const other = stack[high];
    if (child === undefined || other === undefined) return;
    stack[low] = other;
    stack[high] = child;
  }
}
