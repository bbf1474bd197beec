import { describe, expect, it } from 'vitest';
import { findExpression, modelOf } from '../../test/support/model.ts';
import { descendants } from '../python/visitor.ts';
import {
  asksWhoWasCancelled,
  cancellationCaught,
  cancelsBefore,
  isShielded,
  raisesCancellationAfter,
} from './cancellation.ts';

/** What the last handler of a program catches. */
async function caught(code: string): Promise<string | null> {
  const model = await modelOf(code);
  const type = [...descendants(model.parsed.module)].findLast(node => node.kind === 'ExceptHandler')?.type;
  const found = cancellationCaught(type?.kind === 'Tuple' ? type.elts : type ? [type] : [], model);
  if (found === null) return null;
  const { start, end } = found.type;
  return `${found.kind} ${found.library} ${model.parsed.source.text.slice(start, end)}`;
}

describe('cancellationCaught', () => {
  it.each([
    ['import asyncio', 'asyncio.CancelledError', 'named asyncio asyncio.CancelledError'],
    [
      'import asyncio',
      'asyncio.exceptions.CancelledError',
      'named asyncio asyncio.exceptions.CancelledError',
    ],
    ['from asyncio import CancelledError as C', 'C', 'named asyncio C'],
    ['import trio', 'trio.Cancelled', 'named trio trio.Cancelled'],
    ['import anyio', 'anyio.get_cancelled_exc_class()', 'named anyio anyio.get_cancelled_exc_class()'],
    ['', 'BaseException', 'everything null BaseException'],
    ['import asyncio', '(OSError, asyncio.CancelledError)', 'named asyncio asyncio.CancelledError'],
    ['import trio', '(BaseException, trio.Cancelled)', 'named trio BaseException'],
  ])('%s: except %s', async (imports, type, expected) => {
    expect(await caught(`${imports}\ntry:\n    f()\nexcept ${type}:\n    pass\n`)).toBe(expected);
  });

  it.each([
    ['', 'Exception'],
    ['', '(OSError, ValueError)'],
    ['import concurrent.futures', 'concurrent.futures.CancelledError'],
    ['from app import CancelledError', 'CancelledError'],
    ['BaseException = OSError', 'BaseException'],
    ['def get() -> type[BaseException]: ...\nGroup = get()', 'Group'],
  ])('%s: except %s does not', async (imports, type) => {
    expect(await caught(`${imports}\ntry:\n    f()\nexcept ${type}:\n    pass\n`)).toBeNull();
  });
});

describe('cancelsBefore', () => {
  it.each([
    ['self.task.cancel()\n    here()', true],
    ['for t in ts: t.cancel("why")\n    here()', true],
    ['self._cancel_tasks()\n    here()', true],
    ['here()\n    self.task.cancel()', false],
    ['self.task.cancelled()\n    here()', false],
  ])('%j: %j', async (body, expected) => {
    const model = await modelOf(`async def f(self, ts):\n    ${body}\n`);
    const [coroutine] = model.parsed.module.body;
    const here = findExpression(model, 'here()');
    expect(coroutine?.kind === 'AsyncFunctionDef' && cancelsBefore(coroutine, here)).toBe(expected);
  });
});

describe('isShielded', () => {
  it.each([
    ['with trio.CancelScope(shield=True):\n        here()', true],
    ['with move_on_after(1, shield=True) as s, other:\n        here()', true],
    ['with trio.CancelScope(shield=False):\n        here()', false],
    ['with trio.CancelScope(shield=x):\n        here()', false],
    ['with trio.CancelScope():\n        here()', false],
  ])('%j: %j', async (body, expected) => {
    const model = await modelOf(`async def f(self, x):\n    ${body}\n`);
    expect(isShielded(findExpression(model, 'here()'))).toBe(expected);
  });
});

describe('asksWhoWasCancelled', () => {
  it.each([
    ['asyncio.current_task().cancel()', true],
    ['if task.cancelling() == 0: raise', true],
    ['self.task.uncancel()', true],
    ['self.task.cancel()', false],
  ])('%s: %j', async (body, expected) => {
    const model = await modelOf(`try:\n    f()\nexcept E:\n    ${body}\n`);
    const handler = [...descendants(model.parsed.module)].find(node => node.kind === 'ExceptHandler');
    expect(handler !== undefined && asksWhoWasCancelled(handler)).toBe(expected);
  });
});

describe('raisesCancellationAfter', () => {
  it.each([
    ['here()\n    if x: raise asyncio.CancelledError', true],
    ['here()\n    raise asyncio.CancelledError() from e', true],
    ['raise asyncio.CancelledError\n    here()', false],
    ['here()\n    raise ValueError', false],
    ['here()\n    raise', false],
  ])('%j: %j', async (body, expected) => {
    const model = await modelOf(`import asyncio\n\nasync def f(x, e):\n    ${body}\n`);
    const coroutine = model.parsed.module.body.at(-1);
    const here = findExpression(model, 'here()');
    expect(coroutine?.kind === 'AsyncFunctionDef' && raisesCancellationAfter(here, coroutine, model)).toBe(
      expected,
    );
  });
});
