import { subscriptOf } from './lower-collections.ts';
import {
  after,
  childNodes,
  endOf,
  exprAt,
  exprOrMissing,
  firstNode,
  kindOf,
  type Lower,
  type Lowering,
  nameAt,
  orphan,
  rangeAt,
  reject,
  skipTokens,
  startOf,
} from './lowering.ts';
import { K } from './syntax-kinds.ts';
import type { Expr, TypeParam } from './syntax-tree.ts';

/** The grammar wraps annotations into a node of their own; Python has expressions there. */
export const lowerType: Lower = (l, i) => l.nodes[firstNode(l, i)];

/** `list[int]` in an annotation. */
export const lowerGenericType: Lower = (l, i) => {
  const end = after(l, i);
  // A word such as `type` is a token here, so the first child counts, whatever it is.
  const name = i + 1;
  const list = skipTokens(l, after(l, name), end);
  if (kindOf(l, list) !== K.type_parameter || l.broken.has(list)) return undefined;
  return {
    kind: 'Subscript',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    value: { kind: 'Name', ...rangeAt(l, name), parent: orphan, id: nameAt(l, name) },
    slice: subscriptOf(l, firstNode(l, list), after(l, list)) ?? reject(l, list),
  };
};

export const lowerUnionType: Lower = (l, i) => {
  const left = firstNode(l, i);
  return {
    kind: 'BinOp',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    left: exprAt(l, left),
    op: 'BitOr',
    right: exprOrMissing(l, skipTokens(l, after(l, left), after(l, i)), i),
  };
};

/** `a: b` between the brackets of an annotation is a slice; in type parameters `typeParameters` reads it. */
export const lowerConstrainedType: Lower = (l, i) => {
  const lower = firstNode(l, i);
  return {
    kind: 'Slice',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    lower: exprAt(l, lower),
    upper: exprOrMissing(l, skipTokens(l, after(l, lower), after(l, i)), i),
    step: null,
  };
};

export const lowerSplatType: Lower = (l, i) => {
  if (kindOf(l, i + 1) !== K.star) return undefined;
  return {
    kind: 'Starred',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    value: exprAt(l, firstNode(l, i)),
  };
};

export const lowerMemberType: Lower = (l, i) => {
  const value = firstNode(l, i);
  const attr = skipTokens(l, after(l, value), after(l, i));
  return {
    kind: 'Attribute',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    value: exprAt(l, value),
    attr: nameAt(l, attr),
    attr_range: rangeAt(l, attr),
  };
};

/** The parameters of `def f[T: int, *Ts, **P]`; `i` is the bracket's node, if there is one. */
export function typeParameters(l: Lowering, i: number | undefined): TypeParam[] {
  if (i === undefined) return [];
  return childNodes(l, i).map(c => typeParameter(l, c));
}

function typeParameter(l: Lowering, i: number): TypeParam {
  const inner = kindOf(l, i) === K.type ? firstNode(l, i) : i;
  const base = { start: startOf(l, i), end: endOf(l, i), parent: orphan, default_value: null };
  switch (kindOf(l, inner)) {
    case K.identifier:
      return { kind: 'TypeVar', ...base, name: nameAt(l, inner), bound: null };
    case K.constrained_type:
      return boundedParameter(l, inner);
    case K.splat_type:
    case K.list_splat:
      return variadicParameter(l, inner);
    default:
      return reject(l, i);
  }
}

function boundedParameter(l: Lowering, i: number): TypeParam {
  const name = firstNode(l, i);
  const bound = skipTokens(l, after(l, name), after(l, i));
  return {
    kind: 'TypeVar',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    name: nameAt(l, name),
    bound: exprOrMissing(l, bound, i),
    default_value: null,
  };
}

function variadicParameter(l: Lowering, i: number): TypeParam {
  const name = nameAt(l, firstNode(l, i));
  const kind = kindOf(l, i + 1) === K.double_star ? 'ParamSpec' : 'TypeVarTuple';
  return { kind, start: startOf(l, i), end: endOf(l, i), parent: orphan, name, default_value: null };
}

/** The annotation behind a colon or an arrow. */
export function annotationAt(l: Lowering, i: number | undefined): Expr | null {
  return i === undefined ? null : exprAt(l, i);
}
