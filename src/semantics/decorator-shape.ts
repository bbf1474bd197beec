import type { Expr, FunctionNode, Node, Stmt } from '../python/syntax-tree.ts';
import type { DecoratorEffect } from './declarations.ts';
import { functionBody, ownNodes } from './function-body.ts';

/**
 * What a function of the repository does to a function when it is used as a decorator, or as what makes one:
 * - it gives the function itself, or a plain wrapper that gives what calling the function gives: `keep`;
 * - it gives a wrapper that is a coroutine function: `to-async`.
 * Anything else cannot be said.
 */
export function decoratorShape(node: FunctionNode): DecoratorEffect | null {
  return shapeOf(node, 0);
}

function shapeOf(node: FunctionNode, depth: number): DecoratorEffect | null {
  if (node.kind === 'AsyncFunctionDef' || depth > 2) return null;
  const decorated = node.args.posonlyargs[0] ?? node.args.args[0];
  const inner = innerFunctions(node.body);
  const effects = new Set<DecoratorEffect | null>();
  for (const { value } of functionBody(node).returns) {
    const given = withoutCast(value);
    if (given?.kind !== 'Name') return null;
    if (given.id === decorated?.arg) {
      effects.add('keep');
      continue;
    }
    const wrappers = inner.filter(({ name }) => name === given.id);
    if (wrappers.length === 0) return null;
    for (const wrapper of wrappers)
      effects.add(wrapperEffect(wrapper, decorated?.arg ?? null) ?? shapeOf(wrapper, depth + 1));
  }
  // One wrapper for coroutine functions and one for others is the usual way to keep what a function is.
  if (effects.has('keep')) effects.delete('to-async');
  const [effect = null] = effects;
  return effects.size === 1 ? effect : null;
}

function wrapperEffect(wrapper: FunctionNode, decorated: string | null): DecoratorEffect | null {
  if (decorated === null || !wrapper.decorator_list.every(isWraps)) return null;
  const { returns, yields } = functionBody(wrapper);
  if (yields.length > 0) return null;
  if (wrapper.kind === 'AsyncFunctionDef') return 'to-async';
  const gives = returns.length > 0 && returns.every(({ value }) => isResultOf(value, decorated, wrapper));
  return gives ? 'keep' : null;
}

/** `functools.wraps(f)` changes nothing; any other decorator of a wrapper may. */
function isWraps(decorator: Expr): boolean {
  if (decorator.kind !== 'Call') return false;
  const { func } = decorator;
  return func.kind === 'Attribute' ? func.attr === 'wraps' : func.kind === 'Name' && func.id === 'wraps';
}

/** `cast(F, wrapper)` is the wrapper. */
function withoutCast(value: Expr | null): Expr | null {
  if (value?.kind !== 'Call') return value;
  const { func } = value;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return name === 'cast' ? (value.args[1] ?? value) : value;
}

/** What calling a function gives: a call of it, or a name that holds nothing else. */
function isResultOf(value: Expr | null, name: string, wrapper: FunctionNode): boolean {
  if (value?.kind !== 'Name') return isCallOf(value, name);
  const uses = [...ownNodes(wrapper)].filter(node => node.kind === 'Name' && node.id === value.id);
  const bound = uses.filter(({ parent }) => parent !== null && binders.has(parent.kind));
  const isHeld = ({ parent }: Node): boolean =>
    parent?.kind === 'Assign' && parent.targets.length === 1 && isCallOf(parent.value, name);
  return bound.length > 0 && bound.every(isHeld);
}

/** Whatever may bind a name that stands in it. */
const binders: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'AnnAssign',
  'Assign',
  'AsyncFor',
  'AugAssign',
  'Delete',
  'For',
  'List',
  'NamedExpr',
  'Starred',
  'Tuple',
  'withitem',
]);

function isCallOf(value: Expr | null, name: string): boolean {
  return value?.kind === 'Call' && value.func.kind === 'Name' && value.func.id === name;
}

/** Functions defined in a body, also inside its branches. */
function innerFunctions(body: readonly Stmt[]): readonly FunctionNode[] {
  return body.flatMap((statement): readonly FunctionNode[] => {
    switch (statement.kind) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        return [statement];
      case 'If':
      case 'Try':
        return innerFunctions([...statement.body, ...statement.orelse]);
      default:
        return [];
    }
  });
}
