import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryVersions } from '../../test/support/arbitrary-texts.ts';
import { commentableLines, type Side } from './commentable.ts';
import { diffTexts, parseHunks } from './hunks.ts';

const lines = commentableLines(
  parseHunks('@@ -2,3 +2,4 @@\n b\n-c\n+C\n+c2\n d\n@@ -10,3 +11,3 @@\n j\n k\n-l\n+L'),
);

describe('commentableLines', () => {
  it.each<[string, number, Side, number | null]>([
    ['an added line', 3, 'RIGHT', 0],
    ['a context line', 5, 'RIGHT', 0],
    ['a deleted line', 3, 'LEFT', 0],
    ['a context line on the left', 4, 'LEFT', null],
    ['a line before the hunk', 1, 'RIGHT', null],
    ['a line behind the hunk', 6, 'RIGHT', null],
    ['a line of the second hunk', 11, 'RIGHT', 1],
    ['a deleted line of the second hunk', 12, 'LEFT', 1],
  ])('knows the hunk of %s', (_, line, side, hunk) => {
    expect(lines.hunkOf(line, side)).toBe(hunk);
  });

  it.each<[string, number, number, boolean]>([
    ['a whole hunk', 2, 5, true],
    ['one line', 3, 3, true],
    ['a line too many', 2, 6, false],
    ['two hunks', 5, 11, false],
    ['the wrong way round', 5, 2, false],
  ])('tells whether a comment can span %s', (_, first, last, expected) => {
    expect(lines.spans(first, last, 'RIGHT')).toBe(expected);
  });

  it.each<[number, number, boolean]>([
    [2, 3, true],
    [3, 5, false],
    [2, 2, false],
    [11, 13, true],
    [13, 13, false],
  ])('tells whether a deletion lies between %i and %i', (first, last, expected) => {
    expect(lines.hasDeletionInside(first, last)).toBe(expected);
  });

  it('agrees with the hunks', () => {
    fc.assert(
      fc.property(arbitraryVersions, ([base, head]) => {
        const hunks = diffTexts(base, head);
        const commentable = commentableLines(hunks);
        for (const [index, hunk] of hunks.entries()) {
          expect(commentable.spans(hunk.headStart, hunk.headStart + hunk.headCount - 1, 'RIGHT')).toBe(
            hunk.headCount > 0,
          );
          expect(commentable.hunkOf(hunk.headStart - 1, 'RIGHT')).not.toBe(index);
        }
      }),
    );
  });
});
