import type { Expr, FunctionNode, Node, Stmt } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';

/**
 * Whether a node in the body of a function is reached only with an argument of one class of several that the function
 * takes: `if isinstance(source, Path): …`. What a caller gives may well be of another.
 */
export function dependsOnClass(node: Node, within: FunctionNode): boolean {
  let child = node;
  for (const outer of ancestors(node)) {
    const isThen =
      (outer.kind === 'If' && outer.body.includes(child as Stmt)) ||
      (outer.kind === 'IfExp' && outer.body === child);
    if (isThen && asksForClass(outer.test, within)) return true;
    if (outer === within) return false;
    child = outer;
  }
  return false;
}

function asksForClass(test: Expr, within: FunctionNode): boolean {
  if (test.kind === 'BoolOp') {
    const asks = (value: Expr): boolean => asksForClass(value, within);
    return test.op === 'And' ? test.values.some(asks) : test.values.every(asks);
  }
  if (test.kind !== 'Call' || test.func.kind !== 'Name' || test.func.id !== 'isinstance') return false;
  const [asked] = test.args;
  return asked?.kind === 'Name' && isGiven(asked.id, within);
}

function isGiven(name: string, { args }: FunctionNode): boolean {
  return [...args.posonlyargs, ...args.args, ...args.kwonlyargs].some(({ arg }) => arg === name);
}
