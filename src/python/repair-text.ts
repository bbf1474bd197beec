import type { TextRange } from './syntax-tree.ts';

/** A text of the same length that tree-sitter-python may understand better, and what was taken out of it. */
export interface RepairedText {
  readonly text: string;
  /** Defaults of type parameters (https://peps.python.org/pep-0696/), from their equals sign on. */
  readonly defaults: readonly TextRange[];
}

interface Bracket {
  /** Whether it holds type parameters. */
  readonly types: boolean;
  /** Where the default in it begins that the reading is in. */
  equals: number | undefined;
}

interface Reading {
  readonly text: string;
  readonly blanks: TextRange[];
  readonly defaults: TextRange[];
  readonly brackets: Bracket[];
}

/** A comment goes with its line end, which must stay. */
const TOKEN =
  /#[^\r\n]*(?:\r\n?|\n)?|\w*("""|'''|["'])|\\(?:\r\n?|\n)|\r\n?|\n|[([{]|[)\]}]|,|[=!<>:]=|=|\w+/g;
const DEFINITION = /(?:^|[\s;])(?:class|def|type)[ \t]+\w+[ \t]*$/;
/** How far before a bracket the definition's name may begin. */
const NAME_REACH = 200;

/**
 * Takes out what is right in Python but an error to tree-sitter-python 0.25: a line end inside brackets before a line
 * that is further out, a backslash right behind an operator, and defaults of type parameters. The reading is rough:
 * who uses the text must compare what the parser makes of both.
 */
export function repairText(text: string): RepairedText {
  const reading: Reading = { text, blanks: [], defaults: [], brackets: [] };
  const token = new RegExp(TOKEN);
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [whole, quote] = match;
    if (quote === undefined) readToken(reading, whole, match.index);
    else token.lastIndex = endOfString(text, token.lastIndex, quote);
  }
  return { text: blank(text, [...reading.blanks, ...reading.defaults]), defaults: reading.defaults };
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

function blank(text: string, ranges: readonly TextRange[]): string {
  let result = '';
  let from = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= from) continue;
    const begin = Math.max(start, from);
    result += text.slice(from, begin) + ' '.repeat(end - begin);
    from = end;
  }
  return result + text.slice(from);
}
