import { UnreadableFileError } from '../errors.ts';
import { findCodec, latin1Text, type TextCodec, utf8 } from './encodings.ts';
import { LineIndex } from './line-index.ts';

/** A source file's text, and what is needed to write it back as it was. */
export interface SourceText {
  /** Without a byte order mark; line ends as they are in the file. */
  readonly text: string;
  /** Whether the file begins with a byte order mark. */
  readonly bom: boolean;
  /** The encoding's name in lower case: `utf-8`, `iso-8859-1`, `windows-1252`, … */
  readonly encoding: string;
  /** The first line end of the file; `\n` where there is none. */
  readonly newline: '\n' | '\r\n' | '\r';
  readonly lines: LineIndex;
}

interface Cookie {
  readonly name: string;
  readonly line: number;
}

/** https://peps.python.org/pep-0263/ */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/;
/** Only behind such a first line may the cookie stand on the second one. */
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#|$)/;
const COOKIE_LINES = 2;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * The text of a Python file. The encoding is found as Python finds it: byte order mark, cookie, UTF-8.
 * Throws `UnreadableFileError` of kind `encoding` for binary files, unknown encodings and bytes that do not decode.
 */
export function decodeSource(bytes: Uint8Array): SourceText {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const content = bom ? bytes.subarray(3) : bytes;
  refuseBinary(content);
  const cookie = findCookie(content);
  const codec = codecFor(cookie, bom);
  return sourceText(decode(content, codec, cookie), bom, codec.name);
}

/** A text that is in memory already, as if it came from a UTF-8 file; a leading U+FEFF counts as the byte order mark. */
export function sourceFromString(text: string): SourceText {
  const bom = text.startsWith('\ufeff');
  return sourceText(bom ? text.slice(1) : text, bom, utf8.name);
}

/**
 * The bytes to write for a changed text: encoding and byte order mark as they were in `source`.
 * Throws `UnreadableFileError` of kind `encoding` when the encoding lacks a character of the text.
 */
export function encodeSource(source: SourceText, text: string): Uint8Array {
  const codec = findCodec(source.encoding) ?? utf8;
  const bytes = codec.encode(source.bom ? `\ufeff${text}` : text);
  if (bytes !== undefined) return bytes;
  throw new UnreadableFileError(
    'encoding',
    `The new text has characters that ${source.encoding} cannot hold: convert the file to UTF-8.`,
    firstLine(text.split('\n'), line => codec.encode(line) === undefined),
  );
}

function sourceText(text: string, bom: boolean, encoding: string): SourceText {
  return { text, bom, encoding, newline: firstNewline(text), lines: new LineIndex(text) };
}

function firstNewline(text: string): SourceText['newline'] {
  const found = /\r\n?|\n/.exec(text)?.[0];
  return found === '\r\n' || found === '\r' ? found : '\n';
}

function refuseBinary(bytes: Uint8Array): void {
  const at = bytes.indexOf(0);
  if (at === -1) return;
  throw new UnreadableFileError(
    'encoding',
    'The file has NUL bytes, so it is not Python source text: save it as UTF-8.',
    lineOfByte(bytes, at),
  );
}

function findCookie(bytes: Uint8Array): Cookie | undefined {
  const lines = firstLines(bytes);
  for (const [index, line] of lines.entries()) {
    const name = COOKIE.exec(line)?.[1];
    if (name !== undefined) return { name, line: index + 1 };
    if (!BLANK_OR_COMMENT.test(line)) return undefined;
  }
  return undefined;
}

/** The first two lines, each byte as one character: a cookie is ASCII. */
function firstLines(bytes: Uint8Array): string[] {
  let ends = 0;
  let size = 0;
  while (size < bytes.length && ends < COOKIE_LINES) {
    const byte = bytes[size++];
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[size] !== LINE_FEED)) ends++;
  }
  return latin1Text(bytes.subarray(0, size)).split(/\r\n?|\n/, COOKIE_LINES);
}

function codecFor(cookie: Cookie | undefined, bom: boolean): TextCodec {
  if (cookie === undefined) return utf8;
  const codec = findCodec(cookie.name);
  if (codec === undefined) {
    throw new UnreadableFileError(
      'encoding',
      `The encoding cookie names ${cookie.name}, which is not known: convert the file to UTF-8 or name its real encoding.`,
      cookie.line,
    );
  }
  if (bom && codec.name !== utf8.name) {
    throw new UnreadableFileError(
      'encoding',
      `The encoding cookie says ${cookie.name}, but the file begins with a UTF-8 byte order mark: remove one of them.`,
      cookie.line,
    );
  }
  return codec;
}

function decode(bytes: Uint8Array, codec: TextCodec, cookie: Cookie | undefined): string {
  try {
    return codec.decode(bytes);
  } catch {
    const remedy =
      cookie === undefined
        ? 'save it as UTF-8 or name its encoding in a cookie on the first line'
        : 'save it in that encoding or correct the cookie';
    throw new UnreadableFileError(
      'encoding',
      `The file has bytes that are not ${codec.name}: ${remedy}.`,
      lineThatFails(bytes, codec),
    );
  }
}

/** The first line whose bytes do not decode; no encoding in question has a line feed inside a character. */
function lineThatFails(bytes: Uint8Array, codec: TextCodec): number {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  lines.push(bytes.subarray(start));
  return firstLine(lines, line => !decodes(line, codec));
}

function decodes(bytes: Uint8Array, codec: TextCodec): boolean {
  try {
    codec.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The number of the first line that meets the condition, from 1; 1 where none does. */
function firstLine<T>(lines: readonly T[], condition: (line: T) => boolean): number {
  return Math.max(lines.findIndex(condition), 0) + 1;
}

function lineOfByte(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (
    let index = bytes.indexOf(LINE_FEED);
    index !== -1 && index < at;
    index = bytes.indexOf(LINE_FEED, index + 1)
  ) {
    line++;
  }
  return line;
}
