import type { Expr, Stmt } from '../python/syntax-tree.ts';

/**
 * The names that a module's `__all__` lists, read as type checkers read it; `null` without one, and where it is not one
 * list of texts and what is added to it.
 *
 * @see https://typing.python.org/en/latest/spec/distributing.html#library-interface-public-and-private-symbols
 */
export function exportedNames(body: readonly Stmt[]): ReadonlySet<string> | null {
  let names: readonly string[] | null = null;
  for (const statement of body) {
    const change = changeOf(statement);
    if (change === null) continue;
    if (change.names === null) return null;
    names = change.adds ? [...(names ?? []), ...change.names] : change.names;
  }
  return names === null ? null : new Set(names);
}

interface Change {
  /** Whether the names come to those before, or stand for them. */
  readonly adds: boolean;
  /** `null`: they cannot be read. */
  readonly names: readonly string[] | null;
}

/** What a statement does to `__all__`; `null` for nothing. */
function changeOf(statement: Stmt): Change | null {
  switch (statement.kind) {
    case 'Assign':
      return statement.targets.some(isAll) ? { adds: false, names: textsIn(statement.value) } : null;
    case 'AnnAssign':
      return isAll(statement.target) && statement.value !== null
        ? { adds: false, names: textsIn(statement.value) }
        : null;
    case 'AugAssign':
      return isAll(statement.target) ? { adds: true, names: textsIn(statement.value) } : null;
    case 'Expr':
      return methodChange(statement.value);
    default:
      return null;
  }
}

/** `__all__.append("a")`, `__all__.extend(["a"])`. */
function methodChange(call: Expr): Change | null {
  if (call.kind !== 'Call' || call.func.kind !== 'Attribute' || !isAll(call.func.value)) return null;
  const [argument] = call.args;
  if (argument === undefined) return { adds: true, names: null };
  if (call.func.attr === 'append') return { adds: true, names: allTexts([argument]) };
  return { adds: true, names: call.func.attr === 'extend' ? textsIn(argument) : null };
}

function textsIn(value: Expr): readonly string[] | null {
  return value.kind === 'List' || value.kind === 'Tuple' ? allTexts(value.elts) : null;
}

function allTexts(values: readonly Expr[]): readonly string[] | null {
  const texts = values.flatMap(textOf);
  return texts.length === values.length ? texts : null;
}

function textOf(value: Expr): readonly string[] {
  return value.kind === 'Constant' && value.value.type === 'str' ? [value.value.value] : [];
}

function isAll(node: Expr): boolean {
  return node.kind === 'Name' && node.id === '__all__';
}
