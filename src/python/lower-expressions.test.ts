import { describe, expect, it } from 'vitest';
import { dumpPython } from '../../test/python-ast/parse-python.ts';

describe('lowering of expressions', () => {
  it.each([
    ['1', 'Expr(value=1)'],
    ['0x_ff', 'Expr(value=255)'],
    ['1_000.5e3', 'Expr(value=1000500)'],
    ['2j', 'Expr(value=2j)'],
    ['None', 'Expr(value=none)'],
    ['True', 'Expr(value=True)'],
    ['...', 'Expr(value=ellipsis)'],
  ])('literals: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['10L', 'Expr(value=ErrorNode())\nerror: 10L'],
    ['0777', 'Expr(value=ErrorNode())\nerror: 0777'],
    ['`a`', 'Expr(value=ErrorNode())\nerror: `a`'],
    ['a <> b', 'Expr(value=ErrorNode())\nerror: a <> b'],
    ['async', 'Expr(value=ErrorNode())\nerror: async'],
  ])('Python 2 literals: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['f()', 'Expr(value=Call(func=f))'],
    [
      'f(a, *b, c=d, **e)',
      'Expr(value=Call(func=f, args=[a, Starred(value=b)], keywords=[keyword(arg=c, value=d), keyword(value=e)]))',
    ],
    [
      'f(x for x in y)',
      'Expr(value=Call(func=f, args=[GeneratorExp(elt=x, generators=[comprehension(target=x, iter=y)])]))',
    ],
    ['a.b(c).d', 'Expr(value=Attribute(value=Call(func=Attribute(value=a, attr=b), args=[c]), attr=d))'],
    [
      'f(*a.b, *c())',
      'Expr(value=Call(func=f, args=[Starred(value=Attribute(value=a, attr=b)), Starred(value=Call(func=c))]))',
    ],
  ])('calls: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['a[b]', 'Expr(value=Subscript(value=a, slice=b))'],
    ['a[b, c]', 'Expr(value=Subscript(value=a, slice=Tuple(elts=[b, c])))'],
    ['a[b,]', 'Expr(value=Subscript(value=a, slice=Tuple(elts=[b])))'],
    ['a[:]', 'Expr(value=Subscript(value=a, slice=Slice()))'],
    ['a[b:c:d]', 'Expr(value=Subscript(value=a, slice=Slice(lower=b, upper=c, step=d)))'],
    ['a[*b]', 'Expr(value=Subscript(value=a, slice=Tuple(elts=[Starred(value=b)])))'],
  ])('subscripts: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['lambda: a', 'Expr(value=Lambda(args=arguments(), body=a))'],
    [
      'lambda a, /, b=1, *c, d, **e: f',
      'Expr(value=Lambda(args=arguments(posonlyargs=[arg(arg=a)], args=[arg(arg=b)], vararg=arg(arg=c), kwonlyargs=[arg(arg=d)], kw_defaults=[None], kwarg=arg(arg=e), defaults=[1]), body=f))',
    ],
  ])('lambdas: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['[*a | b]', 'Expr(value=List(elts=[Starred(value=BinOp(left=a, op=BitOr, right=b))]))'],
    ['x = *a.b, c', 'Assign(targets=[x], value=Tuple(elts=[Starred(value=Attribute(value=a, attr=b)), c]))'],
  ])('stars: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });
});
