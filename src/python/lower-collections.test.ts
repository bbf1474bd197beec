import { describe, expect, it } from 'vitest';
import { dumpPython } from '../../test/python-ast/parse-python.ts';

describe('lowering of collections', () => {
  it.each([
    ['[]', 'Expr(value=List())'],
    ['(a,)', 'Expr(value=Tuple(elts=[a]))'],
    ['(a)', 'Expr(value=a)'],
    ['{a}', 'Expr(value=Set(elts=[a]))'],
    ['{a: b, **c}', 'Expr(value=Dict(keys=[a, None], values=[b, c]))'],
    ['[*a, b]', 'Expr(value=List(elts=[Starred(value=a), b]))'],
  ])('displays: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    [
      '[a for b in c if d if e]',
      'Expr(value=ListComp(elt=a, generators=[comprehension(target=b, iter=c, ifs=[d, e])]))',
    ],
    [
      '{a: b for c, d in e}',
      'Expr(value=DictComp(key=a, value=b, generators=[comprehension(target=Tuple(elts=[c, d]), iter=e)]))',
    ],
    [
      '(a async for b in c for d in e)',
      'Expr(value=GeneratorExp(elt=a, generators=[comprehension(target=b, iter=c, is_async=true), comprehension(target=d, iter=e)]))',
    ],
    [
      '[a for b in 1, 2]',
      'Expr(value=ListComp(elt=a, generators=[comprehension(target=b, iter=ErrorNode())]))\nerror: 1, 2',
    ],
  ])('comprehensions: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });
});
