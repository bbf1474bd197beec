import { describe, expect, it } from 'vitest';
import { repairText } from './repair-text.ts';

describe('repairText', () => {
  it.each([
    ['a line end in brackets', '(a\nb)\nc', '(a b)\nc'],
    ['Windows line ends in brackets', '[a\r\nb]', '[a  b]'],
    ['a backslash at the end of a line', 'a +\\\n b', 'a +   b'],
    ['a default', 'class A[T = int]: pass', 'class A[T      ]: pass'],
    ['the default of one of many', 'def f[T, U = a[b, c], V](): pass', 'def f[T, U          , V](): pass'],
    ['the default of a type alias', 'type A[T=(b, c)] = T', 'type A[T       ] = T'],
  ])('takes out %s', (_, text, expected) => {
    expect(repairText(text).text).toBe(expected);
  });

  it.each([
    ['line ends outside brackets', 'a\nb\n'],
    ['a comment in brackets with its line end', '(a # (\nb)'],
    ['brackets in a string', 's = "(" + \'[\'\nb'],
    ['brackets in a long string', 's = """(\n"(" \'[\n"""\nb'],
    ['a quote behind a backslash', 's = "\\"("\nb'],
    ['assignments to subscripts', 'a[b == c] = d'],
    ['keyword arguments', 'class A(b[c], d=e): pass'],
    ['an equals sign behind a definition', 'def f(a=b): pass'],
  ])('leaves %s', (_, text) => {
    expect(repairText(text).text).toBe(text);
  });

  it.each([
    ['a bracket that nothing closes', 'a\nb = [1,\n  2,\nreturn c\n', `a\n0${' '.repeat(11)}\nreturn c\n`],
    ['a string without its end', 'a\n  b("c\nd', 'a\n  0   \nd'],
    ['the head of a definition', 'def f(a,\n  class B: pass', '0       \n  class B: pass'],
  ])('takes out the statement of %s', (_, text, expected) => {
    expect(repairText(text).text).toBe(expected);
  });

  it('tells where defaults were', () => {
    expect(repairText('class A[T = int, *U = b]: pass').defaults).toEqual([
      { start: 10, end: 15 },
      { start: 20, end: 23 },
    ]);
  });
});
