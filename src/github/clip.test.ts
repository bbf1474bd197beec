import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipMarkdown, clipText } from './clip.ts';

const tail = 'and so on '.repeat(20);

describe('clipMarkdown', () => {
  it.each([
    ['cuts between lines', 'one\ntwo\n', 40, 'one\ntwo\n\n*The rest did not fit.*'],
    ['closes a fence', '```python\nx = 1\n', 50, '```python\nx = 1\n```\n\n*The rest did not fit.*'],
    ['does not close a closed fence', '~~~~\nx\n~~~~\n', 42, '~~~~\nx\n~~~~\n\n*The rest did not fit.*'],
  ])('%s', (_what, text, limit, expected) => {
    expect(clipMarkdown(text + tail, limit)).toBe(expected);
  });

  it('leaves what fits', () => {
    expect(clipMarkdown('one\ntwo', 7)).toBe('one\ntwo');
  });

  it('never exceeds the limit', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('```', '````python', '~~~', 'é'.repeat(20)));
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 40, max: 200 }), (lines, limit) => {
        expect(Buffer.byteLength(clipMarkdown(lines.join('\n'), limit))).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe('clipText', () => {
  it.each([
    ['leaves what fits', 'abc', 3, 'abc'],
    ['counts bytes', 'éééé', 7, 'éé…'],
    ['cuts no character in two', '😀😀', 7, '😀…'],
  ])('%s', (_what, text, limit, expected) => {
    expect(clipText(text, limit)).toBe(expected);
  });
});
