import type { Expr } from '../python/syntax-tree.ts';
import {
  instanceExpression,
  noneExpression,
  type TypeExpression,
  unknownExpression,
} from './type-expression.ts';

/** The number that a subscript is, where it is a plain one. */
export function constantIndex(slice: Expr): number | null {
  if (slice.kind !== 'Constant' || slice.value.type !== 'int') return null;
  return slice.value.value;
}

/** What a constant of this kind is an instance of. */
export function describeConstant(type: string): TypeExpression {
  if (type === 'none') return noneExpression;
  return type === 'ellipsis' ? unknownExpression : instanceExpression(`builtins.${type}`);
}
