import type { ClassDeclaration, Declaration, FunctionDeclaration, World } from './declarations.ts';
import { type DecoratedShape, decoratedShape } from './decorators.ts';
import { partsOf, type TypeExpression } from './type-expression.ts';
import {
  type FunctionType,
  instanceOf,
  noneType,
  type Type,
  unionOf,
  unknownType,
  withoutNone,
} from './types.ts';

/** Finds what type expressions mean in a world. Each answer is worked out once; what depends on itself is unknown. */
export interface Evaluator {
  evaluate(expression: TypeExpression): Type;
  /** The type of an attribute; unknown when it cannot be said. */
  attribute(value: Type, name: string): Type;
  /** The method of an instance's class, by inheritance, whatever its decorators; `null` when there is none to be found. */
  method(value: Type, name: string): FunctionDeclaration | null;
  /** The class with this name and its base classes, in the order in which attributes are looked up. */
  lineage(className: string): readonly ClassDeclaration[];
  /** Whether all base classes of a class are known. */
  isFullyKnown(className: string): boolean;
  /** With which statements an instance of a class can be entered; `null` when that cannot be said. */
  managerProtocol(className: string): 'sync' | 'async' | 'both' | 'none' | null;
  /** With which loops one can run over an instance of a class; `null` when that cannot be said. */
  iterableProtocol(className: string): 'sync' | 'async' | 'both' | 'none' | null;
  call(callee: Type, args?: CallArguments): Type;
  awaited(value: Type): Type;
  entered(value: Type, async: boolean): Type;
  element(value: Type, async: boolean): Type;
  /** How a function looks behind its decorators; `null` when one of them is unknown. */
  shape(declaration: FunctionDeclaration): DecoratedShape | null;
}

/** The arguments of a call under evaluation. */
export interface CallArguments {
  readonly positional: readonly Type[];
  readonly keywords: Readonly<Record<string, Type>>;
}

interface Context {
  readonly self: Type | null;
  readonly parameters: ReadonlyMap<string, Type>;
  readonly args: CallArguments | null;
}

type Protocol = 'sync' | 'async' | 'both' | 'none';

const noContext: Context = { self: null, parameters: new Map(), args: null };
const noArguments: CallArguments = { positional: [], keywords: {} };

/** Makes the evaluator of a world. */
export function createEvaluator(world: World): Evaluator {
  // Weak, so that what is known of a module goes with the module.
  const known = new WeakMap<TypeExpression, Type>();
  const names = new Map<string, Type>();
  const lineages = new Map<string, readonly ClassDeclaration[]>();
  const shapes = new Map<FunctionDeclaration, DecoratedShape | null>();
  let depth = 0;

  function evaluate(expression: TypeExpression): Type {
    const before = known.get(expression);
    if (before !== undefined) return before;
    known.set(expression, unknownType);
    const type = evaluateIn(expression, noContext);
    known.set(expression, type);
    return type;
  }

  function evaluateIn(expression: TypeExpression, context: Context): Type {
    if (context !== noContext && !dependsOnContext(expression)) return evaluate(expression);
    if (depth > maxDepth) return unknownType;
    depth += 1;
    try {
      return evaluateKind(expression, context);
    } finally {
      depth -= 1;
    }
  }

  function evaluateKind(expression: TypeExpression, context: Context): Type {
    const inner = (part: TypeExpression): Type =>
      context === noContext ? evaluate(part) : evaluateIn(part, context);
    switch (expression.kind) {
      case 'unknown':
        return unknownType;
      case 'none':
        return noneType;
      case 'name':
        return named(expression.name);
      case 'instance':
        return instanceFrom(inner(expression.of), expression.args.map(inner));
      case 'class':
        return classFrom(inner(expression.of));
      case 'attribute':
        return attribute(inner(expression.value), expression.name);
      case 'call':
        return call(inner(expression.callee), {
          positional: expression.args.map(inner),
          keywords: mapValues(expression.keywords, inner),
        });
      case 'await':
        return awaited(inner(expression.value));
      case 'enter':
        return entered(inner(expression.value), expression.async);
      case 'element':
        return element(inner(expression.value), expression.async);
      case 'item':
        return item(inner(expression.value), expression.index);
      case 'union':
        return unionOf(expression.of.map(inner));
      case 'not-none':
        return withoutNone(inner(expression.value));
      case 'argument':
        return argumentOf(context.args, expression.index, expression.keyword);
      case 'type-parameter':
        return context.parameters.get(expression.name) ?? unknownType;
      case 'self':
        return context.self ?? unknownType;
      case 'coroutine':
        return { kind: 'coroutine', result: inner(expression.result), of: null };
      case 'super':
        return superOf(expression.class);
      case 'lambda':
        return lambdaType(inner(expression.result));
    }
  }

  function named(name: string): Type {
    const before = names.get(name);
    if (before !== undefined) return before;
    names.set(name, unknownType);
    const type = lookUp(name);
    names.set(name, type);
    return type;
  }

  function lookUp(name: string): Type {
    const declaration = world.declaration(name);
    if (declaration !== null) return typeOfDeclaration(declaration);
    if (world.isModule(name)) return { kind: 'module', name };
    const dot = name.lastIndexOf('.');
    if (dot < 0) return { kind: 'external', name };
    const parent = named(name.slice(0, dot));
    if (parent.kind === 'module') return { kind: 'external', name };
    return attribute(parent, name.slice(dot + 1));
  }

  function typeOfDeclaration(declaration: Declaration): Type {
    switch (declaration.kind) {
      case 'function':
        return { kind: 'function', function: declaration, receiver: null, result: null };
      case 'class':
        return { kind: 'class', name: declaration.name, args: [] };
      case 'variable':
        return evaluate(declaration.type);
    }
  }

  function classDeclaration(name: string): ClassDeclaration | null {
    const declaration = world.declaration(name);
    return declaration?.kind === 'class' ? declaration : null;
  }

  function lineage(name: string): readonly ClassDeclaration[] {
    const before = lineages.get(name);
    if (before !== undefined) return before;
    const own = classDeclaration(name);
    if (own === null) return [];
    lineages.set(name, [own]);
    const found = new Set<ClassDeclaration>([own]);
    for (const base of own.bases) {
      const type = evaluate(base);
      if (type.kind === 'instance') for (const ancestor of lineage(type.name)) found.add(ancestor);
    }
    const all = [...found];
    lineages.set(name, all);
    return all;
  }

  function isFullyKnown(name: string): boolean {
    const classes = lineage(name);
    return (
      classes.length > 0 && classes.every(({ bases }) => bases.every(base => isKnownBase(evaluate(base))))
    );
  }

  function isKnownBase(base: Type): boolean {
    return (
      base.kind === 'instance' && (base.name === 'builtins.object' || classDeclaration(base.name) !== null)
    );
  }

  /** What an annotation that names this type says of a value. */
  function instanceFrom(of: Type, args: readonly Type[]): Type {
    switch (of.kind) {
      case 'class':
        return of.name === 'builtins.NoneType'
          ? noneType
          : instanceOf(of.name, args.length > 0 ? args : of.args);
      case 'external':
        return instanceOf(of.name, args);
      // An alias of a type, such as `Client = httpx.Client | None`, is evaluated as a value.
      case 'union':
        return unionOf(of.of.map(member => instanceFrom(member, args)));
      case 'none':
        return noneType;
      default:
        return unknownType;
    }
  }

  function classFrom(type: Type): Type {
    return type.kind === 'instance' ? { kind: 'class', name: type.name, args: type.args } : unknownType;
  }

  function method(value: Type, name: string): FunctionDeclaration | null {
    if (value.kind !== 'instance' && value.kind !== 'class') return null;
    for (const { methods, attributes } of lineage(value.name)) {
      const found = methods[name];
      if (found !== undefined) return found;
      if (attributes[name] !== undefined) return null;
    }
    return null;
  }

  function attribute(value: Type, name: string): Type {
    switch (value.kind) {
      case 'module':
        return named(`${value.name}.${name}`);
      case 'external':
        return { kind: 'external', name: `${value.name}.${name}` };
      case 'class':
      case 'instance':
        return member(value, name, lineage(value.name));
      case 'union':
        return unionOf(withoutNoneMembers(value).map(each => attribute(each, name)));
      default:
        return unknownType;
    }
  }

  function member(
    value: Type & { kind: 'class' | 'instance' },
    name: string,
    classes: readonly ClassDeclaration[],
  ): Type {
    for (const declaration of classes) {
      const found = declaration.methods[name];
      if (found !== undefined) return boundMethod(value, found);
      const held = declaration.attributes[name];
      if (held !== undefined)
        return evaluateIn(held, { self: value, parameters: parametersOf(value), args: null });
      if (value.kind === 'class') {
        const nested = world.declaration(`${declaration.name}.${name}`);
        if (nested !== null) return typeOfDeclaration(nested);
      }
      // A base that is not known may have the attribute, before those that follow.
      if (declaration.bases.some(base => !isKnownBase(evaluate(base)))) return unknownType;
    }
    return unknownType;
  }

  function boundMethod(value: Type & { kind: 'class' | 'instance' }, found: FunctionDeclaration): Type {
    const seen = shape(found);
    if (seen === null) return unknownType;
    const bound: FunctionType = { kind: 'function', function: found, receiver: value, result: null };
    return seen.property && value.kind === 'instance' ? callFunction(bound, noArguments) : bound;
  }

  function parametersOf(value: Type | null): ReadonlyMap<string, Type> {
    if (value?.kind !== 'instance') return noContext.parameters;
    const declared = classDeclaration(value.name)?.typeParameters ?? [];
    return new Map(declared.map((name, index) => [name, value.args[index] ?? unknownType]));
  }

  function superOf(name: string): Type {
    const bases = classDeclaration(name)?.bases ?? [];
    const [first] = bases;
    return bases.length === 1 && first !== undefined ? evaluate(first) : unionOfBases(bases);
  }

  /** With several bases the next in line is the first one that has the attribute; here: only if all are known. */
  function unionOfBases(bases: readonly TypeExpression[]): Type {
    const types = bases.map(evaluate);
    return types.find(type => type.kind === 'instance' && type.name !== 'builtins.object') ?? unknownType;
  }

  function call(callee: Type, args: CallArguments = noArguments): Type {
    switch (callee.kind) {
      case 'function':
        return callFunction(callee, args);
      case 'class':
        return construct(callee, args);
      case 'instance': {
        const dunder = attribute(callee, '__call__');
        return dunder.kind === 'function' ? callFunction(dunder, args) : unknownType;
      }
      case 'union':
        return unionOf(withoutNoneMembers(callee).map(each => call(each, args)));
      default:
        return unknownType;
    }
  }

  function construct(callee: Type & { kind: 'class' }, args: CallArguments): Type {
    const returns = classDeclaration(callee.name)?.methods.__new__?.returns;
    const plain = instanceOf(callee.name, callee.args);
    if (returns === undefined || returns === null) return plain;
    const made = evaluateIn(returns, { self: plain, parameters: parametersOf(plain), args });
    return made.kind === 'unknown' ? plain : made;
  }

  function callFunction(callee: FunctionType, args: CallArguments): Type {
    if (callee.result !== null) return callee.result;
    const declaration = callee.function;
    const seen = shape(declaration);
    if (seen === null) return unknownType;
    const context: Context = {
      self:
        callee.receiver?.kind === 'class'
          ? instanceOf(callee.receiver.name, callee.receiver.args)
          : callee.receiver,
      parameters: parametersOf(callee.receiver),
      args,
    };
    switch (seen.calls) {
      case 'manager':
      case 'async-manager':
        return {
          kind: 'manager',
          async: seen.calls === 'async-manager',
          entered: yieldedBy(declaration, context),
        };
      case 'to-async':
        return { kind: 'coroutine', result: resultOf(declaration, context), of: declaration };
      case 'to-sync':
        return resultOf(declaration, context);
      case 'same':
        return plainCall(declaration, context);
    }
  }

  function plainCall(declaration: FunctionDeclaration, context: Context): Type {
    if (declaration.generator) {
      const iterator = declaration.async ? 'typing.AsyncGenerator' : 'typing.Generator';
      return instanceOf(iterator, [yieldedBy(declaration, context)]);
    }
    const result = resultOf(declaration, context);
    return declaration.async ? { kind: 'coroutine', result, of: declaration } : result;
  }

  function resultOf(declaration: FunctionDeclaration, context: Context): Type {
    const declared = declaration.returns;
    if (declared !== null) return evaluateIn(declared, context);
    const { returned } = declaration;
    if (returned !== null) return evaluate(returned);
    return declaration.abstract || declaration.facts !== null ? unknownType : noneType;
  }

  function yieldedBy(declaration: FunctionDeclaration, context: Context): Type {
    if (declaration.returns !== null)
      return element(evaluateIn(declaration.returns, context), declaration.async);
    return declaration.yielded === null ? unknownType : evaluateIn(declaration.yielded, context);
  }

  function shape(declaration: FunctionDeclaration): DecoratedShape | null {
    const before = shapes.get(declaration);
    if (before !== undefined) return before;
    shapes.set(declaration, null);
    const found = decoratedShape(declaration, evaluate);
    shapes.set(declaration, found);
    return found;
  }

  function awaited(value: Type): Type {
    switch (value.kind) {
      case 'coroutine':
        return value.result;
      case 'union':
        return unionOf(value.of.map(awaited));
      case 'instance': {
        const dunder = method(value, '__await__');
        if (dunder !== null && dunder.facts !== null)
          return callFunction(
            { kind: 'function', function: dunder, receiver: value, result: null },
            noArguments,
          );
        const isAwaitable = lineage(value.name).some(({ facts }) => facts?.awaitable === true);
        return isAwaitable ? (value.args[0] ?? unknownType) : unknownType;
      }
      default:
        return unknownType;
    }
  }

  function entered(value: Type, async: boolean): Type {
    switch (value.kind) {
      case 'manager':
        return value.async === async ? value.entered : unknownType;
      case 'union':
        return unionOf(withoutNoneMembers(value).map(each => entered(each, async)));
      case 'instance': {
        const enter = attribute(value, async ? '__aenter__' : '__enter__');
        if (enter.kind !== 'function') return protocolOf(value, 'manager', async) ? value : unknownType;
        const result = callFunction(enter, noArguments);
        return async ? awaited(result) : result;
      }
      default:
        return unknownType;
    }
  }

  function element(value: Type, async: boolean): Type {
    switch (value.kind) {
      case 'union':
        return unionOf(value.of.map(each => element(each, async)));
      case 'instance': {
        if (value.name === 'builtins.tuple') return unionOf(value.args);
        const iterate = attribute(value, async ? '__aiter__' : '__iter__');
        if (iterate.kind === 'function') return iteratorElement(callFunction(iterate, noArguments), async);
        return value.args[0] ?? unknownType;
      }
      default:
        return unknownType;
    }
  }

  function iteratorElement(iterator: Type, async: boolean): Type {
    if (iterator.kind !== 'instance') return unknownType;
    const next = attribute(iterator, async ? '__anext__' : '__next__');
    if (next.kind === 'function')
      return async ? awaited(callFunction(next, noArguments)) : callFunction(next, noArguments);
    return iterator.args[0] ?? unknownType;
  }

  function item(value: Type, index: number | null): Type {
    if (value.kind === 'union') return unionOf(value.of.map(each => item(each, index)));
    if (value.kind !== 'instance') return unknownType;
    if (value.name === 'builtins.tuple')
      return index === null ? unionOf(value.args) : (value.args.at(index) ?? unknownType);
    if (value.name === 'builtins.dict') return value.args[1] ?? unknownType;
    const dunder = attribute(value, '__getitem__');
    if (dunder.kind === 'function') return callFunction(dunder, noArguments);
    return value.name === 'builtins.list' ? (value.args[0] ?? unknownType) : unknownType;
  }

  function protocolOf(
    value: Type & { kind: 'instance' },
    protocol: 'manager' | 'iterable',
    async: boolean,
  ): boolean {
    return lineage(value.name).some(({ facts }) => {
      const has = facts?.[protocol];
      return has === 'both' || has === (async ? 'async' : 'sync');
    });
  }

  function protocolFor(
    name: string,
    fact: 'manager' | 'iterable',
    sync: string,
    async: string,
  ): Protocol | null {
    const classes = lineage(name);
    const told = classes.find(({ facts }) => facts?.[fact] !== null && facts?.[fact] !== undefined)?.facts?.[
      fact
    ];
    if (told !== undefined && told !== null) return told;
    if (!isFullyKnown(name)) return null;
    const has = (dunder: string): boolean =>
      classes.some(
        ({ methods, attributes }) => methods[dunder] !== undefined || attributes[dunder] !== undefined,
      );
    if (classes.some(({ complete }) => !complete) || has('__getattr__')) return null;
    if (has(sync)) return has(async) ? 'both' : 'sync';
    return has(async) ? 'async' : 'none';
  }

  return {
    managerProtocol: name => protocolFor(name, 'manager', '__enter__', '__aenter__'),
    iterableProtocol: name => protocolFor(name, 'iterable', '__iter__', '__aiter__'),
    evaluate,
    attribute,
    method,
    lineage,
    isFullyKnown,
    call,
    awaited,
    entered,
    element,
    shape,
  };
}

const dependence = new WeakMap<TypeExpression, boolean>();

/** Whether an expression speaks of the receiver, its type arguments, or the arguments of the call. */
function dependsOnContext(expression: TypeExpression): boolean {
  const known = dependence.get(expression);
  if (known !== undefined) return known;
  dependence.set(expression, false);
  const depends = isContextual(expression) || partsOf(expression).some(dependsOnContext);
  dependence.set(expression, depends);
  return depends;
}

function isContextual({ kind }: TypeExpression): boolean {
  return kind === 'argument' || kind === 'type-parameter' || kind === 'self';
}

/** Deeper than this an expression says nothing that would be worth the time. */
const maxDepth = 200;

function argumentOf(args: CallArguments | null, index: number, keyword: string | null): Type {
  if (args === null) return unknownType;
  const byName = keyword === null ? undefined : args.keywords[keyword];
  return byName ?? args.positional[index] ?? unknownType;
}

function withoutNoneMembers(value: Type): readonly Type[] {
  const type = withoutNone(value);
  return type.kind === 'union' ? type.of : [type];
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** A lambda has no declaration to speak of; only what it gives is known. */
function lambdaType(result: Type): Type {
  return { kind: 'function', function: lambdaDeclaration, receiver: null, result };
}

const lambdaDeclaration: FunctionDeclaration = {
  kind: 'function',
  name: '<lambda>',
  place: null,
  async: false,
  generator: false,
  parameters: [],
  returns: null,
  returned: null,
  yielded: null,
  decorators: [],
  method: null,
  class: null,
  abstract: false,
  decorates: null,
  calls: [],
  facts: null,
};
