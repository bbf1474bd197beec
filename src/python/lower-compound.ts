import { tooDeep } from './flat-tree.ts';
import { subscriptOf } from './lower-collections.ts';
import {
  after,
  childNodes,
  EMPTY,
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
  loweredPattern,
  missingIn,
  nameAt,
  orphan,
  rangeAt,
  skipTokens,
  startOf,
  stmtAt,
  trimmed,
} from './lowering.ts';
import { K, lastNode } from './syntax-kinds.ts';
import type {
  AsyncFor,
  AsyncWith,
  ExceptHandler,
  Expr,
  For,
  MatchCase,
  Pattern,
  Stmt,
  Try,
  TryStar,
  With,
  WithItem,
} from './syntax-tree.ts';

interface Suite {
  readonly body: readonly Stmt[];
  /** Behind its last statement and a semicolon there. */
  readonly end: number;
}

/** The statements of a `block` or a `module`; `i` may lack: then the place of the error is the end of `owner`. */
export function suiteAt(l: Lowering, i: number | undefined, owner: number): Suite {
  if (i === undefined) return { body: [missingIn(l, owner)], end: endOf(l, owner) };
  const body: Stmt[] = [];
  let end = startOf(l, i);
  const stop = after(l, i);
  for (let c = i + 1; c < stop; c = after(l, c)) {
    const kind = kindOf(l, c);
    if (kind === K.semicolon) end = endOf(l, c);
    if (kind > lastNode) continue;
    const statement = stmtAt(l, c);
    body.push(statement);
    end = statement.end;
  }
  if (body.length === 0) body.push(errorNode(end, end));
  return { body: trimmed(body), end };
}

function blockOf(l: Lowering, i: number): Suite {
  return suiteAt(l, findChild(l, i, K.block), i);
}

/** The block of a clause such as `else:`; empty without the clause. */
function clauseBlock(l: Lowering, i: number | undefined): Suite | undefined {
  return i === undefined ? undefined : blockOf(l, i);
}

/** `elif` is an `If` in the `orelse` of the one before, whose range goes to the end of all. */
export const lowerIf: Lower = (l, i) => {
  const otherwise = clauseBlock(l, findChild(l, i, K.else_clause));
  let orelse = otherwise?.body ?? EMPTY;
  let end = otherwise?.end;
  const clauses = childNodes(l, i).filter(c => kindOf(l, c) === K.elif_clause);
  if (clauses.length > l.maxChain) throw tooDeep();
  for (const clause of clauses.reverse()) {
    const nested = conditionAt(l, clause, orelse, end);
    orelse = [nested];
    end = nested.end;
  }
  return conditionAt(l, i, orelse, end);
};

function conditionAt(l: Lowering, i: number, orelse: readonly Stmt[], end: number | undefined): Stmt {
  const suite = blockOf(l, i);
  return {
    kind: 'If',
    start: startOf(l, i),
    end: end ?? suite.end,
    parent: orphan,
    test: headerAt(l, firstNode(l, i), i),
    body: suite.body,
    orelse,
  };
}

/** An expression in the head of a compound statement: it ends before the block. */
function headerAt(l: Lowering, i: number, owner: number): Expr {
  return i < after(l, owner) && kindOf(l, i) !== K.block
    ? exprAt(l, i)
    : errorNode(startOf(l, owner), startOf(l, owner));
}

export const lowerWhile: Lower = (l, i) => {
  const suite = blockOf(l, i);
  const otherwise = clauseBlock(l, findChild(l, i, K.else_clause));
  return {
    kind: 'While',
    start: startOf(l, i),
    end: otherwise?.end ?? suite.end,
    parent: orphan,
    test: headerAt(l, firstNode(l, i), i),
    body: suite.body,
    orelse: otherwise?.body ?? EMPTY,
  };
};

export const lowerFor: Lower = (l, i): For | AsyncFor => {
  const suite = blockOf(l, i);
  const otherwise = clauseBlock(l, findChild(l, i, K.else_clause));
  const target = firstNode(l, i);
  const iter = skipTokens(l, after(l, target), after(l, i));
  return {
    kind: hasChild(l, i, K.async) ? 'AsyncFor' : 'For',
    start: startOf(l, i),
    end: otherwise?.end ?? suite.end,
    parent: orphan,
    target: headerAt(l, target, i),
    iter: headerAt(l, iter, i),
    body: suite.body,
    orelse: otherwise?.body ?? EMPTY,
  };
};

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
  const children = childNodes(l, i).filter(c => kindOf(l, c) !== K.block);
  const [first, second] = children;
  if (first === undefined) return { type: null, name: null, name_range: null };
  if (kindOf(l, first) === K.as_pattern)
    return { type: exprOrMissing(l, firstNode(l, first), first), ...aliasOf(l, first) };
  if (second !== undefined && hasChild(l, i, K.as)) {
    return { type: exprAt(l, first), name: nameAt(l, second), name_range: rangeAt(l, second) };
  }
  const colon = findChild(l, i, K.colon) ?? after(l, i);
  return { type: subscriptOf(l, first, colon) ?? null, name: null, name_range: null };
}

function aliasOf(l: Lowering, i: number): Pick<ExceptHandler, 'name' | 'name_range'> {
  const target = findChild(l, i, K.as_pattern_target);
  const name = target === undefined ? undefined : firstNode(l, target);
  if (name === undefined || kindOf(l, name) !== K.identifier) return { name: null, name_range: null };
  return { name: nameAt(l, name), name_range: rangeAt(l, name) };
}

export const lowerWith: Lower = (l, i): With | AsyncWith => {
  const suite = blockOf(l, i);
  const clause = findChild(l, i, K.with_clause);
  const items = clause === undefined ? [] : childNodes(l, clause).map(c => withItem(l, c));
  return {
    kind: hasChild(l, i, K.async) ? 'AsyncWith' : 'With',
    start: startOf(l, i),
    end: suite.end,
    parent: orphan,
    items,
    body: suite.body,
  };
};

function withItem(l: Lowering, i: number): WithItem {
  const value = itemValue(l, i);
  if (kindOf(l, value) !== K.as_pattern || l.broken.has(value)) {
    return {
      kind: 'withitem',
      ...rangeAt(l, i),
      parent: orphan,
      context_expr: exprAt(l, value),
      optional_vars: null,
    };
  }
  const target = findChild(l, value, K.as_pattern_target);
  return {
    kind: 'withitem',
    ...rangeAt(l, value),
    parent: orphan,
    context_expr: exprAt(l, firstNode(l, value)),
    optional_vars:
      target === undefined ? missingIn(l, value) : exprOrMissing(l, firstNode(l, target), target),
  };
}

/** The parentheses of `with (a as b):` are taken for those of an expression. */
function itemValue(l: Lowering, i: number): number {
  const value = kindOf(l, i) === K.with_item ? firstNode(l, i) : i;
  let inner = value;
  while (kindOf(l, inner) === K.parenthesized_expression) inner = firstNode(l, inner);
  return kindOf(l, inner) === K.as_pattern ? inner : value;
}

export const lowerMatch: Lower = (l, i) => {
  const block = findChild(l, i, K.block);
  const clauses = block === undefined ? [] : childNodes(l, block).filter(c => kindOf(l, c) === K.case_clause);
  const cases = clauses.map(c => caseAt(l, c));
  const subject = subscriptOf(l, firstNode(l, i), block ?? after(l, i)) ?? missingIn(l, i);
  return {
    kind: 'Match',
    start: startOf(l, i),
    end: cases.at(-1)?.end ?? endOf(l, i),
    parent: orphan,
    subject,
    cases,
  };
};

function caseAt(l: Lowering, i: number): MatchCase {
  const suite = blockOf(l, i);
  const guard = findChild(l, i, K.if_clause);
  return {
    kind: 'match_case',
    start: startOf(l, i),
    end: suite.end,
    parent: orphan,
    pattern: casePattern(l, i),
    guard: guard === undefined ? null : exprOrMissing(l, firstNode(l, guard), guard),
    body: suite.body,
  };
}

/** `case a, b:` is a sequence without brackets. */
function casePattern(l: Lowering, i: number): Pattern {
  const indices = childNodes(l, i).filter(c => kindOf(l, c) === K.case_pattern);
  const [first] = indices;
  if (first === undefined) return errorNode(startOf(l, i), startOf(l, i));
  const patterns = indices.map(c => loweredPattern(l, c));
  const comma = lastComma(l, i);
  const [only] = patterns;
  if (comma === undefined && only !== undefined) return only;
  const end = Math.max(endOf(l, indices.at(-1) ?? first), comma ?? 0);
  return { kind: 'MatchSequence', start: startOf(l, first), end, parent: orphan, patterns };
}

/** The end of the last comma among the children. */
function lastComma(l: Lowering, i: number): number | undefined {
  let end: number | undefined;
  for (let c = i + 1; c < after(l, i); c = after(l, c)) if (kindOf(l, c) === K.comma) end = endOf(l, c);
  return end;
}
