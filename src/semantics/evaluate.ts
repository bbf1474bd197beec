import { createCallResults } from './call-results.ts';
import { createClassMembers } from './class-members.ts';
import type { Declaration, FunctionDeclaration, World } from './declarations.ts';
import {
  type CallArguments,
  type Context,
  type Evaluator,
  type EvaluatorCore,
  noContext,
} from './evaluator.ts';
import { partsOf, type TypeExpression } from './type-expression.ts';
import { instanceOf, membersOf, noneType, type Type, unionOf, unknownType, withoutNone } from './types.ts';
import { createValueProtocols } from './value-protocols.ts';

/** Makes the evaluator of a world. */
export function createEvaluator(world: World): Evaluator {
  // Weak, so that what is known of a module goes with the module.
  const known = new WeakMap<TypeExpression, Type>();
  const names = new Map<string, Type>();
  let depth = 0;
  // The parts ask each other; each is there by the time that anything is asked.
  const core: EvaluatorCore = {
    evaluate,
    evaluateIn,
    named,
    typeOfDeclaration,
    attribute: (value, name) => members.attribute(value, name),
    classDeclaration: name => members.classDeclaration(name),
    isFullyKnown: name => members.isFullyKnown(name),
    iterableProtocol: name => members.iterableProtocol(name),
    lineage: name => members.lineage(name),
    managerProtocol: name => members.managerProtocol(name),
    method: (value, name) => members.method(value, name),
    parametersOf: value => members.parametersOf(value),
    call: (callee, args) => calls.call(callee, args),
    callFunction: (callee, args) => calls.callFunction(callee, args),
    isLoopCaller: world.isLoopCaller,
    shape: declaration => calls.shape(declaration),
    awaited: value => protocols.awaited(value),
    element: (value, async) => protocols.element(value, async),
    entered: (value, async) => protocols.entered(value, async),
  };
  const members = createClassMembers(world, core);
  const calls = createCallResults(core);
  const protocols = createValueProtocols(core);

  function evaluate(expression: TypeExpression): Type {
    if (expression.kind === 'name') return named(expression.name);
    if (expression.kind === 'unknown') return unknownType;
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
        return core.attribute(inner(expression.value), expression.name);
      case 'call':
        return core.call(inner(expression.callee), argumentsOf(expression, inner));
      case 'await':
        return core.awaited(inner(expression.value));
      case 'enter':
        return core.entered(inner(expression.value), expression.async);
      case 'element':
        return core.element(inner(expression.value), expression.async);
      case 'item':
        return protocols.item(inner(expression.value), expression.index);
      case 'union':
        return unionOf(expression.of.map(inner));
      case 'not-none':
        return withoutNone(inner(expression.value));
      case 'without':
        return withoutInstances(inner(expression.value), expression.classes.map(inner));
      case 'variable': {
        const value = inner(expression.value);
        const isTold = membersOf(value).every(({ kind }) => kind !== 'unknown' && kind !== 'coroutine');
        return isTold ? value : inner(expression.otherwise);
      }
      case 'argument':
        return givenArgument(context.args, expression) ?? inner(expression.otherwise);
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
    // `from . import mail` in a package says that its `mail` is the module of that name.
    names.set(name, world.isModule(name) ? { kind: 'module', name } : unknownType);
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
    return core.attribute(parent, name.slice(dot + 1));
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

  /** The members of a type that are no instances of these classes; unknown where none is left. */
  function withoutInstances(type: Type, classes: readonly Type[]): Type {
    const excluded = new Set(
      classes.flatMap(membersOf).map(each => (each.kind === 'instance' ? each.name : '')),
    );
    const isExcluded = (member: Type): boolean =>
      member.kind === 'instance' && core.lineage(member.name).some(({ name }) => excluded.has(name));
    return unionOf(membersOf(type).filter(member => !isExcluded(member)));
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
    switch (type.kind) {
      case 'instance':
        return { kind: 'class', name: type.name, args: type.args };
      case 'union':
        return unionOf(type.of.map(classFrom));
      case 'none':
        return noneType;
      default:
        return unknownType;
    }
  }

  function superOf(name: string): Type {
    const bases = core.classDeclaration(name)?.bases ?? [];
    const [first] = bases;
    return bases.length === 1 && first !== undefined ? evaluate(first) : unionOfBases(bases);
  }

  /** With several bases the next in line is the first one that has the attribute; here: only if all are known. */
  function unionOfBases(bases: readonly TypeExpression[]): Type {
    const types = bases.map(evaluate);
    return types.find(type => type.kind === 'instance' && type.name !== 'builtins.object') ?? unknownType;
  }

  return core;
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

/** The argument as it is given; `null` when it is not given. */
function givenArgument(
  args: CallArguments | null,
  { index, keyword }: Extract<TypeExpression, { kind: 'argument' }>,
): Type | null {
  if (args === null) return unknownType;
  const byName = keyword === null ? undefined : args.keyword(keyword);
  return byName ?? args.positional(index) ?? (args.open ? unknownType : null);
}

function argumentsOf(
  { args, keywords, open }: Extract<TypeExpression, { kind: 'call' }>,
  typeOf: (part: TypeExpression) => Type,
): CallArguments {
  const given = (part: TypeExpression | undefined): Type | undefined =>
    part === undefined ? undefined : typeOf(part);
  return {
    positional: index => given(args[index]),
    keyword: name => given(Object.hasOwn(keywords, name) ? keywords[name] : undefined),
    open,
  };
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
