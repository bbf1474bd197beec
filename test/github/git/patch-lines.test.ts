import { describe, expect, it } from 'vitest';
import { diffHunkUpTo, findPatchLine, followLine, patchLines } from './patch-lines.ts';

const patch = [
  '@@ -1,3 +1,3 @@',
  ' one',
  '-two',
  '+2',
  ' three',
  '@@ -10,2 +10,3 @@ def f():',
  ' ten',
  '+eleven',
  '+twelve',
  '\\ No newline at end of file',
].join('\n');

describe('findPatchLine', () => {
  it.each([
    ['a context line at the right', 'RIGHT', 1, 1],
    ['an added line at the right', 'RIGHT', 2, 3],
    ['a deleted line at the left', 'LEFT', 2, 2],
    ['a line of the second hunk', 'RIGHT', 12, 8],
    ['no context line at the left', 'LEFT', 1, undefined],
    ['no line between the hunks', 'RIGHT', 5, undefined],
    ['no marker of a missing line end', 'RIGHT', 13, undefined],
  ] as const)('finds %s', (_, side, line, position) => {
    expect(findPatchLine(patchLines(patch), side, line)?.position).toBe(position);
  });
});

describe('diffHunkUpTo', () => {
  it('gives the hunk up to the line', () => {
    expect(diffHunkUpTo(patch, 7)).toBe('@@ -10,2 +10,3 @@ def f():\n ten\n+eleven');
  });
});

describe('followLine', () => {
  const changes = ['@@ -3,0 +4,2 @@', '+a', '+b', '@@ -10,2 +13 @@', '-c', '-d', '+e'].join('\n');

  it.each([
    [3, 3],
    [4, 6],
    [10, null],
    [11, null],
    [12, 13],
  ])('follows line %i to %o', (from, to) => {
    expect(followLine(changes, from)).toBe(to);
  });
});
