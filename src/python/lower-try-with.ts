import { subscriptOf } from './lower-collections.ts';
import { lowerLambda } from './lower-expressions.ts';
import { lowerConditional } from './lower-operators.ts';
import { blockOf, clauseBlock } from './lower-suites.ts';
import {
  after,
  childNodes,
  EMPTY,
  endOf,
  exprAt,
  exprOrMissing,
  findChild,
  firstNode,
  hasChild,
  kindOf,
  type Lower,
  type Lowering,
  nameAt,
  orphan,
  rangeAt,
  startOf,
} from './lowering.ts';
import { K } from './syntax-kinds.ts';
import type { AsyncWith, ExceptHandler, Expr, Try, TryStar, With, WithItem } from './syntax-tree.ts';

export const lowerTry: Lower = (l, i): Try | TryStar => {
  const suite = blockOf(l, i);
  const clauses = childNodes(l, i);
  const excepts = clauses.filter(c => kindOf(l, c) === K.except_clause);
  const handlers = excepts.map(c => handlerAt(l, c));
  const otherwise = clauseBlock(l, findChild(l, i, K.else_clause));
  const last = clauseBlock(l, findChild(l, i, K.finally_clause));
  if (handlers.length === 0 && last === undefined) l.errors.push(rangeAt(l, i + 1));
  return {
    kind: excepts.some(c => hasChild(l, c, K.star)) ? 'TryStar' : 'Try',
    start: startOf(l, i),
    end: last?.end ?? otherwise?.end ?? handlers.at(-1)?.end ?? suite.end,
    parent: orphan,
    body: suite.body,
    handlers,
    orelse: otherwise?.body ?? EMPTY,
    finalbody: last?.body ?? EMPTY,
  };
};

function handlerAt(l: Lowering, i: number): ExceptHandler {
  const suite = blockOf(l, i);
  return {
    kind: 'ExceptHandler',
    start: startOf(l, i),
    end: suite.end,
    parent: orphan,
    ...caughtAt(l, i),
    body: suite.body,
  };
}

type Caught = Pick<ExceptHandler, 'type' | 'name' | 'name_range'>;

/** `except A`, `except A as e`, `except A, B` (https://peps.python.org/pep-0758/) or bare `except`. */
function caughtAt(l: Lowering, i: number): Caught {
  const first = firstNode(l, i);
  if (first >= after(l, i) || kindOf(l, first) === K.block)
    return { type: null, name: null, name_range: null };
  const { value, target } = splitAs(l, first);
  const name = target === undefined ? undefined : firstNode(l, target);
  if (name !== undefined && kindOf(l, name) === K.identifier) {
    return { type: value, name: nameAt(l, name), name_range: rangeAt(l, name) };
  }
  const colon = findChild(l, i, K.colon) ?? after(l, i);
  return { type: subscriptOf(l, first, colon) ?? null, name: null, name_range: null };
}

export const lowerWith: Lower = (l, i): With | AsyncWith => {
  const suite = blockOf(l, i);
  const clause = findChild(l, i, K.with_clause);
  const items = clause === undefined ? [] : entered(l, clause).map(c => withItem(l, c));
  return {
    kind: hasChild(l, i, K.async) ? 'AsyncWith' : 'With',
    start: startOf(l, i),
    end: suite.end,
    parent: orphan,
    items,
    body: suite.body,
  };
};

/** The items of a clause. The grammar takes `with (a as b,):` for a tuple, which in Python is a list of one item. */
function entered(l: Lowering, clause: number): readonly number[] {
  const items = childNodes(l, clause);
  const [only] = items;
  if (only === undefined || items.length > 1 || kindOf(l, only) !== K.with_item) return items;
  const tuple = firstNode(l, only);
  if (kindOf(l, tuple) !== K.tuple || l.broken.has(tuple)) return items;
  const elements = childNodes(l, tuple);
  const areItems = elements.length > 0 && elements.every(c => kindOf(l, c) !== K.list_splat);
  return areItems ? elements : items;
}

function withItem(l: Lowering, i: number): WithItem {
  const item = kindOf(l, i) === K.with_item ? firstNode(l, i) : i;
  const { value, target } = splitAs(l, unwrapped(l, item));
  const name = target === undefined ? null : exprOrMissing(l, firstNode(l, target), target);
  return {
    kind: 'withitem',
    start: startOf(l, i),
    // Of `(a as b,)` the tree gives the first element the end of `a`.
    end: Math.max(endOf(l, i), name?.end ?? 0),
    parent: orphan,
    context_expr: value,
    optional_vars: name,
  };
}

/** The parentheses of `with (a as b):` are taken for those of an expression. */
function unwrapped(l: Lowering, i: number): number {
  let inner = i;
  while (kindOf(l, inner) === K.parenthesized_expression) inner = firstNode(l, inner);
  return kindOf(l, inner) === K.as_pattern ? inner : i;
}

/** An expression, and the index of what stands behind its `as`. */
interface AsClause {
  readonly value: Expr;
  readonly target: number | undefined;
}

/**
 * The grammar takes `as` for part of the last expression before it, of `a if b else c as d` for part of `c`. So that
 * part ends before the `as`, and the expressions that end with it are made again.
 */
function splitAs(l: Lowering, i: number): AsClause {
  const spine: number[] = [];
  let last = i;
  while (remakers.has(kindOf(l, last)) && !l.broken.has(last)) {
    spine.push(last);
    last = childNodes(l, last).at(-1) ?? last;
  }
  const target = kindOf(l, last) === K.as_pattern ? findChild(l, last, K.as_pattern_target) : undefined;
  if (target === undefined || l.broken.has(last)) return { value: exprAt(l, i), target: undefined };
  const value = firstNode(l, last);
  l.nodes[last] = exprAt(l, value);
  l.ends[last] = endOf(l, value);
  for (const outer of spine.reverse()) {
    l.ends[outer] = endOf(l, value);
    l.nodes[outer] = remakers.get(kindOf(l, outer))?.(l, outer);
  }
  return { value: exprAt(l, i), target };
}

/** What can end with an expression that `as` follows. */
const remakers: ReadonlyMap<number, Lower> = new Map([
  [K.conditional_expression, lowerConditional],
  [K.lambda, lowerLambda],
]);
