import type { Expr, Node, Stmt } from '../python/syntax-tree.ts';

/** Where the value of an expression goes. */
export type ValueUse =
  | { readonly kind: 'awaited' }
  /** An expression statement: nothing is done with it. */
  | { readonly kind: 'dropped'; readonly statement: Stmt }
  /** Bound to a target; `target` is a name, an attribute, a subscript or an unpacking. */
  | { readonly kind: 'assigned'; readonly target: Expr }
  /** Decides which way to go: `if`, `while`, `assert`, `not`, `and`, `or`, a comprehension's `if`. */
  | { readonly kind: 'condition'; readonly node: Node }
  /** Used as an object of its own kind: an attribute, an item, an operand, an element of a loop, a text. */
  | { readonly kind: 'operand'; readonly node: Node }
  /** What `with` or `async with` enters. */
  | { readonly kind: 'entered'; readonly async: boolean; readonly node: Node }
  /** What `for` or `async for` runs over. */
  | { readonly kind: 'iterated'; readonly async: boolean; readonly node: Node }
  /** An argument of a call. */
  | { readonly kind: 'argument'; readonly call: Extract<Expr, { kind: 'Call' }> }
  /** Goes on to where it cannot be followed: returned, yielded, kept in a container. */
  | { readonly kind: 'kept' };

const kept: ValueUse = { kind: 'kept' };

/** Where the value of an expression goes, seen through parentheses, conditional expressions and walruses. */
export function valueUse(node: Expr): ValueUse {
  const { parent } = node;
  switch (parent.kind) {
    case 'Await':
      return { kind: 'awaited' };
    case 'Expr':
      return { kind: 'dropped', statement: parent };
    case 'Assign':
      return parent.value === node ? assignedTo(parent.targets) : kept;
    case 'AnnAssign':
      return parent.value === node ? { kind: 'assigned', target: parent.target } : kept;
    case 'NamedExpr':
      return walrusUse(parent, node);
    case 'If':
    case 'While':
    case 'Assert':
      return parent.test === node ? { kind: 'condition', node: parent } : kept;
    case 'IfExp':
      return parent.test === node ? { kind: 'condition', node: parent } : valueUse(parent);
    case 'BoolOp':
      return parent.values.at(-1) === node ? valueUse(parent) : { kind: 'condition', node: parent };
    case 'UnaryOp':
      return { kind: parent.op === 'Not' ? 'condition' : 'operand', node: parent };
    case 'comprehension':
      if (parent.ifs.includes(node)) return { kind: 'condition', node: parent };
      return parent.iter === node ? { kind: 'iterated', async: parent.is_async, node: parent } : kept;
    case 'For':
    case 'AsyncFor':
      return parent.iter === node
        ? { kind: 'iterated', async: parent.kind === 'AsyncFor', node: parent }
        : kept;
    case 'withitem': {
      const async = parent.parent.kind === 'AsyncWith';
      return parent.context_expr === node ? { kind: 'entered', async, node: parent.parent } : kept;
    }
    case 'Attribute':
    case 'BinOp':
    case 'Compare':
    case 'AugAssign':
    case 'FormattedValue':
    case 'Slice':
      return { kind: 'operand', node: parent };
    case 'Subscript':
      return parent.value === node ? { kind: 'operand', node: parent } : kept;
    case 'Call':
      return parent.func === node ? { kind: 'operand', node: parent } : { kind: 'argument', call: parent };
    case 'keyword':
      return parent.parent.kind === 'Call' ? { kind: 'argument', call: parent.parent } : kept;
    default:
      return kept;
  }
}

function assignedTo(targets: readonly Expr[]): ValueUse {
  const [target] = targets;
  return target !== undefined && targets.length === 1 ? { kind: 'assigned', target } : kept;
}

/** `(x := f())` binds the name and hands the value on; where it is handed on to tells more, but for a bare statement. */
function walrusUse(parent: Extract<Expr, { kind: 'NamedExpr' }>, node: Expr): ValueUse {
  if (parent.value !== node) return kept;
  const outer = valueUse(parent);
  return outer.kind === 'dropped' ? { kind: 'assigned', target: parent.target } : outer;
}
