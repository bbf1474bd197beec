import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import {
  codeCell,
  codeSpan,
  divideSpans,
  escapeMarkdown,
  linkTarget,
  safeMarkdown,
} from './escape-markdown.ts';
import { printable } from './printable.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });

const plain = [
  'inline',
  'text',
  'text_special',
  'softbreak',
  'code_inline',
  'paragraph_open',
  'paragraph_close',
];

/** What a reader sees: text outside of code (without characters that have no width), code, and any other markup. */
function rendered(source: string): { text: string; code: readonly string[]; tags: readonly string[] } {
  const tokens = markdown.parse(source, {}).flatMap(token => [token, ...(token.children ?? [])]);
  const shown = tokens.filter(token => ['text', 'text_special', 'softbreak'].includes(token.type));
  return {
    text: shown
      .map(token => (token.type === 'softbreak' ? ' ' : token.content))
      .join('')
      .replaceAll(/[\u200b\u2060]/g, ''),
    code: tokens.filter(token => token.type === 'code_inline').map(token => token.content),
    tags: tokens.map(token => token.type).filter(type => !plain.includes(type)),
  };
}

/** Text that is out for trouble. */
const hostile = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        '@octocat',
        '<script>',
        '</sub>',
        '<!--',
        '-->',
        '```',
        '`',
        '``',
        '|',
        '\\',
        '**',
        '_',
        '[a](https://b.example)',
        '#12',
        '&lt;',
        '\n',
        '\n\n# ',
        '\r',
        ' ',
        'name',
        '~~~',
        '> ',
        '1. ',
        '\u202e',
        '\u200f',
        '\u001b[31m',
        '\t',
      ),
      { maxLength: 12 },
    )
    .map(parts => parts.join('')),
  fc.string({ unit: 'grapheme' }),
);

const collapsed = (text: string) => printable(text).replaceAll(/\s+/g, ' ').trim();

describe('escapeMarkdown', () => {
  it.each([
    ['a plain text', 'a plain text'],
    ['__init__.py', '\\_\\_init\\_\\_.py'],
    ['@octocat fixes #12', '@&#8203;octocat fixes #&#8203;12'],
    ['<b>&amp;</b>', '&lt;b&gt;&amp;amp;&lt;/b&gt;'],
    ['# title', '\\# title'],
    ['- item', '\\- item'],
    ['two\nlines', 'two lines'],
    ['a|b', 'a\\|b'],
  ])('writes %j as %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  it('shows any text as it is, and makes nothing of it', () => {
    fc.assert(
      fc.property(hostile, text => {
        const { text: shown, code, tags } = rendered(`x ${escapeMarkdown(text)}`);
        expect(collapsed(shown)).toBe(collapsed(`x ${text.replaceAll(/[\u200b\u2060]/g, '')}`));
        expect([...code, ...tags]).toEqual([]);
      }),
    );
  });

  it('never leaves a mention or a tag', () => {
    fc.assert(
      fc.property(hostile, text => {
        expect(escapeMarkdown(text)).not.toMatch(/@\w|<\/?\w|<!--/);
      }),
    );
  });
});

describe('codeSpan', () => {
  it.each([
    ['x', '`x`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['', '` `'],
    [' a ', '`  a  `'],
    ['a\nb', '`a b`'],
    ['a\u202eb\u200f', '`a\\x202eb\\x200f`'],
  ])('writes %j as %j', (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });

  it('is one code span with exactly this text', () => {
    fc.assert(
      fc.property(
        hostile.filter(text => text.trim() !== ''),
        text => {
          const { text: around, code } = rendered(`x ${codeSpan(text)} y`);
          expect(around).toBe('x  y');
          expect(code).toEqual([printable(text)]);
        },
      ),
    );
  });
});

describe('codeCell', () => {
  it('is one cell of a table', () => {
    fc.assert(
      fc.property(hostile, text => {
        const html = markdown.render(`| a | b |\n|---|---|\n| ${codeCell(text)} | end |\n`);
        expect(html).toContain('<td>end</td>');
        expect(html).not.toContain('<script');
      }),
    );
  });
});

describe('safeMarkdown', () => {
  it.each([
    ['`time.sleep` blocks the event loop.', '`time.sleep` blocks the event loop.'],
    ['Use `a`b` here.', 'Use `a`b\\` here.'],
    ['Use ``a`b`` here.', 'Use ``a`b`` here.'],
    ['`@app.get` of @octocat', '`@app.get` of @&#8203;octocat'],
    ['an <img src=x> in `<b>`', 'an &lt;img src=x&gt; in `<b>`'],
  ])('writes %j as %j', (source, expected) => {
    expect(safeMarkdown(source)).toBe(expected);
  });

  it('makes nothing but code spans', () => {
    fc.assert(
      fc.property(hostile, text => {
        expect(rendered(`x ${safeMarkdown(text)}`).tags).toEqual([]);
      }),
    );
  });
});

describe('divideSpans', () => {
  it('keeps the whole text', () => {
    fc.assert(
      fc.property(hostile, text => {
        expect(
          divideSpans(text)
            .map(part => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('linkTarget', () => {
  it.each([
    ['https://a.example/rules/x', 'https://a.example/rules/x'],
    ['https://a.example/(x)', 'https://a.example/%28x%29'],
    ['javascript:alert(1)', null],
    ['rules/x.md', null],
    ['https://a.example/x y', null],
  ])('gives for %j %j', (url, expected) => {
    expect(linkTarget(url)).toBe(expected);
  });
});
