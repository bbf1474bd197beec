/** How the text between a literal's quotes is to be read. */
export interface LiteralMode {
  /** Backslashes stand for themselves. */
  readonly raw: boolean;
  /** `{{` and `}}` stand for one brace. */
  readonly braces: boolean;
}

/** What a literal's prefix says, in any case and order: `Rb` is raw bytes. */
export interface LiteralPrefix extends LiteralMode {
  readonly bytes: boolean;
  readonly format: boolean;
  readonly template: boolean;
  readonly length: number;
}

/** Reads the prefix of a literal's opening, such as `rb"""`. */
export function literalPrefix(opening: string): LiteralPrefix {
  const letters = /^[a-zA-Z]*/.exec(opening)?.[0].toLowerCase() ?? '';
  const format = letters.includes('f');
  const template = letters.includes('t');
  return {
    raw: letters.includes('r'),
    bytes: letters.includes('b'),
    format,
    template,
    braces: format || template,
    length: letters.length,
  };
}

const SPECIAL = /[\\\r{}]/;
const ESCAPES =
  /\\(\r\n|N\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|[^{}])|\{\{|\}\}|\r\n?/g;
const RAW_PARTS = /\{\{|\}\}|\r\n?/g;
const MAX_CODE_POINT = 0x10ffff;

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\r', ''],
  ['\r\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/**
 * The value of a string literal's text
 * (https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences). Line ends become `\n`, as Python reads
 * them. A character by name (`\N{DASH}`) becomes U+FFFD, since its name tells too little without Unicode's tables.
 */
export function decodeLiteral(text: string, mode: LiteralMode): string {
  if (!SPECIAL.test(text)) return text;
  const parts = mode.raw ? RAW_PARTS : ESCAPES;
  return text.replace(parts, (whole: string, code: unknown) => {
    if (whole === '{{' || whole === '}}') return mode.braces ? whole.slice(1) : whole;
    return typeof code === 'string' ? decodeEscape(whole, code) : '\n';
  });
}

/** `sequence` is what follows the backslash. Unknown escapes stand for themselves, backslash included. */
function decodeEscape(whole: string, sequence: string): string {
  const simple = SIMPLE.get(sequence);
  if (simple !== undefined) return simple;
  const code = escapeCode(sequence);
  return code === undefined || code > MAX_CODE_POINT ? whole : String.fromCodePoint(code);
}

function escapeCode(sequence: string): number | undefined {
  const [kind = ''] = sequence;
  if (kind >= '0' && kind <= '7') return Number.parseInt(sequence, 8);
  if (sequence.length === 1) return undefined;
  return kind === 'N' ? 0xfffd : Number.parseInt(sequence.slice(1), 16);
}
