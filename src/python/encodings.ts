import { invariant } from '../errors.ts';

/** How the bytes of one encoding become text and back. */
export interface TextCodec {
  /** The encoding's usual name, in lower case. */
  readonly name: string;
  /** Throws when the bytes are not of this encoding. */
  readonly decode: (bytes: Uint8Array) => string;
  /** `undefined` when a character of the text does not exist in this encoding. */
  readonly encode: (text: string) => Uint8Array | undefined;
}

const LATIN1 = /^(latin-?1|iso-?latin-?1|iso-?8859-?1|8859|cp819|ibm819|l1)(-|$)/;
const ASCII = /^(us-ascii|ascii|646|cp367|ibm367|ansi-x3\.4-19(68|86)|iso-ir-6|iso646-us)$/;
const UTF8 = /^(utf-?8|u8|cp65001)(-|$)|^utf$/;

/**
 * Labels of the Encoding Standard for names that only Python uses
 * (https://docs.python.org/3/library/codecs.html#standard-encodings, https://encoding.spec.whatwg.org/#names-and-labels).
 * Left out are those that would decode other characters than Python does.
 */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['mac-roman', 'macintosh'],
  ['macroman', 'macintosh'],
  ['mac-cyrillic', 'x-mac-cyrillic'],
  ['maccyrillic', 'x-mac-cyrillic'],
  ['euckr', 'euc-kr'],
  ['cp949', 'euc-kr'],
  ['ms949', 'euc-kr'],
  ['uhc', 'euc-kr'],
  ['eucjp', 'euc-jp'],
  ['ujis', 'euc-jp'],
  ['u-jis', 'euc-jp'],
  ['cp932', 'shift_jis'],
  ['ms932', 'shift_jis'],
  ['mskanji', 'shift_jis'],
  ['s-jis', 'shift_jis'],
  ['shift-jis', 'shift_jis'],
  ['shiftjis', 'shift_jis'],
  ['cp936', 'gbk'],
  ['ms936', 'gbk'],
  ['936', 'gbk'],
  ['euccn', 'gbk'],
  ['euc-cn', 'gbk'],
  ['eucgb2312-cn', 'gbk'],
  ['big5-tw', 'big5'],
  ['gb18030-2000', 'gb18030'],
]);

/** The encodings of the Encoding Standard that no Python source can be in, since its cookie would not be ASCII. */
const IMPOSSIBLE = new Set(['utf-16le', 'utf-16be', 'replacement', 'x-user-defined']);

/**
 * The codec for a name as Python's `codecs` knows it, in any spelling; `undefined` for an unknown one.
 * `latin-1` and `ascii` mean exactly that, not windows-1252 as in browsers.
 */
export function findCodec(name: string): TextCodec | undefined {
  const normal = name.toLowerCase().replaceAll(/[_ ]+/g, '-');
  if (UTF8.test(normal)) return utf8;
  if (LATIN1.test(normal)) return singleByte('iso-8859-1', 0x100);
  if (ASCII.test(normal)) return singleByte('ascii', 0x80);
  return runtimeCodec(normal);
}

/** UTF-8; a byte order mark is kept as a character. */
export const utf8: TextCodec = {
  name: 'utf-8',
  decode: bytes => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
  encode: text => new TextEncoder().encode(text),
};

/** An encoding whose bytes below `size` are the code points of the same number, and that has no others. */
function singleByte(name: string, size: number): TextCodec {
  return {
    name,
    decode(bytes) {
      if (bytes.some(byte => byte >= size)) throw new TypeError(`not ${name}`);
      return latin1Text(bytes);
    },
    encode(text) {
      const bytes = new Uint8Array(text.length);
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        if (code >= size) return undefined;
        bytes[index] = code;
      }
      return bytes;
    },
  };
}

/** Each byte as the code point of the same number. */
export function latin1Text(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 8192)));
  }
  return parts.join('');
}

function runtimeCodec(normal: string): TextCodec | undefined {
  const label = ALIASES.get(normal) ?? normal.replace(/^(?:cp|windows)-?(125[0-8])$/, 'windows-$1');
  const decoder = tryDecoder(label);
  if (decoder === undefined || IMPOSSIBLE.has(decoder.encoding)) return undefined;
  return {
    name: decoder.encoding,
    decode: bytes => decoder.decode(bytes),
    encode: text => encodeByTable(decoder, text),
  };
}

function tryDecoder(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return undefined;
  }
}

/** JavaScript can decode these encodings but not encode them: so the table is made by decoding every sequence. */
function encodeByTable(decoder: TextDecoder, text: string): Uint8Array | undefined {
  const table = encodingTable(decoder);
  const bytes: number[] = [];
  for (const character of text) {
    const sequence = table.get(character);
    if (sequence === undefined) return undefined;
    bytes.push(...sequence);
  }
  const encoded = Uint8Array.from(bytes);
  return decoder.decode(encoded) === text ? encoded : undefined;
}

/** A table takes tens of milliseconds to make; there are as many as encodings. */
const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

function encodingTable(decoder: TextDecoder): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(decoder.encoding);
  if (known !== undefined) return known;
  const table = makeTable(decoder);
  tables.set(decoder.encoding, table);
  return table;
}

function makeTable(decoder: TextDecoder): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  const add = (sequence: readonly number[]): boolean => {
    try {
      const character = decoder.decode(Uint8Array.from(sequence));
      if ([...character].length !== 1) return true;
      if (!table.has(character)) table.set(character, sequence);
      return true;
    } catch {
      return false;
    }
  };
  const leads: number[] = [];
  for (let byte = 0; byte < 0x100; byte++) if (!add([byte])) leads.push(byte);
  for (const lead of leads) for (let trail = 0x40; trail < 0x100; trail++) add([lead, trail]);
  invariant(table.size >= 0x80, `${decoder.encoding} has the ASCII characters`);
  return table;
}
