import type { Attribute, Expr, Node } from '../python/syntax-tree.ts';
import type { RunKind } from './declarations.ts';

/** An expression whose value has functions of its own run where it stands, without a call of them in the text. */
export interface ImpliedRun {
  readonly how: Exclude<RunKind, 'call'>;
  readonly value: Expr;
}

/**
 * What a node has run besides calls: the attribute that it reads may be a property, `with` enters and leaves its managers,
 * `for`, comprehensions, `yield from` and `list(…)` run over what they are given.
 */
export function impliedRuns(node: Node): readonly ImpliedRun[] {
  switch (node.kind) {
    case 'Attribute':
      return isSet(node) ? [] : [{ how: 'read', value: node }];
    case 'With':
      return node.items.map(({ context_expr }) => ({ how: 'enter', value: context_expr }));
    case 'For':
      return [{ how: 'iterate', value: node.iter }];
    case 'comprehension':
      // A generator expression runs when somebody runs over it.
      return node.is_async || node.parent.kind === 'GeneratorExp'
        ? []
        : [{ how: 'iterate', value: node.iter }];
    case 'YieldFrom':
      return [{ how: 'iterate', value: node.value }];
    case 'Call': {
      const [given, ...others] = node.args;
      const isTaken = node.func.kind === 'Name' && takers.has(node.func.id) && others.length === 0;
      return given !== undefined && isTaken ? [{ how: 'iterate', value: given }] : [];
    }
    default:
      return [];
  }
}

/** Builtins that run over their argument to its end. */
const takers: ReadonlySet<string> = new Set([
  'dict',
  'frozenset',
  'list',
  'max',
  'min',
  'set',
  'sorted',
  'sum',
  'tuple',
]);

function isSet(node: Attribute): boolean {
  let target: Node = node;
  for (let outer: Node | null = node.parent; outer !== null; outer = outer.parent) {
    switch (outer.kind) {
      case 'List':
      case 'Starred':
      case 'Tuple':
        target = outer;
        continue;
      case 'Assign':
        return outer.targets.includes(target as Expr);
      case 'AnnAssign':
      case 'AugAssign':
      case 'AsyncFor':
      case 'For':
      case 'comprehension':
        return outer.target === target;
      case 'Delete':
        return true;
      case 'withitem':
        return outer.optional_vars === target;
      default:
        return false;
    }
  }
  return false;
}
