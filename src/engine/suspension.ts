import type { FunctionNode, Lambda, Node } from '../python/syntax-tree.ts';
import { walk } from '../python/visitor.ts';

/**
 * The first place in some statements at which the coroutine around them gives its turn to others: `await`, `async for`,
 * `async with`, in an asynchronous generator also `yield`. `null` when it goes through without a stop.
 */
export function firstSuspension(statements: readonly Node[]): Node | null {
  let found: Node | null = null;
  for (const statement of statements) {
    walk(statement, node => {
      if (found !== null || isFunction(node) || node.kind === 'ClassDef') return 'skip';
      if (suspends(node)) found = node;
      return undefined;
    });
    if (found !== null) return found;
  }
  return null;
}

function isFunction(node: Node): node is FunctionNode | Lambda {
  return node.kind === 'FunctionDef' || node.kind === 'AsyncFunctionDef' || node.kind === 'Lambda';
}

function suspends(node: Node): boolean {
  switch (node.kind) {
    case 'Await':
    case 'AsyncFor':
    case 'AsyncWith':
    case 'Yield':
      return true;
    case 'comprehension':
      return node.is_async;
    default:
      return false;
  }
}
