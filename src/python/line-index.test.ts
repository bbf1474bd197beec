import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineIndex } from './line-index.ts';

describe('LineIndex', () => {
  it.each([
    ['', 1],
    ['x', 1],
    ['x\n', 2],
    ['x\ny', 2],
    ['x\r\ny\r\n', 3],
    ['x\ry', 2],
    ['x\n\ry', 3],
    ['x\r\r\ny', 3],
    ['x\fy\u2028z\u0085\v', 1],
  ])('counts the lines of %j as Python does: %i', (text, count) => {
    expect(new LineIndex(text).count).toBe(count);
  });

  it.each([
    ['first', 'ab\ncd', 1, 'ab'],
    ['last', 'ab\ncd', 2, 'cd'],
    ['line feed', 'ab\n\ncd', 2, ''],
    ['carriage return and line feed', 'ab\r\ncd\r\n', 1, 'ab'],
    ['lone carriage return', 'ab\rcd', 1, 'ab'],
    ['carriage return before a pair', 'ab\r\r\ncd', 1, 'ab'],
    ['empty behind the last line end', 'ab\n', 2, ''],
    ['before the first', 'ab', 0, ''],
    ['behind the last', 'ab', 2, ''],
  ])('gives a line without its end: %s', (_, text, line, expected) => {
    expect(new LineIndex(text).textOf(line)).toBe(expected);
  });

  it.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 2, 1],
    [5, 2, 3],
    [6, 3, 1],
    [99, 3, 1],
    [-1, 1, 1],
  ])('places offset %i of two short lines at %i:%i', (offset, line, column) => {
    expect(new LineIndex('ab\ncd\n').positionAt(offset)).toEqual({ line, column });
  });

  it('counts a surrogate pair as one column', () => {
    const text = 's = "🐍🐍" # x';

    expect(new LineIndex(text).positionAt(text.indexOf('#'))).toEqual({ line: 1, column: 10 });
  });

  it('finds the offset behind surrogate pairs', () => {
    const text = 'a\ns = "🐍🐍" # x';

    expect(new LineIndex(text).offsetAt({ line: 2, column: 10 })).toBe(text.indexOf('#'));
  });

  it.each(['ab\r\ncd', '🐍b\r\ncd'])('ends a column beyond the line of %j at the end of the line', text => {
    const lines = new LineIndex(text);

    expect(lines.offsetAt({ line: 1, column: 99 })).toBe(lines.endOf(1));
  });

  it('gives both ends of a range', () => {
    expect(new LineIndex('ab\ncd').regionOf({ start: 1, end: 4 })).toEqual({
      line: 1,
      column: 2,
      endLine: 2,
      endColumn: 2,
    });
  });

  it('is its own inverse at every character', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '🐍', 'é', '\f') });
    fc.assert(
      fc.property(text, value => {
        const lines = new LineIndex(value);
        for (
          let offset = 0;
          offset < value.length;
          offset += (value.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
        ) {
          const isLineEnd = '\r\n'.includes(value[offset] ?? '');
          if (!isLineEnd) expect(lines.offsetAt(lines.positionAt(offset))).toBe(offset);
        }
      }),
    );
  });

  it('joins its lines to the text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '🐍') });
    fc.assert(
      fc.property(text, value => {
        const lines = new LineIndex(value);
        const numbers = Array.from({ length: lines.count }, (_, index) => index + 1);
        const joined = numbers
          .map(line => value.slice(lines.startOf(line), lines.startOf(line + 1)))
          .join('');
        expect(joined).toBe(value);
      }),
    );
  });
});
