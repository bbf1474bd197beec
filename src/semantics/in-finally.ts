import type { FunctionNode, Node, Try, TryStar } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';
import type { Following } from './after-exit.ts';
import { suspensionsIn } from './suspension.ts';

/** Whether a node stands in a `finally` of a function, and nothing of what follows the node is awaited behind that `finally`. */
export function endsInFinally(node: Node, around: FunctionNode, following: readonly Following[]): boolean {
  const statement = finallyAround(node, around);
  if (statement === null) return false;
  const behind = following
    .flatMap(({ statements }) => [...statements])
    .filter(({ start }) => start >= statement.end);
  return suspensionsIn(behind).length === 0;
}

/**
 * The outermost statement of a function whose `finally` a node is part of: that is done whatever comes, and the exception
 * that led there goes on behind it. `null` when there is none.
 */
function finallyAround(node: Node, around: FunctionNode): Try | TryStar | null {
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
