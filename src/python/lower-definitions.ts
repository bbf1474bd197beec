import { argumentsAt } from './lower-expressions.ts';
import { noArguments } from './lower-parameters.ts';
import { suiteAt } from './lower-suites.ts';
import { annotationAt, typeParameters } from './lower-types.ts';
import {
  childNodes,
  EMPTY,
  endOf,
  exprOrMissing,
  findChild,
  firstNode,
  hasChild,
  kindOf,
  type Lower,
  type Lowering,
  nameAt,
  orphan,
  rangeAt,
  startOf,
} from './lowering.ts';
import { K } from './syntax-kinds.ts';
import type { ClassDef, Expr, FunctionNode } from './syntax-tree.ts';

export const lowerFunction: Lower = (l, i) => (isDecorated(l, i) ? undefined : functionAt(l, i, EMPTY));

export const lowerClass: Lower = (l, i) => (isDecorated(l, i) ? undefined : classAt(l, i, EMPTY));

/** A definition is made together with its decorators; its range begins behind them. */
export const lowerDecorated: Lower = (l, i) => {
  const children = childNodes(l, i);
  const decorators = children
    .filter(c => kindOf(l, c) === K.decorator)
    .map(c => exprOrMissing(l, firstNode(l, c), c));
  const definition = findChild(l, i, K.function_definition) ?? findChild(l, i, K.class_definition);
  if (definition === undefined) return undefined;
  return kindOf(l, definition) === K.class_definition
    ? classAt(l, definition, decorators)
    : functionAt(l, definition, decorators);
};

function isDecorated(l: Lowering, i: number): boolean {
  return kindOf(l, l.parents[i] ?? 0) === K.decorated_definition;
}

function functionAt(l: Lowering, i: number, decorators: readonly Expr[]): FunctionNode | undefined {
  const name = findChild(l, i, K.identifier);
  if (name === undefined) return undefined;
  const suite = suiteAt(l, findChild(l, i, K.block), i);
  const parameters = findChild(l, i, K.parameters);
  const args = parameters === undefined ? undefined : l.nodes[parameters];
  return {
    kind: hasChild(l, i, K.async) ? 'AsyncFunctionDef' : 'FunctionDef',
    start: startOf(l, i),
    end: suite.end,
    parent: orphan,
    name: nameAt(l, name),
    name_range: rangeAt(l, name),
    args: args?.kind === 'arguments' ? args : noArguments(endOf(l, name)),
    body: suite.body,
    decorator_list: decorators,
    returns: annotationAt(l, findChild(l, i, K.type)),
    type_params: typeParameters(l, findChild(l, i, K.type_parameter)),
  };
}

function classAt(l: Lowering, i: number, decorators: readonly Expr[]): ClassDef | undefined {
  const name = findChild(l, i, K.identifier);
  if (name === undefined) return undefined;
  const suite = suiteAt(l, findChild(l, i, K.block), i);
  const list = findChild(l, i, K.argument_list);
  const { args, keywords } = list === undefined ? { args: EMPTY, keywords: EMPTY } : argumentsAt(l, list);
  return {
    kind: 'ClassDef',
    start: startOf(l, i),
    end: suite.end,
    parent: orphan,
    name: nameAt(l, name),
    name_range: rangeAt(l, name),
    bases: args,
    keywords,
    body: suite.body,
    decorator_list: decorators,
    type_params: typeParameters(l, findChild(l, i, K.type_parameter)),
  };
}
