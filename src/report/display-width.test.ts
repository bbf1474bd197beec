import { describe, expect, it } from 'vitest';
import { displayWidth, expandTabs } from './display-width.ts';

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['', 0],
    ['日本', 4],
    ['ﾊﾝｶｸ', 4],
    ['한글', 4],
    ['e\u0301', 1],
    ['😀', 2],
    ['𐐀', 1],
    ['a\u200bb', 2],
  ])('of %j is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('expandTabs', () => {
  it.each([
    ['\tx', '    x'],
    ['a\tx', 'a   x'],
    ['abcd\tx', 'abcd    x'],
    ['日\tx', '日  x'],
    ['\t\tx', '        x'],
  ])('shows %j as %j', (text, expected) => {
    expect(expandTabs(text, 4)).toBe(expected);
  });
});
