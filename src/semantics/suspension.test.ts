import { expect, it } from 'vitest';
import { modelOf } from '../../test/support/model.ts';
import { firstSuspension } from './suspension.ts';

async function suspensionIn(body: string): Promise<string | null> {
  const model = await modelOf(`async def f():\n    ${body.replaceAll('\n', '\n    ')}\n`);
  const [definition] = model.parsed.module.body;
  if (definition?.kind !== 'AsyncFunctionDef') throw new Error('the program is a coroutine');
  return firstSuspension(definition.body)?.kind ?? null;
}

it.each([
  ['a()\nawait b()', 'Await'],
  ['async for x in y:\n    await z', 'AsyncFor'],
  ['if a:\n    async with b:\n        pass', 'AsyncWith'],
  ['yield 1', 'Yield'],
  ['return [x async for x in y]', 'comprehension'],
])('%j stops at an %s', async (body, kind) => {
  expect(await suspensionIn(body)).toBe(kind);
});

it.each([
  'a()',
  'async def g():\n    await a()',
  'g = lambda: (yield)',
  'class A:\n    async def g(self):\n        await a()',
])('%j does not stop', async body => {
  expect(await suspensionIn(body)).toBeNull();
});
