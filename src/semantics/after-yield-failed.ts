import type { FunctionNode, Node, Stmt } from '../python/syntax-tree.ts';
import { ancestors, descendants } from '../python/visitor.ts';

/**
 * Whether a node in the body of a generator is reached only when what it yields to fails: `try: yield` and nothing else, and
 * the node in a handler. Of `with`, that is when its block fails.
 */
export function isAfterYieldFailed(node: Node, within: FunctionNode): boolean {
  for (const outer of ancestors(node)) {
    if (outer === within) return false;
    const guarded = outer.kind === 'ExceptHandler' && 'body' in outer.parent ? outer.parent.body : null;
    if (Array.isArray(guarded) && guarded.length > 0 && guarded.every(onlyYields)) return true;
  }
  return false;
}

function onlyYields(statement: Stmt): boolean {
  if (statement.kind !== 'Expr' && statement.kind !== 'Assign') return false;
  const { value } = statement;
  return value.kind === 'Yield' && [...descendants(value)].every(({ kind }) => kind !== 'Call');
}
