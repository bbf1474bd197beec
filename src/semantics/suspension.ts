import type { FunctionNode, Lambda, Node } from '../python/syntax-tree.ts';
import { walk } from '../python/visitor.ts';

/**
 * The places in some statements at which the coroutine around them gives its turn to others: `await`, `async for`,
 * `async with`, in an asynchronous generator also `yield`. From the outside to the inside, in the order of the text.
 */
export function suspensionsIn(statements: readonly Node[]): readonly Node[] {
  const found: Node[] = [];
  for (const statement of statements) {
    walk(statement, node => {
      if (isFunction(node) || node.kind === 'ClassDef') return 'skip';
      if (suspends(node)) found.push(node);
      return undefined;
    });
  }
  return found;
}

/** The first of them; `null` when the coroutine goes through the statements without a stop. */
export function firstSuspension(statements: readonly Node[]): Node | null {
  return suspensionsIn(statements)[0] ?? null;
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
