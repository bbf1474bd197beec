import { subscriptOf } from './lower-collections.ts';
import { unionOf, unionOperands } from './lower-operators.ts';
import {
  after,
  childNodes,
  EMPTY,
  endOf,
  errorAt,
  exprAt,
  exprOrMissing,
  firstNode,
  kindOf,
  type Lower,
  type Lowering,
  nameAt,
  orphan,
  rangeAt,
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
    slice: subscriptOf(l, firstNode(l, list), after(l, list)) ?? errorAt(l, list),
  };
};

/**
 * `A[x] | B | C` in an annotation: the grammar makes a pair of `A[x]` and `B | C` of it. So a whole run of `|` is read
 * as a list and put together anew, once, at its top.
 */
export const lowerUnionType: Lower = (l, i) => {
  const above = l.parents[l.parents[i] ?? 0] ?? 0;
  return kindOf(l, above) === K.union_type && !l.broken.has(above) ? undefined : unionOf(l, unionParts(l, i));
};

function unionParts(l: Lowering, top: number): number[] {
  const parts: number[] = [];
  const stack = [top];
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    const inner = kindOf(l, i) === K.type ? firstNode(l, i) : i;
    const operands = kindOf(l, inner) === K.union_type ? childNodes(l, inner) : operandsOf(l, inner);
    if (operands.length === 0) parts.push(i);
    else stack.push(...operands.reverse());
  }
  return parts;
}

function operandsOf(l: Lowering, i: number): number[] {
  const operation = unionOperands(l, i);
  return operation === undefined ? [] : [operation.left, operation.right];
}

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
export function typeParameters(l: Lowering, i: number | undefined): readonly TypeParam[] {
  if (i === undefined) return EMPTY;
  return childNodes(l, i).map(c => typeParameter(l, c));
}

function typeParameter(l: Lowering, i: number): TypeParam {
  const inner = kindOf(l, i) === K.type ? firstNode(l, i) : i;
  const default_value = defaultAfter(l, endOf(l, i));
  const range = { start: startOf(l, i), end: default_value?.end ?? endOf(l, i), parent: orphan };
  switch (kindOf(l, inner)) {
    case K.identifier:
      return { kind: 'TypeVar', ...range, name: nameAt(l, inner), bound: null, default_value };
    case K.constrained_type:
      return { kind: 'TypeVar', ...range, ...boundOf(l, inner), default_value };
    case K.splat_type:
    case K.list_splat:
      return { kind: variadicKind(l, inner), ...range, name: nameAt(l, firstNode(l, inner)), default_value };
    default:
      return errorAt(l, i);
  }
}

function boundOf(l: Lowering, i: number): { name: string; bound: Expr } {
  const name = firstNode(l, i);
  const bound = skipTokens(l, after(l, name), after(l, i));
  // The grammar wraps the name into a type of its own.
  return { name: nameAt(l, name), bound: exprOrMissing(l, bound, i) };
}

function variadicKind(l: Lowering, i: number): 'ParamSpec' | 'TypeVarTuple' {
  return kindOf(l, i + 1) === K.double_star ? 'ParamSpec' : 'TypeVarTuple';
}

const SPACE = /[^\s\\]|$/g;

/** The default that begins behind an offset, if one was taken out of the text there. */
function defaultAfter(l: Lowering, offset: number): Expr | null {
  if (l.defaults.size === 0) return null;
  SPACE.lastIndex = offset;
  return l.defaults.get(SPACE.exec(l.text)?.index ?? -1) ?? null;
}

/** The annotation behind a colon or an arrow. */
export function annotationAt(l: Lowering, i: number | undefined): Expr | null {
  return i === undefined ? null : exprAt(l, i);
}
