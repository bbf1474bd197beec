import {
  childNodes,
  findChild,
  kindOf,
  type Lower,
  type Lowering,
  nameAt,
  orphan,
  rangeAt,
  textOf,
} from './lowering.ts';
import { K } from './syntax-kinds.ts';
import type { Alias } from './syntax-tree.ts';

export const lowerImport: Lower = (l, i) => {
  const names = aliasesOf(l, childNodes(l, i));
  return names.length === 0 ? undefined : { kind: 'Import', ...rangeAt(l, i), parent: orphan, names };
};

export const lowerFutureImport: Lower = (l, i) => {
  const names = aliasesOf(l, childNodes(l, i));
  return { kind: 'ImportFrom', ...rangeAt(l, i), parent: orphan, module: '__future__', names, level: 0 };
};

export const lowerImportFrom: Lower = (l, i) => {
  const [from, ...rest] = childNodes(l, i);
  if (from === undefined) return undefined;
  const names = aliasesOf(l, rest);
  return { kind: 'ImportFrom', ...rangeAt(l, i), parent: orphan, ...moduleAt(l, from), names };
};

function moduleAt(l: Lowering, i: number): { module: string | null; level: number } {
  if (kindOf(l, i) === K.dotted_name) return { module: dottedName(l, i), level: 0 };
  const prefix = findChild(l, i, K.import_prefix);
  const name = findChild(l, i, K.dotted_name);
  const level = prefix === undefined ? 0 : textOf(l, prefix).replace(/[^.]/g, '').length;
  return { module: name === undefined ? null : dottedName(l, name), level };
}

/** Without the spaces, comments and line ends that may stand around the dots. */
function dottedName(l: Lowering, i: number): string {
  return childNodes(l, i)
    .map(c => nameAt(l, c))
    .join('.');
}

function aliasesOf(l: Lowering, indices: readonly number[]): Alias[] {
  const aliases: Alias[] = [];
  for (const i of indices) {
    const alias = aliasAt(l, i);
    if (alias !== undefined) aliases.push(alias);
  }
  return aliases;
}

function aliasAt(l: Lowering, i: number): Alias | undefined {
  const range = { ...rangeAt(l, i), parent: orphan };
  switch (kindOf(l, i)) {
    case K.wildcard_import:
      return { kind: 'alias', ...range, name: '*', asname: null };
    case K.dotted_name:
      return { kind: 'alias', ...range, name: dottedName(l, i), asname: null };
    case K.aliased_import:
      return renamed(l, i);
    default:
      return undefined;
  }
}

function renamed(l: Lowering, i: number): Alias | undefined {
  const [name, alias] = childNodes(l, i);
  if (name === undefined || alias === undefined || l.broken.has(i)) return undefined;
  return {
    kind: 'alias',
    ...rangeAt(l, i),
    parent: orphan,
    name: dottedName(l, name),
    asname: nameAt(l, alias),
  };
}
