import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryVersions } from '../../test/support/arbitrary-texts.ts';
import { diffLinesOf } from './diff-lines.ts';
import { diffTexts, parseHunks } from './hunks.ts';
import { mapLines } from './line-map.ts';

const twoHunks = '@@ -2,3 +2,4 @@\n b\n-c\n+C\n+c2\n d\n@@ -10,3 +11,2 @@\n j\n-k\n l';

describe('mapLines', () => {
  it.each<[string, string, number, number | null]>([
    ['before the first hunk', twoHunks, 1, 1],
    ['on a context line', twoHunks, 2, 2],
    ['on a deleted line', twoHunks, 3, null],
    ['behind the first change', twoHunks, 4, 5],
    ['between the hunks', twoHunks, 9, 10],
    ['on the line that is only deleted', twoHunks, 11, null],
    ['behind the last hunk', twoHunks, 100, 100],
    ['in an unchanged file', '', 7, 7],
    ['at an insertion without context', '@@ -4,0 +5,2 @@\n+a\n+b', 4, 4],
    ['behind an insertion without context', '@@ -4,0 +5,2 @@\n+a\n+b', 5, 7],
    ['before a deletion without context', '@@ -4,2 +3,0 @@\n-a\n-b', 3, 3],
    ['behind a deletion without context', '@@ -4,2 +3,0 @@\n-a\n-b', 6, 4],
  ])('finds the head line %s', (_, patch, base, head) => {
    expect(mapLines(parseHunks(patch)).headLineOf(base)).toBe(head);
  });

  it.each<[string, number, number | null]>([
    ['an added line', 3, null],
    ['another added line', 4, null],
    ['a context line behind them', 5, 4],
    ['a line behind a deletion', 12, 12],
    ['a line between the hunks', 8, 7],
  ])('finds the base line of %s', (_, head, base) => {
    expect(mapLines(parseHunks(twoHunks)).baseLineOf(head)).toBe(base);
  });

  it('gives the unbroken runs of changed lines', () => {
    expect(mapLines(parseHunks(twoHunks)).blocks).toEqual([
      { baseStart: 3, baseCount: 1, headStart: 3, headCount: 2 },
      { baseStart: 11, baseCount: 1, headStart: 12, headCount: 0 },
    ]);
  });

  it('maps lines to lines of the same text, and back', () => {
    fc.assert(
      fc.property(arbitraryVersions, ([base, head]) => {
        const map = mapLines(diffTexts(base, head));
        const before = diffLinesOf(base);
        const after = diffLinesOf(head);
        for (let line = 1; line <= before.count; line++) {
          const to = map.headLineOf(line);
          if (to === null) continue;
          expect(after.textOf(to)).toBe(before.textOf(line));
          expect(map.baseLineOf(to)).toBe(line);
        }
      }),
    );
  });
});
