import { describe, expect, it } from 'vitest';
import { dumpPython } from '../../test/python-ast/parse-python.ts';

describe('lowering of try and with', () => {
  it.each([
    [
      'try: a\nexcept b as c: d\nexcept: e\nelse: f\nfinally: g',
      'Try(body=[Expr(value=a)], handlers=[ExceptHandler(type=b, name=c, body=[Expr(value=d)]), ExceptHandler(body=[Expr(value=e)])], orelse=[Expr(value=f)], finalbody=[Expr(value=g)])',
    ],
    [
      'try: a\nexcept (b, c): d',
      'Try(body=[Expr(value=a)], handlers=[ExceptHandler(type=Tuple(elts=[b, c]), body=[Expr(value=d)])])',
    ],
    [
      'try: a\nexcept b, c: d',
      'Try(body=[Expr(value=a)], handlers=[ExceptHandler(type=Tuple(elts=[b, c]), body=[Expr(value=d)])])',
    ],
    [
      'try: a\nexcept* b: c',
      'TryStar(body=[Expr(value=a)], handlers=[ExceptHandler(type=b, body=[Expr(value=c)])])',
    ],
  ])('try: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    [
      'with a as b, c: d',
      'With(items=[withitem(context_expr=a, optional_vars=b), withitem(context_expr=c)], body=[Expr(value=d)])',
    ],
    [
      'with (a as b, c): d',
      'With(items=[withitem(context_expr=a, optional_vars=b), withitem(context_expr=c)], body=[Expr(value=d)])',
    ],
    [
      'with (a, b) as c: d',
      'With(items=[withitem(context_expr=Tuple(elts=[a, b]), optional_vars=c)], body=[Expr(value=d)])',
    ],
    ['with (a as b): c', 'With(items=[withitem(context_expr=a, optional_vars=b)], body=[Expr(value=c)])'],
    ['with (a,): c', 'With(items=[withitem(context_expr=a)], body=[Expr(value=c)])'],
    [
      'with (a,) as b: c',
      'With(items=[withitem(context_expr=Tuple(elts=[a]), optional_vars=b)], body=[Expr(value=c)])',
    ],
    ['with (a as b,): c', 'With(items=[withitem(context_expr=a, optional_vars=b)], body=[Expr(value=c)])'],
    [
      'async with (\n  a.b(\n    c, d=e\n  ) as f,\n): g',
      'AsyncWith(items=[withitem(context_expr=Call(func=Attribute(value=a, attr=b), args=[c], keywords=[keyword(arg=d, value=e)]), optional_vars=f)], body=[Expr(value=g)])',
    ],
    [
      'with a if b else c as d: e',
      'With(items=[withitem(context_expr=IfExp(test=b, body=a, orelse=c), optional_vars=d)], body=[Expr(value=e)])',
    ],
    [
      'with lambda: a as b: c',
      'With(items=[withitem(context_expr=Lambda(args=arguments(), body=a), optional_vars=b)], body=[Expr(value=c)])',
    ],
    ['async with a: b', 'AsyncWith(items=[withitem(context_expr=a)], body=[Expr(value=b)])'],
  ])('with: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });
});
