import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWordSearch } from './word-search.ts';

function foundIn(text: string, words: readonly string[]): readonly string[] {
  const found = new Set<number>();
  createWordSearch(words)(new TextEncoder().encode(text), word => {
    found.add(word);
    return false;
  });
  return words.filter((_, index) => found.has(index));
}

describe('createWordSearch', () => {
  const words = ['async', 'asyncio', 'await', 'trio', 'CancelledError'];

  it.each([
    ['async def f(): ...', ['async']],
    ['import asyncio', ['async', 'asyncio']],
    ['await', ['await']],
    ['nothing of that', []],
    ['xtrio', ['trio']],
    ['trio', ['trio']],
    ['except CancelledError:\n    awai', ['CancelledError']],
    ['asynci', ['async']],
    ['é = "ü"; await x', ['await']],
    ['', []],
  ])('finds in %j %j', (text, expected) => {
    expect(foundIn(text, words)).toEqual(expected);
  });

  it('finds what is there and nothing else', () => {
    const word = fc.stringMatching(/^[ab]{2,5}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^[abc]*$/), fc.uniqueArray(word), (text, list) => {
        expect(foundIn(text, list)).toEqual(list.filter(one => text.includes(one)));
      }),
    );
  });

  it('stops when told that enough is known', () => {
    const found: number[] = [];
    createWordSearch(['one', 'two'])(new TextEncoder().encode('two one two'), word => {
      found.push(word);
      return true;
    });
    expect(found).toEqual([1]);
  });

  it('refuses words that are too short to search for', () => {
    expect(() => createWordSearch(['async', 'x'])).toThrow('at least two letters');
  });
});
