import {
  after,
  childNodes,
  endOf,
  exprAt,
  exprOrMissing,
  findChild,
  firstNode,
  hasChild,
  kindOf,
  type Lower,
  type Lowering,
  orphan,
  startOf,
  textOf,
} from './lowering.ts';
import { decodeLiteral, type LiteralMode, literalPrefix } from './string-literals.ts';
import { K } from './syntax-kinds.ts';
import type { Constant, Expr, JoinedStr, TemplateStr } from './syntax-tree.ts';

const BACKQUOTE = '`';

export const lowerString: Lower = (l, i) => {
  const first = i + 1;
  const opening = textOf(l, first);
  if (kindOf(l, first) !== K.string_start || opening.endsWith(BACKQUOTE)) return undefined;
  const prefix = literalPrefix(opening);
  const start = endOf(l, first);
  const end = endOf(l, i) - (opening.length - prefix.length);
  if (prefix.bytes) return { kind: 'Constant', ...place(l, i), value: { type: 'bytes' } };
  if (prefix.braces) return formatted(l, i, prefix.template, fields(l, i, start, end, prefix));
  return text(startOf(l, i), endOf(l, i), decodeLiteral(l.text.slice(start, end), prefix));
};

function formatted(l: Lowering, i: number, template: boolean, values: Expr[]): JoinedStr | TemplateStr {
  return {
    kind: template ? 'TemplateStr' : 'JoinedStr',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    values,
  };
}

function place(l: Lowering, i: number) {
  return { start: startOf(l, i), end: endOf(l, i), parent: orphan };
}

function text(start: number, end: number, value: string): Constant {
  return { kind: 'Constant', start, end, parent: orphan, value: { type: 'str', value } };
}

/** Adjacent literals are one expression. */
export const lowerConcatenation: Lower = (l, i) => {
  const parts = childNodes(l, i).map(c => exprAt(l, c));
  if (parts.some(part => part.kind === 'ErrorNode')) return undefined;
  if (parts.some(part => part.kind !== 'Constant')) {
    const template = parts.some(part => part.kind === 'TemplateStr');
    return formatted(l, i, template, mergeTexts(parts.flatMap(valuesOf)));
  }
  const [first] = parts;
  if (first?.kind === 'Constant' && first.value.type === 'bytes') {
    return { kind: 'Constant', ...place(l, i), value: first.value };
  }
  return text(startOf(l, i), endOf(l, i), parts.map(strValue).join(''));
};

function valuesOf(part: Expr): readonly Expr[] {
  return part.kind === 'JoinedStr' || part.kind === 'TemplateStr' ? part.values : [part];
}

function strValue(part: Expr): string {
  return part.kind === 'Constant' && part.value.type === 'str' ? part.value.value : '';
}

/** Puts neighbouring texts together and leaves out empty ones. */
function mergeTexts(values: readonly Expr[]): Expr[] {
  const merged: Expr[] = [];
  for (const value of values) {
    const last = merged.at(-1);
    if (value.kind === 'Constant' && strValue(value) === '') continue;
    if (value.kind === 'Constant' && last?.kind === 'Constant') {
      merged[merged.length - 1] = text(last.start, value.end, strValue(last) + strValue(value));
    } else {
      merged.push(value);
    }
  }
  return merged;
}

/** The texts and replacement fields between two offsets of an f-string, a t-string or a format specifier. */
function fields(
  l: Lowering,
  i: number,
  start: number,
  end: number,
  prefix: LiteralMode & { template?: boolean },
): Expr[] {
  const values: Expr[] = [];
  let from = start;
  const addText = (to: number): void => {
    if (to > from) values.push(text(from, to, decodeLiteral(l.text.slice(from, to), prefix)));
  };
  for (const c of childNodes(l, i)) {
    const kind = kindOf(l, c);
    if (kind !== K.interpolation && kind !== K.format_expression) continue;
    addText(startOf(l, c));
    from = endOf(l, c);
    const equals = findChild(l, c, K.equals);
    if (equals !== undefined) values.push(selfDocumenting(l, c, equals));
    values.push(field(l, c, prefix.template === true));
  }
  addText(end);
  return mergeTexts(values);
}

/** `{x = }` shows its own text, up to what follows the equals sign. */
function selfDocumenting(l: Lowering, i: number, equals: number): Constant {
  const from = endOf(l, i + 1);
  const to = startOf(l, after(l, equals));
  return text(startOf(l, i), to, decodeLiteral(l.text.slice(from, to), { raw: true, braces: false }));
}

function field(l: Lowering, i: number, template: boolean): Expr {
  if (l.broken.has(i)) return exprAt(l, i);
  const inner = firstNode(l, i);
  if (kindOf(l, inner) === K.named_expression) return paddedField(l, i, inner, template);
  const value = exprOrMissing(l, inner, i);
  const base = { ...place(l, i), value, conversion: conversionOf(l, i), format_spec: formatSpecOf(l, i) };
  return template
    ? { kind: 'Interpolation', ...base, str: textOf(l, inner) }
    : { kind: 'FormattedValue', ...base };
}

/** `{x:=10}` is no assignment: `=10` says how to pad. */
function paddedField(l: Lowering, i: number, named: number, template: boolean): Expr {
  const name = firstNode(l, named);
  const start = endOf(l, name) + 1;
  const end = endOf(l, i) - 1;
  const spec: JoinedStr = {
    kind: 'JoinedStr',
    start,
    end,
    parent: orphan,
    values: [text(start, end, l.text.slice(start, end))],
  };
  const base = { ...place(l, i), value: exprAt(l, name), conversion: -1, format_spec: spec };
  return template
    ? { kind: 'Interpolation', ...base, str: textOf(l, name) }
    : { kind: 'FormattedValue', ...base };
}

/** A field inside a format specifier. */
export const lowerFormatExpression: Lower = (l, i) => field(l, i, false);

/** A field that shows its own text shows its value by `repr`, unless it says how. */
function conversionOf(l: Lowering, i: number): number {
  const conversion = findChild(l, i, K.type_conversion);
  if (conversion !== undefined) return l.text.charCodeAt(startOf(l, conversion) + 1);
  return hasChild(l, i, K.equals) && !hasChild(l, i, K.format_specifier) ? 'r'.charCodeAt(0) : -1;
}

function formatSpecOf(l: Lowering, i: number): JoinedStr | null {
  const spec = findChild(l, i, K.format_specifier);
  const node = spec === undefined ? undefined : l.nodes[spec];
  return node?.kind === 'JoinedStr' ? node : null;
}

/** What stands behind the colon of a field; a brace there always opens a field. */
export const lowerFormatSpecifier: Lower = (l, i) => {
  const start = endOf(l, i + 1);
  const values = fields(l, i, start, endOf(l, i), { raw: isRawField(l, i), braces: false });
  return { kind: 'JoinedStr', start, end: endOf(l, i), parent: orphan, values };
};

function isRawField(l: Lowering, i: number): boolean {
  let above = i;
  while (above > 0 && kindOf(l, above) !== K.string) above = l.parents[above] ?? 0;
  return literalPrefix(textOf(l, above + 1)).raw;
}
