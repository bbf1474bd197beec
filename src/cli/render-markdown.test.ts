import { describe, expect, it } from 'vitest';
import { plainPalette, terminalPalette } from '../report/palette.ts';
import { renderMarkdown } from './render-markdown.ts';

describe('renderMarkdown', () => {
  it.each([
    ['# A `title`', 'A `title`'],
    ['One\ntwo three four five six', 'One two three\nfour five six'],
    ['one **two**three', 'one twothree'],
    ['See `a b c d e f g` there', 'See\n`a b c d e f g`\nthere'],
    ['(`x`), [text](https://x.y)', '(`x`), text\n(https://x.y)'],
    ['one  \ntwo', 'one\ntwo'],
    ['<!-- hidden -->\n\none', 'one'],
    ['- one\n- two three four\n  - inner', '- one\n- two three\n  four\n  - inner'],
    ['- one\n\n- two', '- one\n\n- two'],
    ['9. one\n10. two', '9. one\n10. two'],
    ['> one two three four', '| one two\n| three four'],
    ['| a | bb |\n|---|---|\n| `ccc` | d |', 'a      bb\n`ccc`  d'],
    ['```python\nx = 1\n\ny = 2\n```', '    x = 1\n\n    y = 2'],
    ['```python wrong\nx = 1\n```', 'Wrong:\n    x = 1'],
    ['one\n\n---\n\ntwo', 'one\n\n--------------\n\ntwo'],
    ['a &amp; \\*b\\*', 'a & *b*'],
    ['雪雪雪雪 雪雪雪雪', '雪雪雪雪\n雪雪雪雪'],
  ])('draws %j', (markdown, expected) => {
    expect(renderMarkdown(markdown, { palette: plainPalette, width: 14 })).toBe(`${expected}\n`);
  });

  it('does not count colours as columns', () => {
    const drawn = renderMarkdown('`aaaa` `bbbb`', { palette: terminalPalette, width: 9 });

    expect(drawn).toBe('\u001b[36maaaa\u001b[39m \u001b[36mbbbb\u001b[39m\n');
  });
});
