import { describe, expect, it } from 'vitest';
import { findNodes, modelOf, testParser } from '../../test/support/model.ts';
import { sourceFromString } from '../python/source-text.ts';
import type { Call } from '../python/syntax-tree.ts';
import type { AsyncLibrary, PythonVersion } from '../semantics/model.ts';
import { applyEdits } from './edits.ts';
import { wrapInThread } from './wrap-in-thread.ts';

const parser = await testParser();
const imports = 'import asyncio, anyio, trio, functools\n';

async function wrapped(
  call: string,
  library: AsyncLibrary = 'asyncio',
  {
    target = null,
    before = imports,
    around = (text: string) => text,
  }: {
    readonly target?: PythonVersion | null;
    readonly before?: string;
    readonly around?: (text: string) => string;
  } = {},
): Promise<string | null> {
  const code = `${before}${around(call)}\n`;
  const model = await modelOf(code);
  const [node] = findNodes(model, call).filter((found): found is Call => found.kind === 'Call');
  const edits = wrapInThread(
    node ?? expect.fail(`no call reads ${call}`),
    { model, target, text: ({ start, end }) => code.slice(start, end) },
    library,
  );
  if (edits === null) return null;
  const result = applyEdits(code, edits);
  expect(parser.parse(sourceFromString(result)).errors, result).toEqual([]);
  return result.startsWith(before) ? result.slice(before.length, -1) : result.slice(0, -1);
}

describe('wrapInThread', () => {
  it.each<[string, string]>([
    ['f()', 'await asyncio.to_thread(f)'],
    ['f( )', 'await asyncio.to_thread(f)'],
    ['f(a)', 'await asyncio.to_thread(f, a)'],
    ['f( a )', 'await asyncio.to_thread(f, a )'],
    ['requests.get(url, timeout=3)', 'await asyncio.to_thread(requests.get, url, timeout=3)'],
    ['f(k=1)', 'await asyncio.to_thread(f, k=1)'],
    ['f(*a, **k)', 'await asyncio.to_thread(f, *a, **k)'],
    ['(f)(a)', 'await asyncio.to_thread((f), a)'],
    ['f("é😀")', 'await asyncio.to_thread(f, "é😀")'],
    ['f(x for x in y)', 'await asyncio.to_thread(f, (x for x in y))'],
    ['f((x for x in y))', 'await asyncio.to_thread(f, (x for x in y))'],
    ['g(1)(2)', 'await asyncio.to_thread(g(1), 2)'],
    ['f(\n    a,\n    k=1,\n)', 'await asyncio.to_thread(\n    f,\n    a,\n    k=1,\n)'],
    ['f(a,\n  b)', 'await asyncio.to_thread(f, a,\n  b)'],
    ['f(  # why\n    a,  # one\n)', 'await asyncio.to_thread(\n    f,  # why\n    a,  # one\n)'],
    ['f(  # why\n)', 'await asyncio.to_thread(f  # why\n)'],
  ])('makes of %j %j', async (call, expected) => {
    expect(await wrapped(call)).toBe(expected);
  });

  it.each<[AsyncLibrary, string, string]>([
    ['trio', 'f(a)', 'await trio.to_thread.run_sync(f, a)'],
    ['anyio', 'f(a)', 'await anyio.to_thread.run_sync(f, a)'],
    ['anyio', 'f(*a)', 'await anyio.to_thread.run_sync(f, *a)'],
    ['trio', 'f(a, k=1)', 'await trio.to_thread.run_sync(functools.partial(f, a, k=1))'],
    ['anyio', 'f(**k)', 'await anyio.to_thread.run_sync(functools.partial(f, **k))'],
    [
      'trio',
      'f(\n    a,\n    k=1,\n)',
      'await trio.to_thread.run_sync(functools.partial(\n    f,\n    a,\n    k=1,\n))',
    ],
    ['trio', 'f(x for x in y)', 'await trio.to_thread.run_sync(f, (x for x in y))'],
  ])('in %s makes of %j %j', async (library, call, expected) => {
    expect(await wrapped(call, library)).toBe(expected);
  });

  it.each([
    ['f()', 'await asyncio.get_running_loop().run_in_executor(None, f)'],
    ['f(a)', 'await asyncio.get_running_loop().run_in_executor(None, f, a)'],
    ['f(a, k=1)', 'await asyncio.get_running_loop().run_in_executor(None, functools.partial(f, a, k=1))'],
    ['f(\n    a,\n)', 'await asyncio.get_running_loop().run_in_executor(\n    None,\n    f,\n    a,\n)'],
  ])('before Python 3.9 makes of %j %j', async (call, expected) => {
    expect(await wrapped(call, 'asyncio', { target: { major: 3, minor: 8 } })).toBe(expected);
  });

  it('takes to_thread from Python 3.9 on', async () => {
    expect(await wrapped('f()', 'asyncio', { target: { major: 3, minor: 9 } })).toBe(
      'await asyncio.to_thread(f)',
    );
  });

  it.each([
    ['x = {}.json()', 'x = (await asyncio.to_thread(f, a)).json()'],
    ['x = {}[0]', 'x = (await asyncio.to_thread(f, a))[0]'],
    ['x = g({})', 'x = g(await asyncio.to_thread(f, a))'],
  ])('puts parentheses round it where it goes on behind: %j', async (frame, expected) => {
    expect(await wrapped('f(a)', 'asyncio', { around: text => frame.replace('{}', text) })).toBe(expected);
  });

  it('brings the imports that it needs', async () => {
    const before = 'import time\n';
    expect(await wrapped('f(k=1)', 'trio', { before })).toBe(
      'import functools\nimport time\nimport trio\nawait trio.to_thread.run_sync(functools.partial(f, k=1))',
    );
  });

  it('says names as they are imported', async () => {
    const before = 'from asyncio import to_thread\n';
    expect(await wrapped('f(a)', 'asyncio', { before })).toBe('await to_thread(f, a)');
  });

  it('gives up where a name that it needs is taken', async () => {
    expect(await wrapped('f(a)', 'asyncio', { before: 'asyncio = None\n' })).toBeNull();
  });
});
