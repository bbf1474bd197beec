import { subscriptOf } from './lower-collections.ts';
import { lowerAttribute, lowerCall, lowerSubscript } from './lower-expressions.ts';
import { augmentedOperator, operationAt } from './lower-operators.ts';
import { typeParameters } from './lower-types.ts';
import {
  after,
  childNodes,
  endOf,
  errorNode,
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
  skipTokens,
  startOf,
  trimmed,
} from './lowering.ts';
import { K } from './syntax-kinds.ts';
import type { Expr, Stmt } from './syntax-tree.ts';

function place(l: Lowering, i: number) {
  return { ...rangeAt(l, i), parent: orphan };
}

/** An expression, a tuple without parentheses, or any assignment. */
export const lowerExpressionStatement: Lower = (l, i) => {
  const lost = l.lost.size === 0 ? undefined : l.lost.get(startOf(l, i));
  if (lost !== undefined) return errorNode(startOf(l, i), lost);
  const first = firstNode(l, i);
  if (kindOf(l, first) === K.assignment && l.broken.has(first)) return undefined;
  switch (kindOf(l, first)) {
    case K.assignment:
      return assignment(l, i, first);
    case K.augmented_assignment:
      return augmentedAssignment(l, i, first);
    default: {
      const value = subscriptOf(l, first, after(l, i));
      return value && { kind: 'Expr', start: startOf(l, i), end: endOf(l, i), parent: orphan, value };
    }
  }
};

/** `a = b = c` hangs each further assignment on the right of the one before. */
function assignment(l: Lowering, i: number, first: number): Stmt | undefined {
  if (hasChild(l, first, K.colon)) return annotated(l, i, first);
  const targets: Expr[] = [];
  let current = first;
  while (kindOf(l, current) === K.assignment && !l.broken.has(current) && !hasChild(l, current, K.colon)) {
    const target = firstNode(l, current);
    targets.push(exprAt(l, target));
    current = skipTokens(l, after(l, target), after(l, current));
  }
  const value = exprOrMissing(l, current, i);
  return {
    kind: 'Assign',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    targets: trimmed(targets),
    value,
  };
}

function annotated(l: Lowering, i: number, statement: number): Stmt | undefined {
  const target = firstNode(l, statement);
  const type = findChild(l, statement, K.type);
  if (type === undefined || l.broken.has(statement)) return undefined;
  const value = skipTokens(l, after(l, type), after(l, statement));
  return {
    kind: 'AnnAssign',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    target: exprAt(l, target),
    annotation: exprAt(l, type),
    value: value < after(l, statement) ? exprAt(l, value) : null,
    simple: kindOf(l, target) === K.identifier,
  };
}

function augmentedAssignment(l: Lowering, i: number, statement: number): Stmt | undefined {
  const { left, operator, right } = operationAt(l, statement);
  const op = augmentedOperator(kindOf(l, operator));
  if (op === undefined || l.broken.has(statement)) return undefined;
  return {
    kind: 'AugAssign',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    target: exprAt(l, left),
    op,
    value: exprOrMissing(l, right, i),
  };
}

export const lowerReturn: Lower = (l, i) => {
  const value = firstNode(l, i);
  return {
    kind: 'Return',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    value: value < after(l, i) ? exprAt(l, value) : null,
  };
};

/** `del a, b` has two targets, `del (a, b)` has one. */
export const lowerDelete: Lower = (l, i) => {
  const [list] = childNodes(l, i);
  if (list === undefined) return undefined;
  const targets = kindOf(l, list) === K.expression_list ? childNodes(l, list) : [list];
  return { kind: 'Delete', ...place(l, i), targets: targets.map(c => exprAt(l, c)) };
};

export const lowerRaise: Lower = (l, i) => {
  const from = findChild(l, i, K.from);
  const [exc, cause] = childNodes(l, i);
  // Python 2 only: `raise Error, "text"`.
  if (exc !== undefined && kindOf(l, exc) === K.expression_list) return undefined;
  return {
    kind: 'Raise',
    ...place(l, i),
    exc: exc === undefined ? null : exprAt(l, exc),
    cause: from === undefined ? null : exprOrMissing(l, cause, i),
  };
};

export const lowerAssert: Lower = (l, i) => {
  const [test, msg, ...more] = childNodes(l, i);
  if (test === undefined || more.length > 0) return undefined;
  return {
    kind: 'Assert',
    ...place(l, i),
    test: exprAt(l, test),
    msg: msg === undefined ? null : exprAt(l, msg),
  };
};

export const lowerPass: Lower = (l, i) => ({ kind: 'Pass', ...place(l, i) });
export const lowerBreak: Lower = (l, i) => ({ kind: 'Break', ...place(l, i) });
export const lowerContinue: Lower = (l, i) => ({ kind: 'Continue', ...place(l, i) });

export const lowerGlobal: Lower = (l, i) => ({ kind: 'Global', ...place(l, i), names: namesIn(l, i) });
export const lowerNonlocal: Lower = (l, i) => ({ kind: 'Nonlocal', ...place(l, i), names: namesIn(l, i) });

function namesIn(l: Lowering, i: number): string[] {
  return childNodes(l, i).map(c => nameAt(l, c));
}

/** `type X[T] = …` */
export const lowerTypeAlias: Lower = (l, i) => {
  const [left, right] = childNodes(l, i);
  if (left === undefined) return undefined;
  const inner = firstNode(l, left);
  const name = kindOf(l, inner) === K.generic_type ? inner + 1 : inner;
  if (kindOf(l, name) !== K.identifier) return typeCallAssignment(l, i, inner, right);
  return {
    kind: 'TypeAlias',
    ...place(l, i),
    name: { kind: 'Name', ...place(l, name), id: nameAt(l, name) },
    type_params: name === inner ? [] : typeParameters(l, findChild(l, inner, K.type_parameter)),
    value: exprOrMissing(l, right, i),
  };
};

/**
 * The grammar takes `type(x).y = z` for the alias `(x).y`. So the brackets become the call or subscript that they are,
 * and the attributes and subscripts around them are made again.
 */
function typeCallAssignment(
  l: Lowering,
  i: number,
  target: number,
  value: number | undefined,
): Stmt | undefined {
  const spine: number[] = [];
  let inner = target;
  while (remakers.has(kindOf(l, inner)) && !l.broken.has(inner)) {
    spine.push(inner);
    inner = firstNode(l, inner);
  }
  const word = i + 1;
  const made = bracketsBehindType(l, word, inner);
  if (made === undefined) return undefined;
  l.nodes[inner] = made;
  for (const outer of spine.reverse()) {
    l.starts[outer] = startOf(l, word);
    l.nodes[outer] = remakers.get(kindOf(l, outer))?.(l, outer);
  }
  return { kind: 'Assign', ...place(l, i), targets: [exprAt(l, target)], value: exprOrMissing(l, value, i) };
}

/** `type(…)` or `type[…]`, of the word and the brackets behind it. */
function bracketsBehindType(l: Lowering, word: number, i: number): Expr | undefined {
  const type: Expr = { kind: 'Name', ...place(l, word), id: 'type' };
  const range = { start: startOf(l, word), end: endOf(l, i), parent: orphan };
  switch (kindOf(l, i)) {
    case K.parenthesized_expression:
    case K.tuple:
      return {
        kind: 'Call',
        ...range,
        func: type,
        args: childNodes(l, i).map(c => exprAt(l, c)),
        keywords: [],
      };
    case K.list: {
      const slice = subscriptOf(l, firstNode(l, i), after(l, i));
      return slice && { kind: 'Subscript', ...range, value: type, slice };
    }
    default:
      return undefined;
  }
}

const remakers: ReadonlyMap<number, Lower> = new Map([
  [K.attribute, lowerAttribute],
  [K.subscript, lowerSubscript],
  [K.call, lowerCall],
]);

/** In Python 3 a word like any other: `print >> file, x` is a tuple, all else that the grammar takes is an error. */
export const lowerPrint: Lower = (l, i) => {
  const chevron = findChild(l, i, K.chevron);
  if (chevron === undefined) return undefined;
  const operand = firstNode(l, chevron);
  if (bindsLoosely.has(kindOf(l, operand))) return undefined;
  const word = i + 1;
  const shift: Expr = {
    kind: 'BinOp',
    start: startOf(l, word),
    end: endOf(l, chevron),
    parent: orphan,
    left: { kind: 'Name', ...place(l, word), id: 'print' },
    op: 'RShift',
    right: exprAt(l, operand),
  };
  const elts = [
    shift,
    ...childNodes(l, i)
      .slice(1)
      .map(c => exprAt(l, c)),
  ];
  const value: Expr = hasChild(l, i, K.comma) ? { kind: 'Tuple', ...place(l, i), elts } : shift;
  return { kind: 'Expr', ...place(l, i), value };
};

/** What is not an operand of `>>` as a whole. */
const bindsLoosely: ReadonlySet<number> = new Set([
  K.binary_operator,
  K.comparison_operator,
  K.not_operator,
  K.boolean_operator,
  K.conditional_expression,
  K.lambda,
  K.named_expression,
]);
