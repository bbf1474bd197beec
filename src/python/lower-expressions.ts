import { subscriptOf } from './lower-collections.ts';
import { noArguments } from './lower-parameters.ts';
import {
  after,
  childNodes,
  EMPTY,
  endOf,
  exprAt,
  exprOrMissing,
  findChild,
  firstNode,
  hasChild,
  kindOf,
  type Lower,
  type Lowering,
  missingIn,
  nameAt,
  orphan,
  rangeAt,
  skipTokens,
  startOf,
  textOf,
  trimmed,
} from './lowering.ts';
import { K, lastNode } from './syntax-kinds.ts';
import type { ConstantValue, Expr, Keyword, Starred } from './syntax-tree.ts';

export const lowerName: Lower = (l, i) => {
  const id = nameAt(l, i);
  // The grammar takes Python 2's names, too.
  if (id === 'async' || id === 'await') return undefined;
  return { kind: 'Name', start: startOf(l, i), end: endOf(l, i), parent: orphan, id };
};

function constant(value: ConstantValue): Lower {
  return (l, i) => ({ kind: 'Constant', start: startOf(l, i), end: endOf(l, i), parent: orphan, value });
}

export const lowerTrue = constant({ type: 'bool', value: true });
export const lowerFalse = constant({ type: 'bool', value: false });
export const lowerNone = constant({ type: 'none' });
export const lowerEllipsis = constant({ type: 'ellipsis' });

/** Python 2 only: `10L`, `0777`. */
const OLD_NUMBER = /^\d\w*[lL]$|^0[\d_]*[1-9][\d_]*$/;

export const lowerNumber: Lower = (l, i) => {
  const text = textOf(l, i);
  if (OLD_NUMBER.test(text)) return undefined;
  return {
    kind: 'Constant',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    value: numberValue(text),
  };
};

function numberValue(text: string): ConstantValue {
  const digits = text.replaceAll('_', '');
  if (/^0[xX]/.test(digits)) return { type: 'int', text, value: Number(digits) };
  if (/[jJ]$/.test(digits)) return { type: 'complex', text, value: Number(digits.slice(0, -1)) };
  return { type: /[.eE]/.test(digits) ? 'float' : 'int', text, value: Number(digits) };
}

/** Parentheses leave no trace in the tree. */
export const lowerParentheses: Lower = (l, i) => l.nodes[firstNode(l, i)];

export const lowerAttribute: Lower = (l, i) => {
  const value = firstNode(l, i);
  const attr = skipTokens(l, after(l, value), after(l, i));
  if (kindOf(l, attr) !== K.identifier) return undefined;
  return {
    kind: 'Attribute',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    value: exprAt(l, value),
    attr: nameAt(l, attr),
    attr_range: rangeAt(l, attr),
  };
};

export const lowerCall: Lower = (l, i) => {
  const func = firstNode(l, i);
  const list = skipTokens(l, after(l, func), after(l, i));
  const { args, keywords } =
    kindOf(l, list) === K.argument_list ? argumentsAt(l, list) : soleGenerator(l, list);
  return {
    kind: 'Call',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    func: exprAt(l, func),
    args,
    keywords,
  };
};

interface CallArguments {
  readonly args: readonly Expr[];
  readonly keywords: readonly Keyword[];
}

/** `f(x for x in y)`: the generator's parentheses are the call's. */
function soleGenerator(l: Lowering, i: number): CallArguments {
  return { args: [exprAt(l, i)], keywords: EMPTY };
}

/** What stands in an argument list: of a call, or of a class's bases. */
export function argumentsAt(l: Lowering, i: number): CallArguments {
  const end = after(l, i);
  const args: Expr[] = [];
  const keywords: Keyword[] = [];
  for (let c = i + 1; c < end; c = after(l, c)) {
    if (kindOf(l, c) > lastNode) continue;
    const node = l.nodes[c];
    if (node?.kind === 'keyword') keywords.push(node);
    else args.push(exprAt(l, c));
  }
  return { args: trimmed(args), keywords: trimmed(keywords) };
}

export const lowerKeyword: Lower = (l, i) => {
  const name = firstNode(l, i);
  const value = skipTokens(l, after(l, name), after(l, i));
  return {
    kind: 'keyword',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    arg: nameAt(l, name),
    arg_range: rangeAt(l, name),
    value: exprOrMissing(l, value, i),
  };
};

/** `**mapping` in a call; in a dictionary display `dictionaryParts` reads it. */
export const lowerDoubleStar: Lower = (l, i) => ({
  kind: 'keyword',
  start: startOf(l, i),
  end: endOf(l, i),
  parent: orphan,
  arg: null,
  arg_range: null,
  value: exprAt(l, firstNode(l, i)),
});

/** What can begin with another expression. */
const beginsWithExpression: ReadonlySet<number> = new Set([
  K.attribute,
  K.call,
  K.subscript,
  K.binary_operator,
  K.comparison_operator,
  K.boolean_operator,
  K.conditional_expression,
]);

/**
 * The grammar sometimes takes `*a.b()` for `(*a).b()`. Then the star waits for the outermost expression that begins
 * with it, and those in between begin behind it.
 */
export const lowerStarred: Lower = (l, i) => {
  const inner = firstNode(l, i);
  let top = i;
  for (let above = l.parents[i] ?? 0; beginsWithExpression.has(kindOf(l, above)) && top === above + 1; ) {
    l.starts[above] = startOf(l, inner);
    top = above;
    above = l.parents[above] ?? 0;
  }
  if (top === i) return starred(l, i, startOf(l, i), exprAt(l, inner));
  l.stars.set(top, startOf(l, i));
  l.starts[i] = startOf(l, inner);
  return exprAt(l, inner);
};

function starred(l: Lowering, i: number, start: number, value: Expr): Starred {
  return { kind: 'Starred', start, end: endOf(l, i), parent: orphan, value };
}

/** Puts the star that has been waiting for a node before it. */
export function addStar(l: Lowering, i: number): void {
  const start = l.stars.get(i);
  if (start === undefined) return;
  l.starts[i] = start;
  l.nodes[i] = starred(l, i, start, exprAt(l, i));
}

export const lowerSubscript: Lower = (l, i) => {
  const value = firstNode(l, i);
  const end = after(l, i);
  const slice = subscriptOf(l, skipTokens(l, after(l, value), end), end);
  return {
    kind: 'Subscript',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    value: exprAt(l, value),
    slice: slice ?? missingIn(l, i),
  };
};

export const lowerSlice: Lower = (l, i) => {
  const end = after(l, i);
  const parts: (Expr | null)[] = [null, null, null];
  let place = 0;
  for (let c = i + 1; c < end; c = after(l, c)) {
    const kind = kindOf(l, c);
    if (kind === K.colon) place++;
    else if (kind <= lastNode) parts[place] = exprAt(l, c);
  }
  const [lower = null, upper = null, step = null] = parts;
  return { kind: 'Slice', start: startOf(l, i), end: endOf(l, i), parent: orphan, lower, upper, step };
};

export const lowerNamedExpression: Lower = (l, i) => {
  const target = firstNode(l, i);
  return {
    kind: 'NamedExpr',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    target: exprAt(l, target),
    value: exprOrMissing(l, skipTokens(l, after(l, target), after(l, i)), i),
  };
};

export const lowerYield: Lower = (l, i) => {
  const [value] = childNodes(l, i);
  const start = startOf(l, i);
  const end = endOf(l, i);
  if (!hasChild(l, i, K.from)) {
    return {
      kind: 'Yield',
      start,
      end,
      parent: orphan,
      value: value === undefined ? null : exprAt(l, value),
    };
  }
  return { kind: 'YieldFrom', start, end, parent: orphan, value: exprOrMissing(l, value, i) };
};

export const lowerLambda: Lower = (l, i) => {
  const parameters = findChild(l, i, K.lambda_parameters);
  const args = parameters === undefined ? undefined : l.nodes[parameters];
  // Without parameters they would stand right behind the word `lambda`.
  const place = endOf(l, i + 1);
  const body = skipTokens(l, parameters === undefined ? i + 1 : after(l, parameters), after(l, i));
  return {
    kind: 'Lambda',
    start: startOf(l, i),
    end: endOf(l, i),
    parent: orphan,
    args: args?.kind === 'arguments' ? args : noArguments(place),
    body: exprOrMissing(l, body, i),
  };
};
