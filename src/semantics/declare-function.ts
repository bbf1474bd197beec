import type { SourceText } from '../python/source-text.ts';
import type { Expr, FunctionNode, Name } from '../python/syntax-tree.ts';
import { isAlwaysReached } from './always-reached.ts';
import { givenArguments, isOff, isOn, neededParameters } from './call-conditions.ts';
import type { CallRecord, FunctionDeclaration, ParameterDeclaration, Place } from './declarations.ts';
import { decoratorShape } from './decorator-shape.ts';
import type { Describer } from './describe.ts';
import { functionBody, isStubBody, ownNodes } from './function-body.ts';
import { once } from './once.ts';
import { saysNotToWait } from './says-not-to-wait.ts';
import { type TypeExpression, unionExpression } from './type-expression.ts';

/** What is known of a function besides its own text. */
export interface FunctionContext {
  readonly name: string;
  readonly place: Place;
  readonly owner: string | null;
  readonly describer: Describer;
  readonly source: SourceText;
}

function callsIn(node: FunctionNode, { describer, source, place }: FunctionContext): readonly CallRecord[] {
  const calls: CallRecord[] = [];
  const isParameter = (name: Name): boolean => {
    const found = describer.definitions(name) ?? [];
    return found.every(
      ({ kind, ...of }) => kind === 'binding' && 'binding' in of && of.binding.source.kind === 'parameter',
    );
  };
  for (const inner of ownNodes(node)) {
    if (inner.kind !== 'Call') continue;
    calls.push({
      callee: describer.expression(inner.func),
      text: source.text.slice(inner.func.start, inner.func.end),
      place: { path: place.path, line: source.lines.lineAt(inner.start) },
      awaited: inner.parent.kind === 'Await',
      waits: !saysNotToWait(inner),
      always: isAlwaysReached(inner, node),
      needs: neededParameters(inner, node, isParameter),
      given: givenArguments(inner, isParameter),
    });
  }
  return calls;
}

/** What a `def` declares. What only its body tells is worked out when it is asked for. */
export function declareFunction(node: FunctionNode, context: FunctionContext): FunctionDeclaration {
  const { describer, owner } = context;
  const body = functionBody(node);
  const method = owner === null ? null : methodKind(node);
  const values = body.returns.map(({ value }) => value);
  const given = (list: readonly (Expr | null)[]): TypeExpression =>
    unionExpression(list.map(value => (value === null ? { kind: 'none' } : describer.expression(value))));
  const returned = once(() => (node.returns !== null || values.length === 0 ? null : given(values)));
  const yielded = once(() =>
    body.yields.length === 0
      ? null
      : given(body.yields.map(({ kind, value }) => (kind === 'Yield' ? value : null))),
  );
  const decorates = once(() => decoratorShape(node));
  const calls = once(() => callsIn(node, context));
  return {
    kind: 'function',
    name: context.name,
    place: context.place,
    async: node.kind === 'AsyncFunctionDef',
    generator: body.yields.length > 0,
    parameters: parametersOf(node, describer, method === 'instance' || method === 'class'),
    returns: node.returns === null ? null : describer.annotation(node.returns),
    get returned() {
      return returned();
    },
    get yielded() {
      return yielded();
    },
    decorators: node.decorator_list.map(decorator => describer.expression(decorator)).reverse(),
    method,
    class: owner,
    abstract: isStubBody(node),
    get calls() {
      return calls();
    },
    get decorates() {
      return decorates();
    },
    facts: null,
  };
}

function methodKind(node: FunctionNode): 'instance' | 'class' | 'static' {
  for (const decorator of node.decorator_list) {
    if (decorator.kind !== 'Name') continue;
    if (decorator.id === 'staticmethod') return 'static';
    if (decorator.id === 'classmethod') return 'class';
  }
  return node.name === '__new__' ? 'static' : 'instance';
}

function parametersOf(
  node: FunctionNode,
  describer: Describer,
  bound: boolean,
): readonly ParameterDeclaration[] {
  const { posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults } = node.args;
  const positional = [...posonlyargs, ...args];
  const firstDefault = positional.length - defaults.length;
  const declare = (
    arg: (typeof args)[number],
    kind: ParameterDeclaration['kind'],
    byDefault: Expr | null = null,
  ): ParameterDeclaration => ({
    name: arg.arg,
    kind,
    annotation: arg.annotation === null ? null : describer.annotation(arg.annotation),
    hasDefault: byDefault !== null || kind === 'vararg' || kind === 'kwarg',
    offByDefault: isOff(byDefault),
    onByDefault: isOn(byDefault),
  });
  const declared = positional.map((arg, index) =>
    declare(
      arg,
      index < posonlyargs.length ? 'positional-only' : 'positional',
      index < firstDefault ? null : defaults[index - firstDefault],
    ),
  );
  if (bound) declared.shift();
  if (vararg !== null) declared.push(declare(vararg, 'vararg'));
  for (const [index, arg] of kwonlyargs.entries())
    declared.push(declare(arg, 'keyword-only', kw_defaults[index]));
  if (kwarg !== null) declared.push(declare(kwarg, 'kwarg'));
  return declared;
}
