import type { SourceText } from '../python/source-text.ts';
import type { Expr, FunctionNode } from '../python/syntax-tree.ts';
import { isOff, isOn } from './call-conditions.ts';
import { callsIn } from './calls-in.ts';
import type { CallRecord, FunctionDeclaration, ParameterDeclaration, Place } from './declarations.ts';
import { decoratorShape } from './decorator-shape.ts';
import type { Describer } from './describe.ts';
import { functionBody, isStubBody } from './function-body.ts';
import { once } from './once.ts';
import { type TypeExpression, unionExpression } from './type-expression.ts';
import { typeVariables } from './type-variables.ts';

/** What is known of a function besides its own text. */
export interface FunctionContext {
  readonly name: string;
  readonly place: Place;
  readonly owner: string | null;
  readonly describer: Describer;
  readonly source: SourceText;
}

/** What a `def` declares. All but its head is worked out when it is asked for: most functions nobody asks about. */
export function declareFunction(node: FunctionNode, context: FunctionContext): FunctionDeclaration {
  return new DeclaredFunction(node, context);
}

class DeclaredFunction implements FunctionDeclaration {
  readonly kind = 'function';
  readonly name: string;
  readonly place: Place;
  readonly async: boolean;
  readonly method: FunctionDeclaration['method'];
  readonly class: string | null;
  readonly abstract: boolean;
  readonly facts = null;
  // Each lets go of the tree once it has answered.
  readonly #signature: () => Signature;
  readonly #body: () => BodyFacts;
  readonly #calls: () => readonly CallRecord[];

  constructor(node: FunctionNode, context: FunctionContext) {
    this.name = context.name;
    this.place = context.place;
    this.async = node.kind === 'AsyncFunctionDef';
    this.method = context.owner === null ? null : methodKind(node);
    this.class = context.owner;
    this.abstract = isStubBody(node);
    this.#signature = once(() => signatureOf(node, context));
    this.#body = once(() => bodyFacts(node, context));
    this.#calls = once(() => callsIn(node, context));
  }

  get parameters(): readonly ParameterDeclaration[] {
    return this.#signature().parameters;
  }

  get returns(): TypeExpression | null {
    return this.#signature().returns;
  }

  get decorators(): readonly TypeExpression[] {
    return this.#signature().decorators;
  }

  get generator(): boolean {
    return this.#body().generator;
  }

  get returned(): TypeExpression | null {
    return this.#body().returned();
  }

  get yielded(): TypeExpression | null {
    return this.#body().yielded();
  }

  get decorates(): FunctionDeclaration['decorates'] {
    return this.#body().decorates();
  }

  get calls(): readonly CallRecord[] {
    return this.#calls();
  }
}

/** What the head of a function says. */
type Signature = Pick<FunctionDeclaration, 'parameters' | 'returns' | 'decorators'>;

function signatureOf(node: FunctionNode, { describer, owner }: FunctionContext): Signature {
  const method = owner === null ? null : methodKind(node);
  const bound = method === 'instance' || method === 'class';
  return {
    parameters: parametersOf(node, describer, bound),
    returns:
      node.returns === null
        ? null
        : describer.annotation(node.returns, typeVariables(node, describer.annotation, bound)),
    decorators: node.decorator_list.map(decorator => describer.expression(decorator)).reverse(),
  };
}

/** What the body of a function says. */
interface BodyFacts {
  readonly generator: boolean;
  readonly returned: () => TypeExpression | null;
  readonly yielded: () => TypeExpression | null;
  readonly decorates: () => FunctionDeclaration['decorates'];
}

function bodyFacts(node: FunctionNode, { describer }: FunctionContext): BodyFacts {
  const { returns, yields } = functionBody(node);
  const given = (list: readonly (Expr | null)[]): TypeExpression =>
    unionExpression(list.map(value => (value === null ? { kind: 'none' } : describer.expression(value))));
  return {
    generator: yields.length > 0,
    returned: once(() =>
      node.returns !== null || returns.length === 0 ? null : given(returns.map(({ value }) => value)),
    ),
    yielded: once(() =>
      yields.length === 0 ? null : given(yields.map(({ kind, value }) => (kind === 'Yield' ? value : null))),
    ),
    decorates: once(() => decoratorShape(node)),
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
