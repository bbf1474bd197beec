import type { FunctionNode, Node } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';

/**
 * Whether a node is part of a `finally` of its function: that is done whatever comes, and the exception that led there goes
 * on behind it.
 */
export function isInFinally(node: Node, around: FunctionNode): boolean {
  let child = node;
  for (const outer of ancestors(node)) {
    if (outer === around) return false;
    if ((outer.kind === 'Try' || outer.kind === 'TryStar') && outer.finalbody.some(each => each === child))
      return true;
    child = outer;
  }
  return false;
}
