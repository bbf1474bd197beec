import { describe, expect, it } from 'vitest';
import { parsePython } from '../../test/python-ast/parse-python.ts';

/** The kinds of a module's statements, `!` behind it when there are errors. */
function outline(text: string): string {
  const { module, errors } = parsePython(text);
  return module.body.map(node => node.kind).join(' ') + (errors.length > 0 ? '!' : '');
}

describe('lines that Python does not put together', () => {
  it.each([
    ['an assignment without its value', 'x =\ny = 2\nz', 'ErrorNode Expr!'],
    ['an attribute without its name', 'a.\nb()\nc', 'Expr Expr!'],
    ['an operator without its operand', 'return a +\nb()\nc', 'Return Expr!'],
    ['a colon on the next line', 'if a\n: b\nc', 'If Expr!'],
    ['an import that goes on', 'from a import b,\n  c\nd', 'ImportFrom ErrorNode Expr!'],
    ['a line end with a backslash and a space', 'x = \\ \n1\ny', 'ErrorNode Expr!'],
  ])('finds %s', (_, text, kinds) => {
    expect(outline(text)).toBe(kinds);
  });

  it('says where', () => {
    expect(parsePython('a = (1,\n  2)\nx = \ny = 2\n').errors).toEqual([{ start: 13, end: 23 }]);
  });
});

describe('lines that Python puts together', () => {
  it.each([
    ['brackets', 'x = [\n1,\n\n2\n]\ny', 'Assign Expr'],
    ['brackets with a line further out', 'if a:\n    x = (b +\nc)\ny', 'If Expr'],
    ['subscripts', 'a[\nb\n]\n', 'Expr'],
    ['an import in brackets', 'from . import (\na\n)', 'ImportFrom'],
    ['with in brackets', 'with (\na as b,\nc\n): d', 'With'],
    ['parameters', 'def f(\na,\n*,\nb=1\n): pass', 'FunctionDef'],
    ['type parameters', 'class A[\nT\n]: pass', 'ClassDef'],
    ['patterns', 'match a:\n  case A(\nb,\n[c,\nd]\n): e', 'Match'],
    ['strings', 'x = """\na""".b\ny', 'Assign Expr'],
    ['fields of an f-string', 'x = f"""{\na\n}\n{b}"""\ny', 'Assign Expr'],
    ['a backslash', 'x = \\\n  1\nwith a as b, \\\n     c: d', 'Assign With'],
    ['a backslash right behind an operator', 'x +=\\\n1\na.\\\nb', 'AugAssign Expr'],
    ['comments between decorators', '@a\n# c\n\n@b\ndef f(): pass', 'FunctionDef'],
  ])('takes %s', (_, text, kinds) => {
    expect(outline(text)).toBe(kinds);
  });
});

describe('indentation', () => {
  it.each([
    ['a line further in', 'a\n  b\nc', 'Expr ErrorNode Expr!'],
    ['a first line further in', '  a\nb', 'ErrorNode Expr!'],
    ['a line between two blocks', 'if a:\n    b\n  c\nd', 'If ErrorNode Expr!'],
    ['else further in than if', 'if a:\n    b\n  else:\n    c\nd', 'If Expr!'],
  ])('finds %s', (_, text, kinds) => {
    expect(outline(text)).toBe(kinds);
  });

  it.each([
    ['tabs and as many spaces', 'if a:\n\tb\n        c', 'If'],
    ['spaces and tabs', 'if a:\n  \tb\n  \tif c:\n  \t\td\n  \te', 'If'],
    ['a form feed', 'if a:\n  b\n\f  c\n\fd', 'If Expr'],
    ['comments anywhere', 'if a:\n      # c\n  b\n# c\n  d\n    # c', 'If'],
    ['statements on one line', 'if a: b; c\nd; e', 'If Expr Expr'],
    ['lone carriage returns', 'if a:\r  b\r  c\rd', 'If Expr'],
  ])('takes %s', (_, text, kinds) => {
    expect(outline(text)).toBe(kinds);
  });
});
