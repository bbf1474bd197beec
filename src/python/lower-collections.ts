import {
  after,
  childNodes,
  endOf,
  errorAt,
  errorNode,
  exprAt,
  exprOrMissing,
  firstNode,
  hasChild,
  kindOf,
  type Lower,
  type Lowering,
  orphan,
  skipTokens,
  startOf,
  trimmed,
} from './lowering.ts';
import { K, lastNode } from './syntax-kinds.ts';
import type { Comprehension, Expr, GeneratorExp, ListComp, SetComp } from './syntax-tree.ts';

/** The expressions directly inside a node. */
export function expressionsIn(l: Lowering, i: number): readonly Expr[] {
  const end = after(l, i);
  const elts: Expr[] = [];
  for (let c = i + 1; c < end; c = after(l, c)) if (kindOf(l, c) <= lastNode) elts.push(exprAt(l, c));
  return trimmed(elts);
}

export const lowerList: Lower = (l, i) => ({
  kind: 'List',
  start: startOf(l, i),
  end: endOf(l, i),
  parent: orphan,
  elts: expressionsIn(l, i),
});

export const lowerSet: Lower = (l, i) => ({
  kind: 'Set',
  start: startOf(l, i),
  end: endOf(l, i),
  parent: orphan,
  elts: expressionsIn(l, i),
});

/** `a, b` without parentheses. */
export const lowerExpressionList: Lower = (l, i) => ({
  kind: 'Tuple',
  start: startOf(l, i),
  end: endOf(l, i),
  parent: orphan,
  elts: expressionsIn(l, i),
});

/** `(a, b)`; as a target, the grammar takes `(a)` for one as well. */
export const lowerTuple: Lower = (l, i) => {
  const elts = expressionsIn(l, i);
  const [only] = elts;
  if (elts.length === 1 && only !== undefined && !hasChild(l, i, K.comma)) return only;
  return { kind: 'Tuple', start: startOf(l, i), end: endOf(l, i), parent: orphan, elts };
};

/** What stands between the brackets: one expression or slice, or with a comma a `Tuple` up to the last of them. */
export function subscriptOf(l: Lowering, first: number, end: number): Expr | undefined {
  if (first >= end) return undefined;
  const only = exprAt(l, first);
  // `x[*a]` is a tuple, too (https://peps.python.org/pep-0646/).
  if (only.kind !== 'Starred' && !hasCommaBehind(l, first, end)) return only;
  const elts: Expr[] = [];
  let last = first;
  for (let c = first; c < end; c = after(l, c)) {
    const kind = kindOf(l, c);
    if (kind <= lastNode) elts.push(c === first ? only : exprAt(l, c));
    else if (kind !== K.comma) continue;
    last = c;
  }
  return {
    kind: 'Tuple',
    start: startOf(l, first),
    end: endOf(l, last),
    parent: orphan,
    elts: trimmed(elts),
  };
}

function hasCommaBehind(l: Lowering, first: number, end: number): boolean {
  for (let c = after(l, first); c < end; c = after(l, c)) if (kindOf(l, c) === K.comma) return true;
  return false;
}

export const lowerDictionary: Lower = (l, i) => {
  const keys: (Expr | null)[] = [];
  const values: Expr[] = [];
  for (const c of childNodes(l, i)) {
    const pair = pairAt(l, c);
    keys.push(pair.key);
    values.push(pair.value);
  }
  return {
    kind: 'Dict',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    keys: trimmed(keys),
    values: trimmed(values),
  };
};

function pairAt(l: Lowering, i: number): { key: Expr | null; value: Expr } {
  if (kindOf(l, i) === K.dictionary_splat) return { key: null, value: exprOrMissing(l, firstNode(l, i), i) };
  if (kindOf(l, i) !== K.pair || l.broken.has(i)) return { key: null, value: errorAt(l, i) };
  const key = firstNode(l, i);
  return { key: exprAt(l, key), value: exprOrMissing(l, skipTokens(l, after(l, key), after(l, i)), i) };
}

function comprehension(kind: 'ListComp' | 'SetComp' | 'GeneratorExp'): Lower {
  return (l, i): ListComp | SetComp | GeneratorExp => {
    const elt = firstNode(l, i);
    return {
      kind,
      start: startOf(l, i),
      end: endOf(l, i),
      parent: orphan,
      elt: exprAt(l, elt),
      generators: generatorsFrom(l, after(l, elt), after(l, i)),
    };
  };
}

export const lowerListComprehension = comprehension('ListComp');
export const lowerSetComprehension = comprehension('SetComp');
export const lowerGenerator = comprehension('GeneratorExp');

export const lowerDictComprehension: Lower = (l, i) => {
  const body = firstNode(l, i);
  const { key, value } = pairAt(l, body);
  return {
    kind: 'DictComp',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    key: key ?? errorAt(l, body),
    value,
    generators: generatorsFrom(l, after(l, body), after(l, i)),
  };
};

/** The `for` clauses, each with the `if` clauses behind it. */
function generatorsFrom(l: Lowering, first: number, end: number): readonly Comprehension[] {
  const generators: Comprehension[] = [];
  let c = skipTokens(l, first, end);
  while (c < end) {
    const clause = c;
    const ifs: Expr[] = [];
    let last = clause;
    for (c = skipTokens(l, after(l, c), end); c < end && kindOf(l, c) === K.if_clause; ) {
      ifs.push(exprOrMissing(l, firstNode(l, c), c));
      last = c;
      c = skipTokens(l, after(l, c), end);
    }
    generators.push(generatorAt(l, clause, trimmed(ifs), endOf(l, last)));
  }
  return trimmed(generators);
}

function generatorAt(l: Lowering, i: number, ifs: readonly Expr[], end: number): Comprehension {
  const target = firstNode(l, i);
  const iter = skipTokens(l, after(l, target), after(l, i));
  const more = skipTokens(l, after(l, iter), after(l, i));
  return {
    kind: 'comprehension',
    start: startOf(l, i),
    end,
    parent: orphan,
    target: exprAt(l, target),
    // Python 2 only: `[x for x in 1, 2]`.
    iter: more < after(l, i) ? errorNode(startOf(l, iter), endOf(l, i)) : exprOrMissing(l, iter, i),
    ifs,
    is_async: hasChild(l, i, K.async),
  };
}
