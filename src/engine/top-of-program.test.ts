import { describe, expect, it } from 'vitest';
import { libraryFacts } from '../../rules/generated/library-facts.ts';
import { modelOf } from '../../test/support/model.ts';
import { descendants } from '../python/visitor.ts';
import { endsProgram, isTopOfProgram } from './top-of-program.ts';

async function isTop(name: string, rest: string): Promise<boolean | null> {
  const model = await modelOf(
    `import asyncio, anyio, trio\n\nasync def ${name}(): ...\n\n${rest}\n`,
    libraryFacts,
  );
  const node = [...descendants(model.parsed.module)].find(inner => inner.kind === 'AsyncFunctionDef');
  return node === undefined ? null : isTopOfProgram(node, { model });
}

describe('isTopOfProgram', () => {
  it.each([
    ['main', ''],
    ['_main', ''],
    ['async_main', ''],
    ['amain', ''],
    ['serve', 'asyncio.run(serve())'],
    ['serve', 'def start():\n    loop = asyncio.new_event_loop()\n    loop.run_until_complete(serve())'],
    ['serve', 'trio.run(serve)'],
    ['serve', 'anyio.run(serve)'],
  ])('%s, %j', async (name, rest) => expect(await isTop(name, rest)).toBe(true));

  it.each([
    ['serve', ''],
    ['domain', ''],
    ['serve', 'async def other(): ...\nasyncio.run(other())'],
    ['serve', 'asyncio.run(asyncio.wait_for(serve(), 1))'],
  ])('not %s, %j', async (name, rest) => expect(await isTop(name, rest)).toBe(false));
});

async function ends(statement: string): Promise<boolean> {
  const model = await modelOf(
    `import os, sys\nfrom sys import exit as leave\n\n${statement}\n`,
    libraryFacts,
  );
  return endsProgram(model.parsed.module.body.at(-1), { model });
}

describe('endsProgram', () => {
  it.each([
    'sys.exit()',
    'sys.exit(1)',
    'leave()',
    'os._exit(0)',
    'raise SystemExit',
    'raise SystemExit(2)',
    'exit()',
  ])('%s', async statement => expect(await ends(statement)).toBe(true));

  it.each(['raise', 'raise ValueError', 'app.exit()', 'code = sys.exit'])('not: %s', async statement =>
    expect(await ends(statement)).toBe(false),
  );
});
