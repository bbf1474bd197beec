import type { FunctionNode, Node, Try, TryStar } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';

/**
 * The outermost statement of a function whose `finally` a node is part of: that is done whatever comes, and the exception
 * that led there goes on behind it. `null` when there is none.
 */
export function finallyAround(node: Node, around: FunctionNode): Try | TryStar | null {
  let found: Try | TryStar | null = null;
  let child = node;
  for (const outer of ancestors(node)) {
    if (outer === around) return found;
    if ((outer.kind === 'Try' || outer.kind === 'TryStar') && outer.finalbody.some(each => each === child))
      found = outer;
    child = outer;
  }
  return found;
}
