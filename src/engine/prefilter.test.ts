import { describe, expect, it } from 'vitest';
import { samplePrint } from '../../test/support/sample-rules.ts';
import { createPrefilter } from './prefilter.ts';

function concernedBy(code: string, words: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const rules = Object.entries(words).map(([id, list]) => ({
    rule: { ...samplePrint, theme: 'test', id, words: list },
    severity: 'error' as const,
  }));
  return createPrefilter(rules)(new TextEncoder().encode(code)).map(({ rule }) => rule.id);
}

describe('createPrefilter', () => {
  const words = { sleep: ['async', 'await'], wait: ['asyncio'], trio: ['trio'] };

  it.each([
    ['x = 1\n', []],
    ['async def f(): ...\n', ['sleep']],
    ['import asyncio\n', ['sleep', 'wait']],
    ['await trio.sleep(1)\n', ['sleep', 'trio']],
    ['import trio, asyncio\n', ['sleep', 'wait', 'trio']],
  ])('of %j gives %j', (code, expected) => {
    expect(concernedBy(code, words)).toEqual(expected);
  });

  it('always gives a rule without words', () => {
    expect(concernedBy('x = 1\n', { ...words, every: [] })).toEqual(['every']);
  });
});
