import { describe, expect, it } from 'vitest';
import { dumpPython } from '../../test/python-ast/parse-python.ts';

describe('lowering of statements', () => {
  it.each([
    ['a = b = c', 'Assign(targets=[a, b], value=c)'],
    ['(a), b = c', 'Assign(targets=[Tuple(elts=[a, b])], value=c)'],
    ['a += b', 'AugAssign(target=a, op=Add, value=b)'],
    ['a: int', 'AnnAssign(target=a, annotation=int, simple=true)'],
    ['(a): int = 1', 'AnnAssign(target=a, annotation=int, value=1)'],
    [
      'x: A[B] | C | None',
      'AnnAssign(target=x, annotation=BinOp(left=BinOp(left=Subscript(value=A, slice=B), op=BitOr, right=C), op=BitOr, right=none), simple=true)',
    ],
    ['a, = b', 'Assign(targets=[Tuple(elts=[a])], value=b)'],
  ])('assignments: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['del a, b', 'Delete(targets=[a, b])'],
    ['del (a, b)', 'Delete(targets=[Tuple(elts=[a, b])])'],
    ['assert a, b', 'Assert(test=a, msg=b)'],
    ['raise a from b', 'Raise(exc=a, cause=b)'],
    ['return a, b', 'Return(value=Tuple(elts=[a, b]))'],
    ['global a, b', 'Global(names=[a, b])'],
    ['nonlocal a', 'Nonlocal(names=[a])'],
  ])('simple statements: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['type(a).b = c', 'Assign(targets=[Attribute(value=Call(func=type, args=[a]), attr=b)], value=c)'],
    ['type[a] = b', 'Assign(targets=[Subscript(value=type, slice=a)], value=b)'],
    ['match = type', 'Assign(targets=[match], value=type)'],
    ['print >> a, b', 'Expr(value=Tuple(elts=[BinOp(left=print, op=RShift, right=a), b]))'],
    [
      'type X[T] = list[T]',
      'TypeAlias(name=X, type_params=[TypeVar(name=T)], value=Subscript(value=list, slice=T))',
    ],
  ])('soft keywords: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['print "a"', 'ErrorNode()\nerror: print "a"'],
    ['exec "a"', 'ErrorNode()\nerror: exec "a"'],
    ['raise A, "b"', 'ErrorNode()\nerror: raise A, "b"'],
  ])('Python 2 statements: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });
});
