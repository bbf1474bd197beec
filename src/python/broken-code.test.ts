import { describe, expect, it } from 'vitest';
import { parsePython } from '../../test/python-ast/parse-python.ts';
import type { Stmt } from './syntax-tree.ts';

const BEFORE = `import asyncio

class A:
    async def one(self):
        a()
`;

const AFTER = `
        return 1

    async def two(self):
        b()

async def three():
    c()
`;

/** A module's definitions by name, those of classes in brackets. */
function definitions(body: readonly Stmt[]): string {
  const names = body.flatMap(node => {
    if (node.kind === 'ClassDef') return [`${node.name}(${definitions(node.body)})`];
    return node.kind === 'AsyncFunctionDef' ? [node.name] : [];
  });
  return names.join(' ');
}

describe('broken code', () => {
  it.each([
    ['a call without its end', 'f(x, y', 'A(one two) three'],
    ['a list without its end', 'x = [1, 2,', 'A(one two) three'],
    ['an assignment without its value', 'x =', 'A(one two) three'],
    ['an attribute without its name', 'self.', 'A(one two) three'],
    ['a condition without its colon', 'if x', 'A(one two) three'],
    ['a string without its end', 's = "abc', 'A(one two) three'],
    ['one bracket too many', 'f(x))', 'A(one two) three'],
    ['a definition without its end', 'def f(', 'A(one two) three'],
    ['words', 'please fix this', 'A(one two) three'],
    ['a print statement', 'print "x"', 'A(one two) three'],
    ['try without more', 'try:\n            x()', 'A(one two) three'],
    ['a line at a wrong place', 'x()\n      y()', 'A(one two) three'],
    ['await without more', 'await', 'A(one two) three'],
  ])('leaves what is sound around %s', (_, line, expected) => {
    const { module, errors } = parsePython(`${BEFORE}        ${line}${AFTER}`);

    expect(errors.length).toBeGreaterThan(0);
    expect(definitions(module.body)).toBe(expected);
  });

  it('keeps what stands at the start of lines when the parser loses its way', () => {
    const text = `import a\n\n(\n\nasync def f():\n    pass\n\nclass B:\n    x = )]\n\nasync def g():\n    pass\n`;

    expect(definitions(parsePython(text).module.body)).toContain('g');
  });

  it('gives an ErrorNode among the members of a list', () => {
    const [statement] = parsePython('f(a, b c, d)').module.body;
    const call = statement?.kind === 'Expr' && statement.value.kind === 'Call' ? statement.value : undefined;

    expect(call?.args.map(arg => arg.kind)).toEqual(['Name', 'Name', 'ErrorNode', 'Name']);
  });

  it('joins errors that touch', () => {
    const { errors } = parsePython('print "a"\nprint "b"\n');

    expect(errors).toEqual([
      { start: 0, end: 9 },
      { start: 10, end: 19 },
    ]);
  });

  it.each([
    ['a sound file', 'x = 1  # a\n# b\n', ['# a', '# b']],
    ['brackets', 'f(  # a\n  # b\n  x,  # c\n)', ['# a', '# b', '# c']],
    ['a string', 's = "# a"  # b', ['# b']],
    ['an f-string', 'f"""{\na # b\n}"""', ['# b']],
    ['Windows line ends', 'x  # a\r\n# b\r\n', ['# a', '# b']],
    ['lone carriage returns', 'x  # a\r# b\r', ['# a', '# b']],
    ['blocks', 'if a:  # a\n  # b\n  c\n  # c\n# d\nelse:\n  e # f', ['# a', '# b', '# c', '# d', '# f']],
  ])('keeps the comments of %s in order', (_, text, expected) => {
    expect(parsePython(text).comments.map(comment => comment.text)).toEqual(expected);
  });
});
