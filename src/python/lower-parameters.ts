import { annotationAt } from './lower-types.ts';
import {
  after,
  childNodes,
  endOf,
  exprOrMissing,
  findChild,
  firstNode,
  kindOf,
  type Lower,
  type Lowering,
  nameAt,
  orphan,
  rangeAt,
  skipTokens,
  startOf,
  trimmed,
} from './lowering.ts';
import { K } from './syntax-kinds.ts';
import type { Arg, Arguments, Expr } from './syntax-tree.ts';

interface Draft {
  posonlyargs: Arg[];
  args: Arg[];
  vararg: Arg | null;
  kwonlyargs: Arg[];
  kw_defaults: (Expr | null)[];
  kwarg: Arg | null;
  defaults: Expr[];
  /** Behind `*` or `*args`. */
  keywordOnly: boolean;
}

/** `(a, b)` of a function: the range is that between the parentheses. */
export const lowerParameters: Lower = (l, i) =>
  argumentsOf(l, i, endOf(l, i + 1), l.broken.has(i) ? endOf(l, i) : endOf(l, i) - 1);

export const lowerLambdaParameters: Lower = (l, i) => argumentsOf(l, i, startOf(l, i), endOf(l, i));

/** An empty list of parameters at a place. */
export function noArguments(place: number): Arguments {
  return argumentsFrom(newDraft(), place, place);
}

function argumentsOf(l: Lowering, i: number, start: number, end: number): Arguments {
  const draft = newDraft();
  for (const c of childNodes(l, i)) addParameter(l, draft, c);
  return argumentsFrom(draft, start, end);
}

function newDraft(): Draft {
  return {
    posonlyargs: [],
    args: [],
    vararg: null,
    kwonlyargs: [],
    kw_defaults: [],
    kwarg: null,
    defaults: [],
    keywordOnly: false,
  };
}

function argumentsFrom(draft: Draft, start: number, end: number): Arguments {
  return {
    kind: 'arguments',
    start,
    end,
    parent: orphan,
    posonlyargs: trimmed(draft.posonlyargs),
    args: trimmed(draft.args),
    vararg: draft.vararg,
    kwonlyargs: trimmed(draft.kwonlyargs),
    kw_defaults: trimmed(draft.kw_defaults),
    kwarg: draft.kwarg,
    defaults: trimmed(draft.defaults),
  };
}

function addParameter(l: Lowering, draft: Draft, i: number): void {
  if (!isAllowed(l, draft, i)) {
    l.errors.push(rangeAt(l, i));
    return;
  }
  switch (kindOf(l, i)) {
    case K.positional_separator:
      draft.posonlyargs = draft.args;
      draft.args = [];
      return;
    case K.keyword_separator:
      draft.keywordOnly = true;
      return;
    case K.identifier:
      addNamed(draft, argument(l, i, i), null);
      return;
    case K.default_parameter:
    case K.typed_default_parameter:
      addDefault(l, draft, i);
      return;
    case K.typed_parameter:
      addTyped(l, draft, i);
      return;
    default:
      addVariadic(l, draft, i, undefined);
  }
}

/** Whether Python takes a parameter there; the grammar takes any parameter anywhere, tuples as in Python 2, too. */
function isAllowed(l: Lowering, draft: Draft, i: number): boolean {
  if (draft.kwarg !== null || l.broken.has(i)) return false;
  const name = firstNode(l, i);
  switch (kindOf(l, i)) {
    case K.positional_separator:
      return !draft.keywordOnly && draft.posonlyargs.length === 0 && draft.args.length > 0;
    case K.keyword_separator:
    case K.list_splat_pattern:
      return !draft.keywordOnly;
    case K.dictionary_splat_pattern:
      return true;
    case K.identifier:
      return draft.keywordOnly || draft.defaults.length === 0;
    case K.typed_parameter:
      return kindOf(l, name) === K.identifier
        ? draft.keywordOnly || draft.defaults.length === 0
        : !l.broken.has(name) && (kindOf(l, name) === K.dictionary_splat_pattern || !draft.keywordOnly);
    case K.default_parameter:
    case K.typed_default_parameter:
      return kindOf(l, name) === K.identifier;
    default:
      return false;
  }
}

function addNamed(draft: Draft, arg: Arg, value: Expr | null): void {
  if (draft.keywordOnly) {
    draft.kwonlyargs.push(arg);
    draft.kw_defaults.push(value);
    return;
  }
  draft.args.push(arg);
  if (value !== null) draft.defaults.push(value);
}

function addDefault(l: Lowering, draft: Draft, i: number): void {
  const name = firstNode(l, i);
  const type = findChild(l, i, K.type);
  const value = skipTokens(l, after(l, type ?? name), after(l, i));
  addNamed(draft, argument(l, name, type ?? name, type), exprOrMissing(l, value, i));
}

function addTyped(l: Lowering, draft: Draft, i: number): void {
  const name = firstNode(l, i);
  const type = findChild(l, i, K.type);
  if (kindOf(l, name) === K.identifier) addNamed(draft, argument(l, name, i, type), null);
  else addVariadic(l, draft, name, type);
}

/** `*args` or `**kwargs`; the parameter's range begins at its name. */
function addVariadic(l: Lowering, draft: Draft, i: number, type: number | undefined): void {
  const name = firstNode(l, i);
  if (kindOf(l, name) !== K.identifier) {
    l.errors.push(rangeAt(l, i));
    return;
  }
  const arg = argument(l, name, type ?? name, type);
  if (kindOf(l, i) === K.dictionary_splat_pattern) {
    draft.kwarg = arg;
    return;
  }
  draft.vararg = arg;
  draft.keywordOnly = true;
}

function argument(l: Lowering, name: number, last: number, type?: number): Arg {
  return {
    kind: 'arg',
    start: startOf(l, name),
    end: endOf(l, last),
    parent: orphan,
    arg: nameAt(l, name),
    arg_range: rangeAt(l, name),
    annotation: annotationAt(l, type),
  };
}
