import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableFileError } from '../errors.ts';
import { decodeSource, encodeSource, sourceFromString } from './source-text.ts';

const BOM = [0xef, 0xbb, 0xbf];

function bytesOf(...parts: (string | number[])[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap(part => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  );
}

function failureOf(bytes: Uint8Array): UnreadableFileError {
  try {
    decodeSource(bytes);
  } catch (error) {
    if (error instanceof UnreadableFileError) return error;
  }
  throw new Error('decodeSource did not refuse the bytes');
}

describe('decodeSource', () => {
  it.each([
    ['no cookie', bytesOf('s = "é"'), 'utf-8', 's = "é"'],
    ['byte order mark', bytesOf(BOM, 's = "é"'), 'utf-8', 's = "é"'],
    ['byte order mark and the same cookie', bytesOf(BOM, '# coding: utf8\n'), 'utf-8', '# coding: utf8\n'],
    ['Emacs style', bytesOf('# -*- coding: utf-8-unix -*-\n'), 'utf-8', '# -*- coding: utf-8-unix -*-\n'],
    ['Latin-1', bytesOf('# coding: latin-1\n', [0xe9, 0x80]), 'iso-8859-1', '# coding: latin-1\né\x80'],
    [
      'Latin-1 by another name',
      bytesOf('# coding=ISO_8859_1\n', [0xe9]),
      'iso-8859-1',
      '# coding=ISO_8859_1\né',
    ],
    ['ASCII', bytesOf('# coding: US-ASCII\nx'), 'ascii', '# coding: US-ASCII\nx'],
    ['Windows', bytesOf('# coding: cp1252\n', [0x80]), 'windows-1252', '# coding: cp1252\n€'],
    ['Cyrillic', bytesOf('# coding: koi8_r\n', [0xc1]), 'koi8-r', '# coding: koi8_r\nа'],
    ['Japanese', bytesOf('# coding: sjis\n', [0x82, 0xa0]), 'shift_jis', '# coding: sjis\nあ'],
    ['Chinese', bytesOf('# coding: gb2312\n', [0xd6, 0xd0]), 'gbk', '# coding: gb2312\n中'],
    [
      'cookie on the second line',
      bytesOf('#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n', [0x80]),
      'windows-1252',
      '#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n€',
    ],
    [
      'cookie behind a blank line',
      bytesOf(' \t\r\n#coding:latin1\r\n', [0xe9]),
      'iso-8859-1',
      ' \t\r\n#coding:latin1\r\né',
    ],
    [
      'lone carriage returns',
      bytesOf('#!x\r#coding:latin1\r', [0xe9]),
      'iso-8859-1',
      '#!x\r#coding:latin1\ré',
    ],
  ])('reads %s', (_, bytes, encoding, text) => {
    const source = decodeSource(bytes);

    expect([source.encoding, source.text]).toEqual([encoding, text]);
  });

  it.each([
    ['behind code', 'x = 1\n# coding: nonsense\n'],
    ['on the third line', '#\n#\n# coding: nonsense\n'],
    ['inside a string', 's = "# coding: nonsense"\n'],
    ['without a separator', '# encoding nonsense\n'],
  ])('takes no cookie %s', (_, text) => {
    expect(decodeSource(bytesOf(text)).encoding).toBe('utf-8');
  });

  it('finds a cookie behind a very long first line', () => {
    expect(decodeSource(bytesOf(`#${'!'.repeat(5000)}\n# coding: latin-1\n`)).encoding).toBe('iso-8859-1');
  });

  it.each([
    ['an unknown encoding', bytesOf('#\n# coding: klingon\n'), 2, 'klingon'],
    ['an encoding that a cookie cannot be in', bytesOf('# coding: utf-16\n'), 1, 'utf-16'],
    ['a byte order mark against the cookie', bytesOf(BOM, '# coding: latin-1\n'), 1, 'byte order mark'],
    ['bytes that are not UTF-8', bytesOf('a\nb\n', [0xff], '\n'), 3, 'save it as UTF-8'],
    ['a surrogate in UTF-8', bytesOf('a\n', [0xed, 0xa0, 0x80]), 2, 'not utf-8'],
    ['bytes that are not ASCII', bytesOf('# coding: ascii\n\n', [0xe9]), 3, 'not ascii'],
    ['NUL bytes', bytesOf('a\n\nb', [0]), 3, 'NUL'],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x78, 0]), 1, 'NUL'],
  ])('refuses %s', (_, bytes, line, word) => {
    const error = failureOf(bytes);

    expect([error.kind, error.line, error.message]).toEqual([
      'encoding',
      line,
      expect.stringContaining(word),
    ]);
  });

  it.each([
    ['a = 1', '\n'],
    ['a\nb\r\n', '\n'],
    ['a\r\nb\n', '\r\n'],
    ['a\rb\n', '\r'],
  ])('tells the line end of %j', (text, newline) => {
    expect(decodeSource(bytesOf(text)).newline).toBe(newline);
  });

  it('throws nothing but UnreadableFileError', () => {
    const cookie = fc.constantFrom(
      '',
      '# coding: latin-1\n',
      '# coding: gbk\n',
      '# coding: euc_jp\n',
      '# coding: iso2022_jp\n',
    );
    fc.assert(
      fc.property(cookie, fc.uint8Array(), (line, bytes) => {
        try {
          decodeSource(bytesOf(line, [...bytes]));
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableFileError);
        }
      }),
    );
  });
});

describe('encodeSource', () => {
  it.each([
    ['UTF-8', bytesOf('s = "é🐍"\r\n')],
    ['UTF-8 with a byte order mark', bytesOf(BOM, 's = 1\n')],
    ['Latin-1', bytesOf('# coding: latin-1\n', [0xe9, 0x80, 0xff])],
    ['Windows', bytesOf('# coding: cp1252\n', [0x80, 0x81])],
    ['Cyrillic', bytesOf('# coding: koi8-r\n', [0xc1, 0xff])],
    ['Japanese', bytesOf('# coding: euc-jp\n', [0xa4, 0xa2])],
    ['Chinese', bytesOf('# coding: big5\n', [0xa4, 0xa4])],
  ])('gives back the bytes of %s', (_, bytes) => {
    const source = decodeSource(bytes);

    expect(encodeSource(source, source.text)).toEqual(bytes);
  });

  it.each(['latin-1', 'cp1252', 'ascii', 'gbk'])('refuses a character that %s lacks', name => {
    const source = decodeSource(bytesOf(`# coding: ${name}\n`));

    expect(() => encodeSource(source, `${source.text}\ns = "🐍"`)).toThrow(
      expect.objectContaining({ kind: 'encoding', line: 3 }),
    );
  });

  it.each(['iso-8859-1', 'windows-1252', 'gbk', 'shift_jis'])('is the inverse of reading in %s', name => {
    const head = `# coding: ${name}\n`;
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '中', 'あ', '\n', '€') }), text => {
        const source = decodeSource(bytesOf(head));
        const bytes = tryEncode(() => encodeSource(source, head + text));
        if (bytes !== undefined) expect(decodeSource(bytes).text).toBe(head + text);
      }),
    );
  });
});

function tryEncode(encode: () => Uint8Array): Uint8Array | undefined {
  try {
    return encode();
  } catch {
    return undefined;
  }
}

describe('sourceFromString', () => {
  it('keeps a byte order mark apart from the text', () => {
    const source = sourceFromString('\ufeffx = 1');

    expect([source.bom, source.text, encodeSource(source, source.text)[0]]).toEqual([true, 'x = 1', 0xef]);
  });
});
