import { describe, expect, it } from 'vitest';
import { diffLineOf, diffLinesOf } from './diff-lines.ts';

describe('diffLinesOf', () => {
  it.each<[string, string, readonly string[]]>([
    ['nothing', '', []],
    ['a line without an end', 'a', ['a']],
    ['lines with ends', 'a\nb\n', ['a', 'b']],
    ['empty lines', '\n\n', ['', '']],
    ['line ends of Windows', 'a\r\nb', ['a\r', 'b']],
    ['what ends no line for git', 'a\rb\fc\u2028d\n', ['a\rb\fc\u2028d']],
  ])('divides %s', (_, text, expected) => {
    const lines = diffLinesOf(text);
    expect(Array.from({ length: lines.count }, (_, index) => lines.textOf(index + 1))).toEqual(expected);
  });

  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [4, 3],
    [9, 3],
  ])('finds the line of offset %i', (offset, line) => {
    expect(diffLinesOf('a\nb\n').lineAt(offset)).toBe(line);
  });
});

describe('diffLineOf', () => {
  it.each([
    ['a\nb\nc\n', 3, 3],
    ['a\r\nb\r\nc\r\n', 3, 3],
    ['a\rb\nc\n', 2, 1],
    ['a\rb\nc\n', 3, 2],
  ])('finds in %j where line %i of Python begins', (text, line, expected) => {
    expect(diffLineOf(diffLinesOf(text), line)).toBe(expected);
  });
});
