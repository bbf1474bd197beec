import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength, clip, fits, joinWithin } from './budget.ts';

const text = fc.string({ unit: 'grapheme' });
const budget = fc.record({
  characters: fc.integer({ min: 3, max: 40 }),
  bytes: fc.integer({ min: 3, max: 60 }),
});

describe('clip', () => {
  it.each([
    ['short', 10, 10, 'short'],
    ['abcdef', 4, 100, 'abc…'],
    ['ééé', 100, 5, 'é…'],
    ['a😀b', 3, 100, 'a…'],
    ['a😀b', 4, 100, 'a😀b'],
  ])('cuts %j to %i characters and %i bytes', (whole, characters, bytes, expected) => {
    expect(clip(whole, { characters, bytes })).toBe(expected);
  });

  it('always fits and never cuts a character', () => {
    fc.assert(
      fc.property(text, budget, (whole, limit) => {
        const cut = clip(whole, limit);
        expect(fits(cut, limit)).toBe(true);
        expect(cut.isWellFormed()).toBe(whole.isWellFormed());
      }),
    );
  });
});

describe('joinWithin', () => {
  it.each([
    [100, 'Found: a, b, c.'],
    [14, 'Found: a, +2.'],
    [11, 'Found: +3.'],
  ])('puts whole items into %i characters', (characters, expected) => {
    const parts = { before: 'Found: ', items: ['a, ', 'b, ', 'c'], after: '.', note: (n: number) => `+${n}` };
    expect(joinWithin({ characters, bytes: 100 }, parts)).toBe(expected);
  });

  it('always fits when the frame does', () => {
    fc.assert(
      fc.property(fc.array(text), fc.integer({ min: 30, max: 90 }), (items, limit) => {
        const parts = { before: 'before', items, after: 'after', note: (n: number) => ` and ${n} more` };
        const joined = joinWithin({ characters: limit, bytes: limit }, parts);
        expect(byteLength(joined)).toBeLessThanOrEqual(limit);
      }),
    );
  });
});
