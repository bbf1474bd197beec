import type { TextRange } from './syntax-tree.ts';

/** A text of the same length that tree-sitter-python may understand better, and what was taken out of it. */
export interface RepairedText {
  readonly text: string;
  /** Defaults of type parameters (https://peps.python.org/pep-0696/), from their equals sign on. */
  readonly defaults: readonly TextRange[];
  /** Statements with a bracket that nothing closes; a zero stands where they began. */
  readonly lost: readonly TextRange[];
}

interface Bracket {
  /** Whether it holds type parameters. */
  readonly types: boolean;
  /** Where the default in it begins that the reading is in. */
  equals: number | undefined;
}

interface Reading {
  readonly text: string;
  /** Where the statement begins that the reading is in. */
  statement: number;
  readonly blanks: TextRange[];
  readonly lost: TextRange[];
  readonly defaults: TextRange[];
  readonly brackets: Bracket[];
}

/** A comment goes with its line end, which must stay. */
const TOKEN =
  /#[^\r\n]*(?:\r\n?|\n)?|\w*("""|'''|["'])|\\(?:\r\n?|\n)|\r\n?|\n|[([{]|[)\]}]|,|[=!<>:]=|=|\w+/g;
const DEFINITION = /(?:^|[\s;])(?:class|def|type)[ \t]+\w+[ \t]*$/;
/** How far before a bracket the definition's name may begin. */
const NAME_REACH = 200;
/** The beginning of a line with a word that begins a statement and stands nowhere else. */
const STATEMENT =
  /(?<=(?:^|[\r\n])[ \t\f]*)(?:async[ \t]+(?:def|with)|assert|break|class|continue|def|del|elif|except|finally|global|import|nonlocal|pass|raise|return|try|while|with)\b/y;
const LINE_START = /(?<=(?:^|[\r\n])[ \t\f]*)\S/y;

/**
 * Takes out what is right in Python but an error to tree-sitter-python 0.25: a line end inside brackets before a line
 * that is further out, a backslash right behind an operator, and defaults of type parameters; and statements whose
 * brackets nothing closes, which would take the parser far into what follows. The reading is rough: who uses the text
 * must compare what the parser makes of both.
 */
export function repairText(text: string): RepairedText {
  const reading: Reading = { text, statement: 0, blanks: [], lost: [], defaults: [], brackets: [] };
  const token = new RegExp(TOKEN);
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [whole, quote] = match;
    beginStatement(reading, match.index);
    if (quote === undefined) readToken(reading, whole, match.index);
    else token.lastIndex = readString(reading, token.lastIndex, quote);
  }
  const { blanks, defaults, lost } = reading;
  return { text: blank(text, [...blanks, ...defaults, ...lost], lost), defaults, lost };
}

/** Notes where statements begin. One that begins inside brackets shows that the statement before has lost its way. */
function beginStatement(reading: Reading, start: number): void {
  const { text, brackets } = reading;
  if (!matchesAt(brackets.length === 0 ? LINE_START : STATEMENT, text, start)) return;
  if (brackets.length > 0) loseStatement(reading, start);
  reading.statement = start;
}

/** Takes out the statement that the reading is in, up to an offset. */
function loseStatement({ text, statement, blanks, brackets, lost }: Reading, end: number): void {
  lost.push({ start: statement, end: statement + text.slice(statement, end).trimEnd().length });
  while ((blanks.at(-1)?.start ?? -1) >= statement) blanks.pop();
  brackets.length = 0;
}

/** Goes to the end of a string; one that nothing closes takes its statement with it. */
function readString(reading: Reading, start: number, quote: string): number {
  const end = endOfString(reading.text, start, quote);
  if (quote.length === 1 && reading.text[end - 1] !== quote) loseStatement(reading, end);
  return end;
}

function matchesAt(pattern: RegExp, text: string, offset: number): boolean {
  pattern.lastIndex = offset;
  return pattern.test(text);
}

function readToken({ text, blanks, defaults, brackets }: Reading, token: string, start: number): void {
  const top = brackets.at(-1);
  const endDefault = (): void => {
    if (top?.equals === undefined) return;
    defaults.push({ start: top.equals, end: start });
    top.equals = undefined;
  };
  switch (token[0]) {
    case '\\':
      blanks.push({ start, end: start + token.length });
      return;
    case '\r':
    case '\n':
      if (top !== undefined) blanks.push({ start, end: start + token.length });
      return;
    case '(':
    case '[':
    case '{':
      brackets.push({ types: token === '[' && isDefinition(text, start), equals: undefined });
      return;
    case ')':
    case ']':
    case '}':
      endDefault();
      brackets.pop();
      return;
    case ',':
      endDefault();
      return;
    case '=':
      if (token === '=' && top?.types === true) top.equals ??= start;
  }
}

/** Whether type parameters begin at a bracket: behind `class Name` and the like. */
function isDefinition(text: string, bracket: number): boolean {
  return DEFINITION.test(text.slice(Math.max(0, bracket - NAME_REACH), bracket));
}

const STRING_ENDS: ReadonlyMap<string, RegExp> = new Map([
  ['"', /\\(?:\r\n|[\s\S])|["\r\n]/g],
  ["'", /\\(?:\r\n|[\s\S])|['\r\n]/g],
  ['"""', /\\[\s\S]|"""/g],
  ["'''", /\\[\s\S]|'''/g],
]);

/** The offset behind a string whose opening quote ends at `start`; without an end it ends with its line or the text. */
function endOfString(text: string, start: number, quote: string): number {
  const end = new RegExp(STRING_ENDS.get(quote) ?? /$/g);
  end.lastIndex = start;
  for (let match = end.exec(text); match !== null; match = end.exec(text)) {
    if (match[0] === quote) return end.lastIndex;
    if (!match[0].startsWith('\\')) return match.index;
  }
  return text.length;
}

/** The text with spaces in the place of ranges; those that are `marked` begin with a zero. */
function blank(text: string, ranges: readonly TextRange[], marked: readonly TextRange[]): string {
  const marks = new Set(marked.map(range => range.start));
  let result = '';
  let from = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= from) continue;
    const begin = Math.max(start, from);
    result += text.slice(from, begin) + (marks.has(begin) ? '0' : ' ') + ' '.repeat(end - begin - 1);
    from = end;
  }
  return result + text.slice(from);
}
