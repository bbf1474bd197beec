import { describe, expect, it } from 'vitest';
import { dumpPython } from '../../test/python-ast/parse-python.ts';

describe('lowering of compound', () => {
  it.each([
    [
      'if a: b\nelif c: d\nelse: e',
      'If(test=a, body=[Expr(value=b)], orelse=[If(test=c, body=[Expr(value=d)], orelse=[Expr(value=e)])])',
    ],
  ])('if: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    [
      'for a, b in c: d\nelse: e',
      'For(target=Tuple(elts=[a, b]), iter=c, body=[Expr(value=d)], orelse=[Expr(value=e)])',
    ],
    ['async for a in b: c', 'AsyncFor(target=a, iter=b, body=[Expr(value=c)])'],
    ['while a: b', 'While(test=a, body=[Expr(value=b)])'],
  ])('loops: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    [
      'match a, b:\n  case 1, 2: c',
      'Match(subject=Tuple(elts=[a, b]), cases=[match_case(pattern=MatchSequence(patterns=[MatchValue(value=1), MatchValue(value=2)]), body=[Expr(value=c)])])',
    ],
    [
      'match a:\n  case b if c: d',
      'Match(subject=a, cases=[match_case(pattern=MatchAs(name=b), guard=c, body=[Expr(value=d)])])',
    ],
  ])('match: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['if a: b; c', 'If(test=a, body=[Expr(value=b), Expr(value=c)])'],
    ['if a:\n  # c\n  b\n  # d\n', 'If(test=a, body=[Expr(value=b)])'],
    ['if a:\n', 'If(test=a, body=[ErrorNode()])\nerror: '],
    ['while a', 'ErrorNode()\nerror: while a'],
  ])('blocks: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });
});
