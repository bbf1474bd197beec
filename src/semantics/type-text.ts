import { specialForm } from './annotation-forms.ts';
import { type TypeExpression, unionExpression, unknownExpression } from './type-expression.ts';

/** How the words of a type text are to be read. */
export interface TypeTextOptions {
  /** What a dotted name refers to. */
  readonly nameOf: (dotted: string) => TypeExpression;
  /** Whether the operators of library facts are allowed: `awaited(T)`, `argument(0)`, `called(T)`, `element(T)`, `entered(T)`. */
  readonly operators: boolean;
}

/**
 * Reads a type written as text: an annotation in quotes, or the `returns` of a library's facts.
 *
 * @returns `null` when the text is not a type
 */
export function parseTypeText(text: string, options: TypeTextOptions): TypeExpression | null {
  const tokens = text.match(tokenPattern) ?? [];
  const cursor: Cursor = { tokens: tokens.filter(token => token.trim() !== ''), at: 0, options };
  const type = union(cursor);
  return type !== null && cursor.at === cursor.tokens.length ? type : null;
}

const tokenPattern =
  /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*|\d+|\.\.\.|'[^']*'|"[^"]*"|\s+|./gsu;
const dottedName = /^[\p{L}_]/u;

interface Cursor {
  readonly tokens: readonly string[];
  at: number;
  readonly options: TypeTextOptions;
}

function take(cursor: Cursor, token: string): boolean {
  if (cursor.tokens[cursor.at] !== token) return false;
  cursor.at += 1;
  return true;
}

function union(cursor: Cursor): TypeExpression | null {
  const members: TypeExpression[] = [];
  do {
    const member = term(cursor);
    if (member === null) return null;
    members.push(member);
  } while (take(cursor, '|'));
  return unionExpression(members);
}

function term(cursor: Cursor): TypeExpression | null {
  const token = cursor.tokens[cursor.at];
  if (token === undefined) return null;
  cursor.at += 1;
  if (token === 'None') return { kind: 'none' };
  if (token === '...' || /^\d/.test(token)) return unknownExpression;
  if (token === '[') return list(cursor, ']') === null ? null : unknownExpression;
  if (/^['"]/.test(token)) return parseTypeText(token.slice(1, -1), cursor.options) ?? unknownExpression;
  if (!dottedName.test(token)) return null;
  if (cursor.options.operators && cursor.tokens[cursor.at] === '(') return operator(token, cursor);
  return named(token, cursor);
}

function list(cursor: Cursor, close: string): TypeExpression[] | null {
  const items: TypeExpression[] = [];
  while (!take(cursor, close)) {
    const item = union(cursor);
    if (item === null) return null;
    items.push(item);
    if (!take(cursor, ',') && cursor.tokens[cursor.at] !== close) return null;
  }
  return items;
}

function named(token: string, cursor: Cursor): TypeExpression | null {
  const of = cursor.options.nameOf(token);
  const args = take(cursor, '[') ? list(cursor, ']') : [];
  if (args === null) return null;
  if (of.kind !== 'name') return of;
  return specialForm(of.name, args) ?? { kind: 'instance', of, args };
}

function operator(name: string, cursor: Cursor): TypeExpression | null {
  cursor.at += 1;
  if (name === 'argument') return argument(cursor);
  const args = list(cursor, ')');
  const value = args?.[0];
  if (value === undefined) return null;
  switch (name) {
    case 'awaited':
      return { kind: 'await', value };
    case 'called':
      return { kind: 'call', callee: value, args: [], keywords: {}, open: true };
    case 'element':
      return { kind: 'element', value, async: false };
    case 'aelement':
      return { kind: 'element', value, async: true };
    case 'entered':
      return { kind: 'enter', value, async: false };
    case 'aentered':
      return { kind: 'enter', value, async: true };
    case 'coroutine':
      return { kind: 'coroutine', result: value };
    case 'instance':
      return { kind: 'instance', of: value, args: [] };
    default:
      return null;
  }
}

/** `argument(0)`, `argument(keyword)`, `argument(0, keyword)`, and with `= acme.Client` what it is when not given. */
function argument(cursor: Cursor): TypeExpression | null {
  const words: string[] = [];
  let otherwise = unknownExpression;
  while (!take(cursor, ')')) {
    const token = cursor.tokens[cursor.at];
    if (token === undefined) return null;
    cursor.at += 1;
    if (token === '=') otherwise = cursor.options.nameOf(cursor.tokens[cursor.at++] ?? '');
    else if (token !== ',') words.push(token);
  }
  const index = words.find(word => /^\d+$/.test(word));
  const keyword = words.find(word => dottedName.test(word)) ?? null;
  return { kind: 'argument', index: index === undefined ? -1 : Number(index), keyword, otherwise };
}
