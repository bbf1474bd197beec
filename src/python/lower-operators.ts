import {
  after,
  endOf,
  errorNode,
  exprAt,
  exprOrMissing,
  firstNode,
  kindOf,
  type Lower,
  type Lowering,
  orphan,
  skipTokens,
  startOf,
} from './lowering.ts';
import { K, lastNode } from './syntax-kinds.ts';
import type { BinaryOperator, CompareOperator, Expr, IfExp, UnaryOperator } from './syntax-tree.ts';

const binaryOperators: ReadonlyMap<number, BinaryOperator> = new Map([
  [K.plus, 'Add'],
  [K.minus, 'Sub'],
  [K.star, 'Mult'],
  [K.at, 'MatMult'],
  [K.slash, 'Div'],
  [K.percent, 'Mod'],
  [K.double_star, 'Pow'],
  [K.left_shift, 'LShift'],
  [K.right_shift, 'RShift'],
  [K.pipe, 'BitOr'],
  [K.caret, 'BitXor'],
  [K.ampersand, 'BitAnd'],
  [K.double_slash, 'FloorDiv'],
]);

const augmentedOperators: ReadonlyMap<number, BinaryOperator> = new Map([
  [K.plus_equals, 'Add'],
  [K.minus_equals, 'Sub'],
  [K.star_equals, 'Mult'],
  [K.at_equals, 'MatMult'],
  [K.slash_equals, 'Div'],
  [K.percent_equals, 'Mod'],
  [K.double_star_equals, 'Pow'],
  [K.left_shift_equals, 'LShift'],
  [K.right_shift_equals, 'RShift'],
  [K.pipe_equals, 'BitOr'],
  [K.caret_equals, 'BitXor'],
  [K.ampersand_equals, 'BitAnd'],
  [K.double_slash_equals, 'FloorDiv'],
]);

const compareOperators: ReadonlyMap<number, CompareOperator> = new Map([
  [K.equal_equal, 'Eq'],
  [K.not_equal, 'NotEq'],
  [K.less, 'Lt'],
  [K.less_equal, 'LtE'],
  [K.greater, 'Gt'],
  [K.greater_equal, 'GtE'],
  [K.is, 'Is'],
  [K.is_not, 'IsNot'],
  [K.in, 'In'],
  [K.not_in, 'NotIn'],
]);

/** The operator of `+=` and the like; `undefined` for any other kind. */
export function augmentedOperator(kind: number): BinaryOperator | undefined {
  return augmentedOperators.get(kind);
}

/** A binary operation in parts: indices of its operands and its operator. */
interface Operation {
  readonly left: number;
  readonly operator: number;
  readonly right: number;
}

/** The parts of a node that is an operand, an operator and another operand. */
export function operationAt(l: Lowering, i: number): Operation {
  const left = firstNode(l, i);
  const end = after(l, i);
  let operator = after(l, left);
  while (
    operator < end &&
    (kindOf(l, operator) === K.comment || kindOf(l, operator) === K.line_continuation)
  ) {
    operator = after(l, operator);
  }
  return { left, operator, right: skipTokens(l, operator + 1, end) };
}

export const lowerBinary: Lower = (l, i) => {
  const { left, operator, right } = operationAt(l, i);
  const op = kindOf(l, operator);
  if (op === K.caret || op === K.ampersand) return lowerBits(l, i);
  return binary(binaryOperators.get(op), operandAt(l, left), operandAt(l, right));
};

/** An operand with its range in the text, which is wider than the expression's where it stands in parentheses. */
interface Operand {
  readonly expr: Expr;
  readonly start: number;
  readonly end: number;
}

function operandAt(l: Lowering, i: number): Operand {
  return { expr: exprAt(l, i), start: startOf(l, i), end: endOf(l, i) };
}

function binary(op: BinaryOperator | undefined, left: Operand, right: Operand): Expr {
  const { start } = left;
  const { end } = right;
  if (op === undefined) return errorNode(start, end);
  return { kind: 'BinOp', start, end, parent: orphan, left: left.expr, op, right: right.expr };
}

function combine(op: BinaryOperator, left: Operand, right: Operand): Operand {
  return { expr: binary(op, left, right), start: left.start, end: right.end };
}

/** `a | b | c` out of the indices of its operands. */
export function unionOf(l: Lowering, indices: readonly number[]): Expr {
  return indices.map(c => operandAt(l, c)).reduce((left, right) => combine('BitOr', left, right)).expr;
}

/** The operands of a binary operation if its operator is `|`. */
export function unionOperands(l: Lowering, i: number): Operation | undefined {
  return operationOf(l, i, K.pipe);
}

/** The operands of a binary operation of one operator. */
function operationOf(l: Lowering, i: number, operator: number): Operation | undefined {
  if (kindOf(l, i) !== K.binary_operator || l.broken.has(i)) return undefined;
  const operation = operationAt(l, i);
  return kindOf(l, operation.operator) === operator ? operation : undefined;
}

/**
 * The grammar lets `^` bind closer than `&`; in Python it is the other way round. So a whole run of both is read as a
 * list and put together anew, once, at its top.
 */
function lowerBits(l: Lowering, top: number): Expr | undefined {
  if (bitOperator(l, l.parents[top] ?? 0) !== undefined) return undefined;
  const sums: Operand[] = [];
  for (const { operator, index } of bitParts(l, top)) {
    const operand = operandAt(l, index);
    const last = sums.at(-1);
    if (operator === K.ampersand && last !== undefined)
      sums[sums.length - 1] = combine('BitAnd', last, operand);
    else sums.push(operand);
  }
  return sums.reduce((left, right) => combine('BitXor', left, right)).expr;
}

/** The operands of a run of `&` and `^` as they stand in the text, each with the operator before it. */
function bitParts(l: Lowering, top: number): { operator: number | undefined; index: number }[] {
  const parts: { operator: number | undefined; index: number }[] = [];
  const stack: { operator: number | undefined; index: number }[] = [{ operator: undefined, index: top }];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    const operator = bitOperator(l, part.index);
    if (operator === undefined) {
      parts.push(part);
      continue;
    }
    const { left, right } = operationAt(l, part.index);
    stack.push({ operator, index: right }, { operator: part.operator, index: left });
  }
  return parts;
}

/** `K.ampersand` or `K.caret` for a binary operation of that operator. */
function bitOperator(l: Lowering, i: number): number | undefined {
  if (kindOf(l, i) !== K.binary_operator || l.broken.has(i)) return undefined;
  const operator = kindOf(l, operationAt(l, i).operator);
  return operator === K.ampersand || operator === K.caret ? operator : undefined;
}

const unaryOperators: ReadonlyMap<number, UnaryOperator> = new Map([
  [K.minus, 'USub'],
  [K.plus, 'UAdd'],
  [K.tilde, 'Invert'],
]);

export const lowerUnary: Lower = (l, i) => {
  const op = unaryOperators.get(kindOf(l, i + 1));
  if (op === undefined) return undefined;
  return {
    kind: 'UnaryOp',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    op,
    operand: exprAt(l, firstNode(l, i)),
  };
};

export const lowerNot: Lower = (l, i) => ({
  kind: 'UnaryOp',
  start: startOf(l, i),
  end: endOf(l, i),
  parent: orphan,
  op: 'Not',
  operand: exprAt(l, firstNode(l, i)),
});

/**
 * `a and b and c` is one `BoolOp` in Python, and a chain to the left in the grammar: the top of the chain makes it.
 */
export const lowerBoolean: Lower = (l, i) => {
  const op = booleanOperator(l, i);
  const parent = l.parents[i] ?? 0;
  if (i === parent + 1 && booleanOperator(l, parent) === op) return undefined;
  const values: Expr[] = [];
  let left = i;
  do {
    const operation = operationAt(l, left);
    values.push(exprAt(l, operation.right));
    left = operation.left;
  } while (booleanOperator(l, left) === op);
  values.push(exprAt(l, left));
  values.reverse();
  return {
    kind: 'BoolOp',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    op: op === K.and ? 'And' : 'Or',
    values,
  };
};

/** `K.and` or `K.or` for a boolean operation that is sound. */
function booleanOperator(l: Lowering, i: number): number | undefined {
  if (kindOf(l, i) !== K.boolean_operator || l.broken.has(i)) return undefined;
  return kindOf(l, operationAt(l, i).operator);
}

export const lowerComparison: Lower = (l, i) => {
  const end = after(l, i);
  const ops: CompareOperator[] = [];
  const operands: Expr[] = [];
  for (let c = i + 1; c < end; c = after(l, c)) {
    const kind = kindOf(l, c);
    const op = compareOperators.get(kind);
    if (op !== undefined) ops.push(op);
    else if (kind <= lastNode) operands.push(exprAt(l, c));
    else if (kind === K.diamond) return undefined;
  }
  const [left, ...comparators] = operands;
  if (left === undefined || comparators.length !== ops.length) return undefined;
  return { kind: 'Compare', start: startOf(l, i), end: endOf(l, i), parent: orphan, left, ops, comparators };
};

/** In Python `await` binds closer than `**`, in the grammar it is the other way round. */
export const lowerAwait: Lower = (l, i) => {
  const start = startOf(l, i);
  const operand = firstNode(l, i);
  const power = operationOf(l, operand, K.double_star);
  if (power === undefined)
    return { kind: 'Await', start, end: endOf(l, i), parent: orphan, value: exprAt(l, operand) };
  const end = endOf(l, power.left);
  const awaited: Expr = { kind: 'Await', start, end, parent: orphan, value: exprAt(l, power.left) };
  return binary('Pow', { expr: awaited, start, end }, operandAt(l, power.right));
};

export const lowerConditional: Lower = (l, i) => {
  const body = firstNode(l, i);
  const end = after(l, i);
  const test = skipTokens(l, after(l, body), end);
  const parts = {
    test: exprOrMissing(l, test, i),
    orelse: exprOrMissing(l, skipTokens(l, after(l, test), end), i),
  };
  if (kindOf(l, body) === K.named_expression && !l.broken.has(body)) return namedCondition(l, i, body, parts);
  return {
    kind: 'IfExp',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    test: parts.test,
    body: exprAt(l, body),
    orelse: parts.orelse,
  };
};

/** `x := a if b else c` names the whole condition; the grammar takes `x := a` for its first part. */
function namedCondition(l: Lowering, i: number, named: number, parts: Pick<IfExp, 'test' | 'orelse'>): Expr {
  const target = firstNode(l, named);
  const body = skipTokens(l, after(l, target), after(l, named));
  const end = endOf(l, i);
  const value: Expr = {
    kind: 'IfExp',
    start: startOf(l, body),
    end,
    parent: orphan,
    test: parts.test,
    body: exprAt(l, body),
    orelse: parts.orelse,
  };
  return { kind: 'NamedExpr', start: startOf(l, i), end, parent: orphan, target: exprAt(l, target), value };
}
