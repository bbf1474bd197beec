import { describe, expect, it } from 'vitest';
import { applySuggestion, suggestionIn } from './suggestions.ts';

describe('suggestionIn', () => {
  it.each([
    ['a block', 'Await it.\n\n```suggestion\n    await f()\n```\nMore.', ['    await f()']],
    ['a block with a fence in it', '````suggestion\n```\n````', ['```']],
    ['an empty block, which deletes', '```suggestion\n```', []],
    ['a block of another language', '```python\nf()\n```', null],
    ['no block', 'Await it.', null],
  ])('finds %s', (_, body, lines) => {
    expect(suggestionIn(body)).toEqual(lines);
  });
});

describe('applySuggestion', () => {
  const text = 'one\ntwo\nthree\n';

  it.each([
    ['one line', text, { line: 2, startLine: null, body: '```suggestion\n2\n```' }, 'one\n2\nthree\n'],
    ['some lines', text, { line: 3, startLine: 2, body: '```suggestion\n2 and 3\n```' }, 'one\n2 and 3\n'],
    ['by nothing', text, { line: 2, startLine: null, body: '```suggestion\n```' }, 'one\nthree\n'],
    [
      'with its line ends',
      'a\r\nb\r\n',
      { line: 1, startLine: null, body: '```suggestion\nA\n```' },
      'A\r\nb\r\n',
    ],
  ])('replaces %s', (_, before, place, after) => {
    expect(applySuggestion(before, place)).toBe(after);
  });
});
