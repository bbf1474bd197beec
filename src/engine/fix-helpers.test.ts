import { describe, expect, it } from 'vitest';
import { testParser } from '../../test/support/model.ts';
import { sourceFromString } from '../python/source-text.ts';
import type { Await, Call, Expr, Node } from '../python/syntax-tree.ts';
import { descendants } from '../python/visitor.ts';
import { applyEdits } from './edits.ts';
import { addArgument, insertAt, insertAwait, removeAwait, renameCallee, replaceNode } from './fix-helpers.ts';
import type { Edit } from './proposed-fix.ts';

const parser = await testParser();

/** Edits the last node of a program that has this text, and gives the program. */
function edit(code: string, target: string, edits: (node: Node) => readonly Edit[]): string {
  const { module, errors } = parser.parse(sourceFromString(code));
  expect(errors, 'the program parses').toEqual([]);
  const found = [...descendants(module)].filter(
    ({ kind, start, end }) => kind !== 'Expr' && code.slice(start, end) === target,
  );
  const node = found.at(-1) ?? expect.fail(`no node reads ${target}`);
  return applyEdits(code, edits(node));
}

function contextOf(code: string): { text(range: { start: number; end: number }): string } {
  return { text: ({ start, end }) => code.slice(start, end) };
}

describe('insertAwait', () => {
  it.each([
    ['f()', 'await f()'],
    ['x = f()', 'x = await f()'],
    ['return_(f())', 'return_(await f())'],
    ['g(k=f())', 'g(k=await f())'],
    ['g(*f())', 'g(*await f())'],
    ['if f(): pass', 'if await f(): pass'],
    ['if not f(): pass', 'if not await f(): pass'],
    ['f() or g', 'await f() or g'],
    ['f() == 1', 'await f() == 1'],
    ['f() + 1', 'await f() + 1'],
    ['-f()', '-await f()'],
    ['x if f() else y', 'x if await f() else y'],
    ['[f(), 1]', '[await f(), 1]'],
    ['f"{f()}"', 'f"{await f()}"'],
    ['x[f()]', 'x[await f()]'],
    ['2 ** f()', '2 ** await f()'],
    ['for x in f(): pass', 'for x in await f(): pass'],
    ['f().x', '(await f()).x'],
    ['f().x()', '(await f()).x()'],
    ['f()[0]', '(await f())[0]'],
    ['f()(1)', '(await f())(1)'],
    ['f() ** 2', '(await f()) ** 2'],
    ['(f()).x', '(await f()).x'],
    ['(f())[0]', '(await f())[0]'],
    ['(f())(1)', '(await f())(1)'],
    ['(f()) ** 2', '(await f()) ** 2'],
    ['await f()', 'await (await f())'],
  ])('of f() makes %j %j', (code, expected) => {
    const result = edit(code, 'f()', node => insertAwait(node as Expr));
    expect(result).toBe(expected);
    expect(parser.parse(sourceFromString(`async def g():\n    ${result}\n`)).errors).toEqual([]);
  });

  it.each([
    ['a or b', 'await (a or b)'],
    ['x = lambda: 1', 'x = await (lambda: 1)', 'lambda: 1'],
    ['a if b else c', 'await (a if b else c)'],
    ['(a or b).c', '(await (a or b)).c', 'a or b'],
  ])('puts what needs it in parentheses: %j becomes %j', (code, expected, target = code) => {
    expect(edit(code, target, node => insertAwait(node as Expr))).toBe(expected);
  });

  it('reads as the await of what it was given', () => {
    const code = 'x = f() ** 2 + g().y[f()]\n';
    const result = edit(code, 'g()', node => insertAwait(node as Expr));
    const awaits = [...descendants(parser.parse(sourceFromString(result)).module)].filter(
      (node): node is Await => node.kind === 'Await',
    );
    expect(awaits.map(({ value }) => result.slice(value.start, value.end))).toEqual(['g()']);
  });
});

describe('removeAwait', () => {
  it.each([
    ['x = await f()', 'x = f()', 'await f()'],
    ['await (f())', '(f())', 'await (f())'],
    ['await(f())', '(f())', 'await(f())'],
    ['(await f()).x', '(f()).x', 'await f()'],
    ['x = (await\n  f())', 'x = (f())', 'await\n  f()'],
  ])('makes of %j %j', (code, expected, target) => {
    expect(edit(code, target, node => [removeAwait(node as Await, contextOf(code))])).toBe(expected);
  });
});

describe('renameCallee', () => {
  it.each([
    ['time.sleep(1)', 'asyncio.sleep(1)'],
    ['time.sleep(\n    1,  # one\n)', 'asyncio.sleep(\n    1,  # one\n)'],
    ['(time.sleep)(1)', '(asyncio.sleep)(1)'],
  ])('makes of %j %j', (code, expected) => {
    expect(edit(code, code, node => [renameCallee(node as Call, 'asyncio.sleep')])).toBe(expected);
  });
});

describe('addArgument', () => {
  it.each([
    ['f()', 'f(k=1)'],
    ['f(a)', 'f(a, k=1)'],
    ['f(a, b=2)', 'f(a, b=2, k=1)'],
    ['f(a,)', 'f(a, k=1)'],
    ['f((a))', 'f((a), k=1)'],
    ['f((a),)', 'f((a), k=1)'],
    ['f(*a, **b)', 'f(*a, **b, k=1)'],
    ['f(\n    a,\n    b,\n)', 'f(\n    a,\n    b,\n    k=1,\n)'],
    ['f(\n    a,\n    b\n)', 'f(\n    a,\n    b,\n    k=1\n)'],
    ['f(\n    a,  # the first\n)', 'f(\n    a,\n    k=1,  # the first\n)'],
    ['f(a,\n  b)', 'f(a,\n  b,\n  k=1)'],
  ])('makes of %j %j', (code, expected) => {
    expect(edit(code, code, node => [addArgument(node as Call, 'k=1', contextOf(code))])).toBe(expected);
  });
});

describe('replaceNode and insertAt', () => {
  it('edit nothing else', () => {
    const result = edit('f(a, b)', 'b', node => [replaceNode(node, 'c'), insertAt(0, 'x = ')]);
    expect(result).toBe('x = f(a, c)');
  });
});
