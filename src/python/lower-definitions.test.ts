import { describe, expect, it } from 'vitest';
import { dumpPython } from '../../test/python-ast/parse-python.ts';

describe('lowering of definitions', () => {
  it.each([
    [
      'def f(a, /, b: int = 1, *c: d, e, g=2, **h) -> i: pass',
      'FunctionDef(name=f, args=arguments(posonlyargs=[arg(arg=a)], args=[arg(arg=b, annotation=int)], vararg=arg(arg=c, annotation=d), kwonlyargs=[arg(arg=e), arg(arg=g)], kw_defaults=[None, 2], kwarg=arg(arg=h), defaults=[1]), body=[Pass()], returns=i)',
    ],
    [
      'async def f(*, a): pass',
      'AsyncFunctionDef(name=f, args=arguments(kwonlyargs=[arg(arg=a)], kw_defaults=[None]), body=[Pass()])',
    ],
    [
      '@a\n@b.c(d)\ndef f(): pass',
      'FunctionDef(name=f, args=arguments(), body=[Pass()], decorator_list=[a, Call(func=Attribute(value=b, attr=c), args=[d])])',
    ],
    [
      'def f(*a: *b): pass',
      'FunctionDef(name=f, args=arguments(vararg=arg(arg=a, annotation=Starred(value=b))), body=[Pass()])',
    ],
  ])('functions: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['class A: pass', 'ClassDef(name=A, body=[Pass()])'],
    [
      'class A(b, *c, d=e, **f): pass',
      'ClassDef(name=A, bases=[b, Starred(value=c)], keywords=[keyword(arg=d, value=e), keyword(value=f)], body=[Pass()])',
    ],
    ['@a\nclass B: pass', 'ClassDef(name=B, body=[Pass()], decorator_list=[a])'],
  ])('classes: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    [
      'def f[T, U: int, V: (int, str)](): pass',
      'FunctionDef(name=f, args=arguments(), body=[Pass()], type_params=[TypeVar(name=T), TypeVar(name=U, bound=int), TypeVar(name=V, bound=Tuple(elts=[int, str]))])',
    ],
    [
      'class A[*Ts, **P]: pass',
      'ClassDef(name=A, body=[Pass()], type_params=[TypeVarTuple(name=Ts), ParamSpec(name=P)])',
    ],
    [
      'class A[T = int, *Ts = *b[c], **P = [d]]: pass',
      'ClassDef(name=A, body=[Pass()], type_params=[TypeVar(name=T, default_value=int), TypeVarTuple(name=Ts, default_value=Starred(value=Subscript(value=b, slice=c))), ParamSpec(name=P, default_value=List(elts=[d]))])',
    ],
    [
      'type A[T: int = bool] = T',
      'TypeAlias(name=A, type_params=[TypeVar(name=T, bound=int, default_value=bool)], value=T)',
    ],
  ])('type parameters: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    [
      'def f(a=1, b): pass',
      'FunctionDef(name=f, args=arguments(args=[arg(arg=a)], defaults=[1]), body=[Pass()])\nerror: b',
    ],
    ['def f(**a, b): pass', 'FunctionDef(name=f, args=arguments(kwarg=arg(arg=a)), body=[Pass()])\nerror: b'],
    [
      'def f(*, a, *b): pass',
      'FunctionDef(name=f, args=arguments(kwonlyargs=[arg(arg=a)], kw_defaults=[None]), body=[Pass()])\nerror: *b',
    ],
    ['def f(/, a): pass', 'FunctionDef(name=f, args=arguments(args=[arg(arg=a)]), body=[Pass()])\nerror: /'],
    ['def f((a, b)): pass', 'FunctionDef(name=f, args=arguments(), body=[Pass()])\nerror: (a, b)'],
  ])('parameters that Python refuses: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });
});
