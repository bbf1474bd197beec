import { lowerList, lowerTuple } from './lower-collections.ts';
import {
  after,
  childNodes,
  endOf,
  errorAt,
  exprAt,
  findChild,
  firstNode,
  hasChild,
  kindOf,
  type Lower,
  type Lowering,
  loweredPattern,
  nameAt,
  orphan,
  startOf,
} from './lowering.ts';
import { K, lastNode } from './syntax-kinds.ts';
import type { Expr, Pattern } from './syntax-tree.ts';

function place(l: Lowering, i: number) {
  return { start: startOf(l, i), end: endOf(l, i), parent: orphan };
}

/** One alternative of a union, or all of a `case_pattern` that is none; a sign and its number are two siblings. */
interface Piece {
  readonly first: number;
  readonly last: number;
}

/** The pieces of a node, which stand between its `|`. */
function piecesOf(l: Lowering, i: number): Piece[] {
  const pieces: Piece[] = [];
  const end = after(l, i);
  let sign: number | undefined;
  for (let c = i + 1; c < end; c = after(l, c)) {
    const kind = kindOf(l, c);
    if (kind === K.minus) sign = c;
    if (kind > lastNode && kind !== K.underscore) continue;
    pieces.push({ first: sign ?? c, last: c });
    sign = undefined;
  }
  return pieces;
}

export const lowerCasePattern: Lower = (l, i) => {
  const [piece, ...more] = piecesOf(l, i);
  if (piece === undefined || more.length > 0 || keywordIn(l, i) !== undefined) return undefined;
  return simplePattern(l, piece);
};

/** The `name=pattern` in a `case_pattern`, which only the class pattern around it can read. */
function keywordIn(l: Lowering, i: number): { keyword: number; as: number | undefined } | undefined {
  const inner = firstNode(l, i);
  if (kindOf(l, inner) === K.keyword_pattern) return { keyword: inner, as: undefined };
  // `name=pattern as other`: the grammar takes `name=pattern` for what `as` names.
  const pattern = kindOf(l, inner) === K.as_pattern ? firstNode(l, inner) : inner;
  const keyword = pattern === inner ? inner : firstNode(l, pattern);
  return kindOf(l, keyword) === K.keyword_pattern ? { keyword, as: inner } : undefined;
}

export const lowerUnionPattern: Lower = (l, i) => ({
  kind: 'MatchOr',
  ...place(l, i),
  patterns: piecesOf(l, i).map(piece => simplePattern(l, piece)),
});

function simplePattern(l: Lowering, { first, last }: Piece): Pattern {
  if (first !== last) return valuePattern(l, first, last, negative(l, first, last));
  const range = place(l, last);
  switch (kindOf(l, last)) {
    case K.underscore:
      return { kind: 'MatchAs', ...range, pattern: null, name: null };
    case K.true:
      return { kind: 'MatchSingleton', ...range, value: { type: 'bool', value: true } };
    case K.false:
      return { kind: 'MatchSingleton', ...range, value: { type: 'bool', value: false } };
    case K.none:
      return { kind: 'MatchSingleton', ...range, value: { type: 'none' } };
    case K.string:
    case K.concatenated_string:
    case K.integer:
    case K.float:
    case K.complex_pattern:
      return valuePattern(l, last, last, exprAt(l, last));
    case K.dotted_name:
      return namePattern(l, last);
    default:
      return loweredPattern(l, last);
  }
}

function valuePattern(l: Lowering, first: number, last: number, value: Expr): Pattern {
  return { kind: 'MatchValue', start: startOf(l, first), end: endOf(l, last), parent: orphan, value };
}

function negative(l: Lowering, sign: number, number: number): Expr {
  const operand = exprAt(l, number);
  return {
    kind: 'UnaryOp',
    start: startOf(l, sign),
    end: endOf(l, number),
    parent: orphan,
    op: 'USub',
    operand,
  };
}

/** A bare name captures, `_` takes anything, a dotted name is a value. */
function namePattern(l: Lowering, i: number): Pattern {
  const first = firstNode(l, i);
  if (findChild(l, i, K.dot) !== undefined) return valuePattern(l, i, i, dottedExpression(l, i));
  const name = nameAt(l, first);
  return { kind: 'MatchAs', ...place(l, i), pattern: null, name: name === '_' ? null : name };
}

/** `a.b.c` in a pattern, which the grammar keeps as a list of names. */
function dottedExpression(l: Lowering, i: number): Expr {
  const start = startOf(l, i);
  const [first, ...rest] = childNodes(l, i);
  if (first === undefined) return errorAt(l, i);
  let value: Expr = { kind: 'Name', ...place(l, first), id: nameAt(l, first) };
  for (const c of rest) {
    const { start: from, end } = place(l, c);
    value = {
      kind: 'Attribute',
      start,
      end,
      parent: orphan,
      value,
      attr: nameAt(l, c),
      attr_range: { start: from, end },
    };
  }
  return value;
}

/** `3 - 4j`, with a sign or without. */
export const lowerComplexPattern: Lower = (l, i) => {
  const [real, imaginary] = childNodes(l, i);
  if (real === undefined || imaginary === undefined) return undefined;
  const left = kindOf(l, i + 1) === K.minus ? negative(l, i + 1, real) : exprAt(l, real);
  const op = kindOf(l, after(l, real)) === K.minus ? 'Sub' : 'Add';
  return { kind: 'BinOp', ...place(l, i), left, op, right: exprAt(l, imaginary) };
};

/** `pattern as name`; the same node type, in an expression, is read by who holds it. */
export const lowerAsPattern: Lower = (l, i) => {
  const [pattern, name] = childNodes(l, i);
  if (pattern === undefined || name === undefined || kindOf(l, pattern) !== K.case_pattern) return undefined;
  return { kind: 'MatchAs', ...place(l, i), pattern: loweredPattern(l, pattern), name: nameAt(l, name) };
};

/** `*rest`; with two stars the mapping reads it. */
export const lowerSplatPattern: Lower = (l, i) => {
  if (kindOf(l, i + 1) !== K.star) return undefined;
  return { kind: 'MatchStar', ...place(l, i), name: splatName(l, i) };
};

function splatName(l: Lowering, i: number): string | null {
  const name = findChild(l, i, K.identifier);
  return name === undefined ? null : nameAt(l, name);
}

/** Whether a bracketed node stands in a `case`, where the grammar uses the names of assignment targets. */
function isCasePattern(l: Lowering, i: number): boolean {
  switch (kindOf(l, l.parents[i] ?? 0)) {
    case K.case_pattern:
    case K.union_pattern:
    case K.keyword_pattern:
    case K.dict_pattern:
      return true;
    default:
      return false;
  }
}

export const lowerListPattern: Lower = (l, i) => (isCasePattern(l, i) ? sequence(l, i) : lowerList(l, i));

export const lowerTuplePattern: Lower = (l, i) => {
  if (!isCasePattern(l, i)) return lowerTuple(l, i);
  const [only, ...more] = childNodes(l, i);
  const isGroup = only !== undefined && more.length === 0 && !hasChild(l, i, K.comma);
  return isGroup ? l.nodes[only] : sequence(l, i);
};

function sequence(l: Lowering, i: number): Pattern {
  return { kind: 'MatchSequence', ...place(l, i), patterns: childNodes(l, i).map(c => loweredPattern(l, c)) };
}

export const lowerMappingPattern: Lower = (l, i) => {
  const keys: Expr[] = [];
  const patterns: Pattern[] = [];
  let rest: string | null = null;
  for (const piece of piecesOf(l, i)) {
    const kind = kindOf(l, piece.last);
    if (kind === K.case_pattern) patterns.push(loweredPattern(l, piece.last));
    else if (kind === K.splat_pattern) rest = splatName(l, piece.last);
    else keys.push(mappingKey(l, piece));
  }
  if (keys.length !== patterns.length) return undefined;
  return { kind: 'MatchMapping', ...place(l, i), keys, patterns, rest };
};

function mappingKey(l: Lowering, { first, last }: Piece): Expr {
  if (first !== last) return negative(l, first, last);
  return kindOf(l, last) === K.dotted_name ? dottedExpression(l, last) : exprAt(l, last);
}

export const lowerClassPattern: Lower = (l, i) => {
  const [name, ...parts] = childNodes(l, i);
  if (name === undefined) return undefined;
  const patterns: Pattern[] = [];
  const kwd_attrs: string[] = [];
  const kwd_patterns: Pattern[] = [];
  for (const c of parts) {
    const found = keywordIn(l, c);
    if (found === undefined) {
      patterns.push(loweredPattern(l, c));
      continue;
    }
    kwd_attrs.push(nameAt(l, firstNode(l, found.keyword)));
    kwd_patterns.push(named(l, found.as, keywordValue(l, found.keyword)));
  }
  return {
    kind: 'MatchClass',
    ...place(l, i),
    cls: dottedExpression(l, name),
    patterns,
    kwd_attrs,
    kwd_patterns,
  };
};

/** `pattern as name`, where there is an `as_pattern` that says so. */
function named(l: Lowering, as: number | undefined, pattern: Pattern): Pattern {
  const name = as === undefined ? undefined : findChild(l, as, K.identifier);
  if (as === undefined || name === undefined) return pattern;
  return {
    kind: 'MatchAs',
    start: pattern.start,
    end: endOf(l, as),
    parent: orphan,
    pattern,
    name: nameAt(l, name),
  };
}

function keywordValue(l: Lowering, i: number): Pattern {
  const [, piece, ...more] = piecesOf(l, i);
  return piece === undefined || more.length > 0 ? errorAt(l, i) : simplePattern(l, piece);
}
