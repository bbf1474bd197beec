import type {
  Await,
  Expr,
  FunctionNode,
  Lambda,
  Node,
  Return,
  Yield,
  YieldFrom,
} from '../python/syntax-tree.ts';
import { childrenOf } from '../python/visitor.ts';

/** What stands in a function's own body, nested functions and classes left out. In the order of the text. */
export interface FunctionBody {
  readonly returns: readonly Return[];
  readonly yields: readonly (Yield | YieldFrom)[];
  readonly awaits: readonly Await[];
}

/** Collects what decides a function's kind and result. */
export function functionBody(node: FunctionNode): FunctionBody {
  const returns: Return[] = [];
  const yields: (Yield | YieldFrom)[] = [];
  const awaits: Await[] = [];
  for (const inner of ownNodes(node)) {
    if (inner.kind === 'Return') returns.push(inner);
    else if (inner.kind === 'Yield' || inner.kind === 'YieldFrom') yields.push(inner);
    else if (inner.kind === 'Await') awaits.push(inner);
  }
  return { returns, yields, awaits };
}

/** The nodes of a function's body that run when it runs: nested functions, lambdas and classes' methods left out. */
export function* ownNodes(node: FunctionNode | Lambda): Generator<Node> {
  const pending: Node[] = node.kind === 'Lambda' ? [node.body] : [...node.body].reverse();
  for (let inner = pending.pop(); inner !== undefined; inner = pending.pop()) {
    yield inner;
    if (inner.kind === 'Lambda') continue;
    const children = isFunctionNode(inner) ? definitionTime(inner) : childrenOf(inner);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child !== undefined) pending.push(child);
    }
  }
}

/** Whether a node is a `def` or an `async def`. */
export function isFunctionNode(node: Node): node is FunctionNode {
  return node.kind === 'FunctionDef' || node.kind === 'AsyncFunctionDef';
}

/** What is evaluated when a nested function is defined. */
function definitionTime(node: FunctionNode): readonly Expr[] {
  const defaults = node.args.kw_defaults.filter(value => value !== null);
  return [...node.decorator_list, ...node.args.defaults, ...defaults];
}

/** Whether a body says nothing: a docstring, `...`, `pass`, `raise NotImplementedError`. */
export function isStubBody(node: FunctionNode): boolean {
  return node.body.every(statement => {
    if (statement.kind === 'Pass') return true;
    if (statement.kind === 'Expr') return statement.value.kind === 'Constant';
    return statement.kind === 'Raise' && raisesNotImplemented(statement.exc);
  });
}

function raisesNotImplemented(exc: Expr | null): boolean {
  const raised = exc?.kind === 'Call' ? exc.func : exc;
  return raised?.kind === 'Name' && raised.id === 'NotImplementedError';
}
