import { describe, expect, it } from 'vitest';
import { modelOf } from '../../test/support/model.ts';
import { descendants } from '../python/visitor.ts';
import { cancellationCaught } from './cancellation.ts';

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
  ])('%s: except %s does not', async (imports, type) => {
    expect(await caught(`${imports}\ntry:\n    f()\nexcept ${type}:\n    pass\n`)).toBeNull();
  });
});
