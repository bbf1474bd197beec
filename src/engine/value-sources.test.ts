import { expect, it } from 'vitest';
import { findExpression, modelOf } from '../../test/support/model.ts';
import type { Expr } from '../python/syntax-tree.ts';
import { valueSources } from './value-sources.ts';

async function sourcesOf(code: string, text: string): Promise<readonly string[] | null> {
  const model = await modelOf(code);
  const expression = findExpression(model, text) as Expr;
  return valueSources(expression, model)?.map(({ start, end }) => code.slice(start, end)) ?? null;
}

it.each([
  ['x = make()\nuse(x)\n', 'x', ['make()']],
  ['a = make()\nb = a\nuse(b)\n', 'b', ['make()']],
  ['with make() as x:\n    use(x)\n', 'x', ['make()']],
  ['x: Thing | None = None\nx = make()\nuse(x)\n', 'x', ['make()']],
  ['if a:\n    x = one()\nelse:\n    x = two()\nuse(x)\n', 'x', ['one()', 'two()']],
  ['use(make())\n', 'make()', ['make()']],
  [
    'class A:\n    def __init__(self):\n        self.x = make()\n    def f(self):\n        use(self.x)\n',
    'self.x',
    ['make()'],
  ],
  ['class A:\n    x = make()\n    def f(this):\n        use(this.x)\n', 'this.x', ['make()']],
])('%j: %s comes from %j', async (code, text, expected) => {
  expect(await sourcesOf(code, text)).toEqual(expected);
});

it.each([
  ['def f(x):\n    use(x)\n', 'x'],
  ['x, y = make()\nuse(x)\n', 'x'],
  ['for x in make():\n    use(x)\n', 'x'],
  ['from other import x\nuse(x)\n', 'x'],
  ['class A:\n    def f(self):\n        use(self.x)\n', 'self.x'],
  [
    'class A:\n    def __init__(self, x):\n        self.x = x\n    def f(self):\n        use(self.x)\n',
    'self.x',
  ],
  ['def f(other):\n    use(other.x)\n', 'other.x'],
])('%j: where %s comes from cannot be said', async (code, text) => {
  expect(await sourcesOf(code, text)).toBeNull();
});
