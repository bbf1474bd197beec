import type { ExceptHandler, Expr, FunctionNode, Node, Stmt } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';
import { exitsOf } from './exits.ts';

/**
 * Whether every run of a function comes to a node in its body, and no handler around it is there for when it fails: no
 * condition, loop or handler has it, and nothing before it may leave.
 */
export function isAlwaysReached(node: Node, within: FunctionNode): boolean {
  let child: Node = node;
  for (const outer of ancestors(node)) {
    if (!isPassed(outer, child)) return false;
    if (outer === within) return true;
    child = outer;
  }
  return true;
}

/** Whether what contains a part always comes to it. */
function isPassed(outer: Node, child: Node): boolean {
  switch (outer.kind) {
    case 'If':
    case 'While':
    case 'IfExp':
      return outer.test === child;
    case 'BoolOp':
      return outer.values[0] === child;
    case 'For':
    case 'AsyncFor':
      return outer.iter === child;
    case 'comprehension':
      return outer.iter === child && isFirst(outer);
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      return outer.elt !== child;
    case 'DictComp':
      return outer.key !== child && outer.value !== child;
    case 'match_case':
    case 'ExceptHandler':
    case 'Lambda':
      return false;
    case 'Try':
    case 'TryStar':
      return (
        outer.finalbody.includes(child as Stmt) ||
        (!outer.handlers.some(catchesMuch) && isNext(outer.body, child))
      );
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'With':
    case 'AsyncWith':
      return isNext(outer.body, child);
    default:
      return true;
  }
}

function isFirst(comprehension: Extract<Node, { kind: 'comprehension' }>): boolean {
  const { parent } = comprehension;
  return 'generators' in parent && parent.generators[0] === comprehension;
}

/** Whether nothing before a statement can leave the block. Of what is no statement of it (a decorator, a manager) too. */
function isNext(body: readonly Stmt[], child: Node): boolean {
  const before = body.slice(0, Math.max(0, body.indexOf(child as Stmt)));
  return exitsOf(before).every(({ kind }) => kind === 'end');
}

/** Whether a handler may be there for an event loop that is running already. */
function catchesMuch({ type }: ExceptHandler): boolean {
  if (type === null) return true;
  const types: readonly Expr[] = type.kind === 'Tuple' ? type.elts : [type];
  return types.some(
    each => each.kind === 'Name' && /^(?:RuntimeError|Exception|BaseException)$/.test(each.id),
  );
}
