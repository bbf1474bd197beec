import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingOn } from '../../test/support/finding.ts';
import { codeFrame } from './code-frame.ts';
import { displayWidth } from './display-width.ts';
import { plainPalette } from './palette.ts';

function frame(text: string, snippet: string): string {
  return codeFrame(findingOn(text, snippet), text, plainPalette).join('\n');
}

describe('codeFrame', () => {
  it.each<[string, string, string, string]>([
    ['the first line', 'f(1)\n', 'f(1)', '1 | f(1)\n  | ^^^^'],
    ['the line before', 'x = 1\nf(1)\n', 'f(1)', '1 | x = 1\n2 | f(1)\n  | ^^^^'],
    ['no blank line before', '\nf(1)\n', 'f(1)', '2 | f(1)\n  | ^^^^'],
    ['tabs as blanks', 'x\n\tf(1)\n', 'f(1)', '1 | x\n2 |     f(1)\n  |     ^^^^'],
    ['wide characters', '"日本", f(1)\n', 'f(1)', '1 | "日本", f(1)\n  |         ^^^^'],
    ['emoji and combining marks', '"😀e\u0301", f(1)\n', 'f(1)', '1 | "😀e\u0301", f(1)\n  |        ^^^^'],
    ['an empty range', 'f(1)\n', '', '1 | f(1)\n  | ^'],
    ['several lines', 'x = f(\n    1,\n)\n', 'f(\n    1,\n)', '1 | x = f(\n  |     ^^ and the next 2 lines'],
    ['line numbers of different width', `${'\n'.repeat(8)}x\nf(1)\n`, 'f(1)', ' 9 | x\n10 | f(1)\n   | ^^^^'],
    ['line ends of Windows', 'x\r\nf(1)\r\n', 'f(1)', '1 | x\n2 | f(1)\n  | ^^^^'],
  ])('shows %s', (_, text, snippet, expected) => {
    expect(frame(text, snippet)).toBe(expected);
  });

  it('cuts a long line round the finding', () => {
    const text = `${'x = 1; '.repeat(100)}f(1)${'; y = 2'.repeat(100)}\n`;
    const [line = '', carets = ''] = frame(text, 'f(1)').split('\n');
    const at = carets.indexOf('^');
    expect(line.slice(at, at + 4)).toBe('f(1)');
    expect(line.length).toBeLessThan(140);
    expect(line).toMatch(/…$/);
  });

  it('is empty when the text has no such line', () => {
    expect(codeFrame(findingOn('\n\nf(1)\n', 'f(1)'), 'x\n', plainPalette)).toEqual([]);
  });

  it('puts the carets under the finding, whatever stands before it', () => {
    const before = fc.string({
      unit: fc.constantFrom('a', '\t', '日', 'e\u0301', '😀', '\u200b', '𐐀'),
      maxLength: 20,
    });
    fc.assert(
      fc.property(before, text => {
        const [line = '', carets = ''] = frame(`${text}f(1)\n`, 'f(1)').split('\n');
        expect(displayWidth(line.slice(0, line.indexOf('f(1)')))).toBe(carets.indexOf('^'));
        expect(carets.trim().endsWith('^^^^')).toBe(true);
      }),
    );
  });
});
