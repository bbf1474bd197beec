import { expect, it } from 'vitest';
import { sourceFromString } from '../python/source-text.ts';
import type { Module, TextRange } from '../python/syntax-tree.ts';
import { describeSyntaxErrors } from './syntax-errors.ts';

const text = 'line\n'.repeat(20);
const module: Module = { kind: 'Module', start: 0, end: text.length, parent: null, body: [] };

/** A range over whole lines, from 1. */
function lines(first: number, last = first): TextRange {
  return { start: (first - 1) * 5, end: last * 5 - 1 };
}

it.each<[string, readonly TextRange[], readonly string[]]>([
  ['nothing', [], []],
  ['a line', [lines(3)], ['3: Line 3 could not be parsed as Python; the rest of the file was analysed.']],
  [
    'lines',
    [lines(3, 5)],
    ['3: Lines 3 to 5 could not be parsed as Python; the rest of the file was analysed.'],
  ],
  [
    'an empty place',
    [{ start: 7, end: 7 }],
    ['2: Line 2 could not be parsed as Python; the rest of the file was analysed.'],
  ],
  [
    'neighbours as one',
    [lines(3), lines(3, 4), lines(5, 6), lines(8)],
    [
      '3: Lines 3 to 6 could not be parsed as Python; the rest of the file was analysed.',
      '8: Line 8 could not be parsed as Python; the rest of the file was analysed.',
    ],
  ],
  [
    'the first few of many',
    [lines(1), lines(4), lines(7), lines(10), lines(13)],
    [
      '1: Line 1 could not be parsed as Python; the rest of the file was analysed.',
      '4: Line 4 could not be parsed as Python; the rest of the file was analysed.',
      '7: Line 7 could not be parsed as Python, nor 2 others; the rest of the file was analysed.',
    ],
  ],
])('describes %s', (_, errors, expected) => {
  const described = describeSyntaxErrors('a.py', {
    source: sourceFromString(text),
    module,
    nodes: [module],
    comments: [],
    errors,
  });
  expect(described.map(({ line, message }) => `${line}: ${message}`)).toEqual(expected);
});
