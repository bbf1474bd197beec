import type { ErrorCode, YAMLParseError } from 'yaml';

const closed: Readonly<Record<string, string>> = {
  '"quote': 'a text that begins with `"` does not end with one',
  "'quote": "a text that begins with `'` does not end with one",
};

const misplacedColon =
  'the `:` is in the wrong place: a key stands on a line of its own, with `: ` and its value behind it; a text with `: ` in it stands in quotation marks';

/** The parser's own words speak of its code and of YAML's grammar. What is not here is rare in a configuration. */
const reasons: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_DQ_ESCAPE: 'there is no such escape sequence: write `\\\\` for a `\\`, or use single quotation marks',
  BAD_INDENT: 'this line is not indented as what it belongs to, or a bracket before it is not closed',
  BAD_SCALAR_START: 'no value begins with this character, unless it stands in quotation marks',
  BLOCK_AS_IMPLICIT_KEY: misplacedColon,
  BLOCK_IN_FLOW: 'between brackets there are only values with commas between them',
  MULTILINE_IMPLICIT_KEY: misplacedColon,
  MULTIPLE_DOCS: 'there are several documents in this file: take out the lines `---` between them',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  TAB_AS_INDENT: 'a tab does not indent: use blanks',
  UNEXPECTED_TOKEN:
    'this does not belong here: perhaps quotation marks, or a line break before it, are missing',
};

/** What is wrong with a text that is no YAML, and what to do about it: one line of Markdown. */
export function yamlReason({ code, message }: Pick<YAMLParseError, 'code' | 'message'>): string {
  return code === 'MISSING_CHAR' ? missing(message) : (reasons[code] ?? 'this is not how it is written');
}

function missing(message: string): string {
  const quote = /closing (?<quote>["']quote)/.exec(message)?.groups?.quote;
  if (quote !== undefined) return closed[quote] ?? '';
  const bracket = /must end with a (?<bracket>[\]}])/.exec(message)?.groups?.bracket;
  if (bracket !== undefined) return `a \`${bracket}\` is missing`;
  const comma = /Missing (?<what>, or :|,) between/.exec(message)?.groups?.what;
  if (comma !== undefined) return 'a `,` is missing';
  if (/followed by map values/.test(message)) return 'a key without a value: `: ` is missing behind it';
  if (/^Comments must be separated/.test(message)) return 'a blank is missing before `#`';
  return 'something is missing here: a `:`, a `-`, a blank, a bracket or a quotation mark';
}

/** Of an alias (`*name`) without its anchor: nearly always a pattern that was meant as a text. */
export function unknownAlias(name: string): string {
  return `a value that begins with \`*\` stands in quotation marks: \`"*${name.replaceAll('`', '')}"\``;
}
