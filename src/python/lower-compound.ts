import { tooDeep } from './flat-tree.ts';
import { subscriptOf } from './lower-collections.ts';
import { blockOf, clauseBlock, headerAt } from './lower-suites.ts';
import {
  after,
  childNodes,
  EMPTY,
  endOf,
  errorNode,
  exprOrMissing,
  findChild,
  firstNode,
  hasChild,
  kindOf,
  type Lower,
  type Lowering,
  loweredPattern,
  missingIn,
  orphan,
  skipTokens,
  startOf,
} from './lowering.ts';
import { K } from './syntax-kinds.ts';
import type { AsyncFor, For, MatchCase, Pattern, Stmt } from './syntax-tree.ts';

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
