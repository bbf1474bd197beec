import { describe, expect, it } from 'vitest';
import { decodeLiteral, literalPrefix } from './string-literals.ts';

const PLAIN = { raw: false, braces: false };
const RAW = { raw: true, braces: false };
const FORMAT = { raw: false, braces: true };
const RAW_FORMAT = { raw: true, braces: true };

describe('decodeLiteral', () => {
  it.each([
    ['nothing special', 'a{b}', PLAIN, 'a{b}'],
    ['simple escapes', String.raw`\n\t\\\'\"\a\b\f\v\r`, PLAIN, '\n\t\\\'"\x07\b\f\v\r'],
    ['numbers', String.raw`\0\12\1234\x41\u00e9\U0001F40D`, PLAIN, '\0\nS4Aé🐍'],
    ['a continued line', 'a\\\nb\\\r\nc\\\rd', PLAIN, 'abcd'],
    ['line ends', 'a\r\nb\rc\nd', PLAIN, 'a\nb\nc\nd'],
    ['an unknown escape', String.raw`\q\8\{`, PLAIN, String.raw`\q\8\{`],
    ['an escape cut short', String.raw`\x4 \u12 \U0011FFFF`, PLAIN, String.raw`\x4 \u12 \U0011FFFF`],
    ['a character by name', String.raw`a\N{EM DASH}b`, PLAIN, 'a\ufffdb'],
    ['a raw literal', `${String.raw`\n\\`}\r\n{{`, RAW, `${String.raw`\n\\`}\n{{`],
    ['doubled braces', '{{a}}', FORMAT, '{a}'],
    ['a backslash before a brace', String.raw`\{{`, FORMAT, String.raw`\{`],
    ['a name before braces', String.raw`\N{EM DASH}}}`, FORMAT, '\ufffd}'],
    ['doubled braces in a raw literal', String.raw`\n{{`, RAW_FORMAT, String.raw`\n{`],
  ])('reads %s', (_, text, mode, value) => {
    expect(decodeLiteral(text, mode)).toBe(value);
  });
});

describe('literalPrefix', () => {
  it.each([
    ['"', '', 0],
    ["R'", 'raw', 1],
    ['bR"""', 'raw bytes', 2],
    ['F"', 'format', 1],
    ['rT"', 'raw template', 2],
    ['u"', '', 1],
  ])('reads the prefix of %s', (opening, words, length) => {
    const prefix = literalPrefix(opening);
    const found = (['raw', 'bytes', 'format', 'template'] as const).filter(name => prefix[name]);

    expect([found.join(' '), prefix.length]).toEqual([words, length]);
  });
});
