import { describe, expect, it } from 'vitest';
import { dumpPython } from '../../test/python-ast/parse-python.ts';

describe('lowering of patterns', () => {
  it.each([
    [
      'match x:\n  case _: y',
      'Match(subject=x, cases=[match_case(pattern=MatchAs(), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case a: y',
      'Match(subject=x, cases=[match_case(pattern=MatchAs(name=a), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case a.b: y',
      'Match(subject=x, cases=[match_case(pattern=MatchValue(value=Attribute(value=a, attr=b)), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case -1: y',
      'Match(subject=x, cases=[match_case(pattern=MatchValue(value=UnaryOp(op=USub, operand=1)), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case 1 + 2j: y',
      'Match(subject=x, cases=[match_case(pattern=MatchValue(value=BinOp(left=1, op=Add, right=2j)), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case "a" "b": y',
      'Match(subject=x, cases=[match_case(pattern=MatchValue(value="ab"), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case None: y',
      'Match(subject=x, cases=[match_case(pattern=MatchSingleton(value=none), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case a | -1: y',
      'Match(subject=x, cases=[match_case(pattern=MatchOr(patterns=[MatchAs(name=a), MatchValue(value=UnaryOp(op=USub, operand=1))]), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case (a): y',
      'Match(subject=x, cases=[match_case(pattern=MatchAs(name=a), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case (a,): y',
      'Match(subject=x, cases=[match_case(pattern=MatchSequence(patterns=[MatchAs(name=a)]), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case []: y',
      'Match(subject=x, cases=[match_case(pattern=MatchSequence(), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case [a, *_]: y',
      'Match(subject=x, cases=[match_case(pattern=MatchSequence(patterns=[MatchAs(name=a), MatchStar()]), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case {}: y',
      'Match(subject=x, cases=[match_case(pattern=MatchMapping(), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case {1: a, b.c: _, **d}: y',
      'Match(subject=x, cases=[match_case(pattern=MatchMapping(keys=[1, Attribute(value=b, attr=c)], patterns=[MatchAs(name=a), MatchAs()], rest=d), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case A(): y',
      'Match(subject=x, cases=[match_case(pattern=MatchClass(cls=A), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case A(a, b=-1): y',
      'Match(subject=x, cases=[match_case(pattern=MatchClass(cls=A, patterns=[MatchAs(name=a)], kwd_attrs=[b], kwd_patterns=[MatchValue(value=UnaryOp(op=USub, operand=1))]), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case A(b=c() as d): y',
      'Match(subject=x, cases=[match_case(pattern=MatchClass(cls=A, kwd_attrs=[b], kwd_patterns=[MatchAs(pattern=MatchClass(cls=c), name=d)]), body=[Expr(value=y)])])',
    ],
    [
      'match x:\n  case a as b: y',
      'Match(subject=x, cases=[match_case(pattern=MatchAs(pattern=MatchAs(name=a), name=b), body=[Expr(value=y)])])',
    ],
  ])('patterns: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });
});
