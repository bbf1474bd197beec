import type { LineIndex } from './line-index.ts';
import { after, endOf, kindOf, type Lowering, rangeAt, skipTokens, startOf } from './lowering.ts';
import { K } from './syntax-kinds.ts';

const statements: readonly number[] = [
  K.import_statement,
  K.future_import_statement,
  K.import_from_statement,
  K.print_statement,
  K.exec_statement,
  K.assert_statement,
  K.expression_statement,
  K.return_statement,
  K.delete_statement,
  K.raise_statement,
  K.pass_statement,
  K.break_statement,
  K.continue_statement,
  K.global_statement,
  K.nonlocal_statement,
  K.type_alias_statement,
  K.if_statement,
  K.match_statement,
  K.for_statement,
  K.while_statement,
  K.try_statement,
  K.with_statement,
  K.function_definition,
  K.class_definition,
  K.decorated_definition,
];

const clauses: readonly number[] = [
  K.elif_clause,
  K.else_clause,
  K.case_clause,
  K.except_clause,
  K.finally_clause,
  K.decorator,
];

const NOTHING = 0;
const ALIGNED = 1;
const ANYWHERE = 2;

/** What may begin a line outside brackets, and whether it must be in line with its neighbours. */
const startsLine = new Uint8Array(256);
for (const kind of [...statements, ...clauses]) startsLine[kind] = ALIGNED;
for (const kind of [K.block, K.comment, K.line_continuation, K.error, K.missing, K.missing_token]) {
  startsLine[kind] = ANYWHERE;
}

/** Whether a node is a whole statement. */
export function isStatement(l: Lowering, i: number): boolean {
  return statementKinds.has(kindOf(l, i));
}

const statementKinds: ReadonlySet<number> = new Set(statements);

/**
 * Marks what tree-sitter-python lets pass and Python does not: statements that are not in line with their block, and
 * statements that go on behind a line end without brackets or a backslash. (The grammar takes a line end for a space
 * wherever a statement cannot end, so `x =` swallows the next line.)
 */
export function checkLayout(l: Lowering, lines: LineIndex): void {
  let nextLine = 0;
  let seen = 0;
  for (let i = 1; i < l.count; i++) {
    const start = startOf(l, i);
    if (start >= nextLine) {
      const line = lines.lineAt(start);
      nextLine = line < lines.count ? lines.startOf(line + 1) : Number.POSITIVE_INFINITY;
      checkLine(l, i, seen);
    }
    if (after(l, i) === i + 1 && endOf(l, i) > seen) seen = endOf(l, i);
  }
}

/** Looks at the outermost node that begins on a line; `seen` is the end of what came before it. */
function checkLine(l: Lowering, i: number, seen: number): void {
  const start = startOf(l, i);
  const parent = l.parents[i] ?? 0;
  switch (startsLine[kindOf(l, i)]) {
    case ALIGNED:
      if (!isAligned(l, i)) refuse(l, i);
      return;
    case NOTHING:
      if (isInBrackets(l, i) || !breaksBetween(l.text, seen, start)) return;
      l.errors.push({ start: seen, end: start });
      l.broken.add(parent);
  }
}

/** A statement is an error as a whole; of a clause, which others are read with, its first word. */
function refuse(l: Lowering, i: number): void {
  if (isStatement(l, i)) l.rejected.add(i);
  else l.errors.push(rangeAt(l, i + 1));
}

/** Whether a node stands as far in as its block, or as the statement that it is a clause of. */
function isAligned(l: Lowering, i: number): boolean {
  const parent = l.parents[i] ?? 0;
  const own = indentation(l.text, startOf(l, i));
  if (kindOf(l, parent) === K.error) return true;
  if (parent === 0) return own === undefined || width(own) === 0;
  const model = kindOf(l, parent) === K.block ? skipTokens(l, parent + 1, after(l, parent)) : parent;
  const expected = indentation(l.text, startOf(l, model));
  return own === undefined || expected === undefined || own === expected || width(own) === width(expected);
}

/** Whether a node is the first on its line, without any space before it. */
export function beginsLine(l: Lowering, i: number): boolean {
  return indentation(l.text, startOf(l, i)) === '';
}

/** The space before the first word of a line; `undefined` where there is more than space before an offset. */
function indentation(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && isSpace(text.charCodeAt(start - 1))) start--;
  return start === 0 || isLineEnd(text.charCodeAt(start - 1)) ? text.slice(start, offset) : undefined;
}

/** Space, tab or form feed. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0c;
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

const TAB = 8;

/** As Python counts: a tab goes to the next multiple of eight, a form feed back to the start. */
function width(space: string): number {
  let columns = 0;
  for (const character of space) {
    if (character === '\f') columns = 0;
    else columns = character === '\t' ? (Math.floor(columns / TAB) + 1) * TAB : columns + 1;
  }
  return columns;
}

/** Whether a node is inside brackets or a string of its statement. */
function isInBrackets(l: Lowering, i: number): boolean {
  for (let c = i; c > 0 && startsLine[kindOf(l, c)] === NOTHING; ) {
    const parent = l.parents[c] ?? 0;
    if (kindOf(l, parent) === K.string || opensBefore(l, parent, c)) return true;
    c = parent;
  }
  return false;
}

/** Opening brackets are among the first children, if there are any: `from . import (`. */
const CHILDREN_TO_LOOK_AT = 8;

function opensBefore(l: Lowering, parent: number, child: number): boolean {
  let c = parent + 1;
  for (let looked = 0; looked < CHILDREN_TO_LOOK_AT && c < child; looked++, c = after(l, c)) {
    if (
      after(l, c) === c + 1 &&
      endOf(l, c) === startOf(l, c) + 1 &&
      '([{'.includes(l.text[startOf(l, c)] ?? ' ')
    ) {
      return true;
    }
  }
  return false;
}

const BREAK = /(?<!\\)(?:\r\n?|(?<!\r)\n)/g;

/** Whether a stretch between two tokens has a line end without a backslash before it. */
function breaksBetween(text: string, start: number, end: number): boolean {
  BREAK.lastIndex = start;
  const match = BREAK.exec(text);
  return match !== null && match.index < end;
}
