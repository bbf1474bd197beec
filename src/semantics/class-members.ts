import type { ClassDeclaration, FunctionDeclaration, World } from './declarations.ts';
import {
  type EvaluatorCore,
  noArguments,
  noContext,
  type Protocol,
  withoutNoneMembers,
} from './evaluator.ts';
import { type FunctionType, type Type, unionOf, unknownType } from './types.ts';

/** The part of an evaluator that looks into classes: attributes, methods, base classes. */
export type ClassMembers = Pick<
  EvaluatorCore,
  | 'attribute'
  | 'classDeclaration'
  | 'isFullyKnown'
  | 'iterableProtocol'
  | 'lineage'
  | 'managerProtocol'
  | 'method'
  | 'parametersOf'
>;

/** Makes the part of an evaluator that looks into classes. */
export function createClassMembers(world: World, core: EvaluatorCore): ClassMembers {
  const { evaluate, evaluateIn, named, typeOfDeclaration } = core;
  const lineages = new Map<string, readonly ClassDeclaration[]>();
  /** How many base classes are being looked for: until then not all that a class has is known. */
  let openLineages = 0;
  const holders = new Map<string, Map<string, ClassDeclaration | null>>();

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
    openLineages += 1;
    for (const base of own.bases) {
      const type = evaluate(base);
      if (type.kind === 'instance') for (const ancestor of lineage(type.name)) found.add(ancestor);
    }
    openLineages -= 1;
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
        return member(value, name);
      case 'union':
        return unionOf(withoutNoneMembers(value).map(each => attribute(each, name)));
      default:
        return unknownType;
    }
  }

  function member(value: Type & { kind: 'class' | 'instance' }, name: string): Type {
    if (name === '__class__' && value.kind === 'instance') return { ...value, kind: 'class' };
    const holder = holderOf(value.name, name);
    if (holder === null) return unknownType;
    const found = holder.methods[name];
    if (found !== undefined) return boundMethod(value, found);
    const held = holder.attributes[name];
    if (held !== undefined)
      return evaluateIn(held, { self: value, parameters: parametersOf(value), args: null });
    const nested = world.declaration(`${holder.name}.${name}`);
    return nested === null ? unknownType : typeOfDeclaration(nested);
  }

  /** The class, among one and its bases, that has an attribute; `null` when that cannot be said. */
  function holderOf(className: string, name: string): ClassDeclaration | null {
    let known = holders.get(className);
    if (known === undefined) {
      known = new Map();
      holders.set(className, known);
    }
    let holder = known.get(name);
    if (holder === undefined) {
      holder = findHolder(className, name);
      if (openLineages === 0) known.set(name, holder);
    }
    return holder;
  }

  function findHolder(className: string, name: string): ClassDeclaration | null {
    for (const declaration of lineage(className)) {
      const has = declaration.methods[name] !== undefined || declaration.attributes[name] !== undefined;
      if (has || world.declaration(`${declaration.name}.${name}`) !== null) return declaration;
      // A base that is not known may have the attribute, before those that follow.
      if (declaration.bases.some(base => !isKnownBase(evaluate(base)))) return null;
    }
    return null;
  }

  function boundMethod(value: Type & { kind: 'class' | 'instance' }, found: FunctionDeclaration): Type {
    const seen = core.shape(found);
    if (seen === null) return unknownType;
    const bound: FunctionType = { kind: 'function', function: found, receiver: value, result: null };
    return seen.property && value.kind === 'instance' ? core.callFunction(bound, noArguments) : bound;
  }

  function parametersOf(value: Type | null): ReadonlyMap<string, Type> {
    if (value?.kind !== 'instance') return noContext.parameters;
    const declared = classDeclaration(value.name)?.typeParameters ?? [];
    if (declared.length === 0) return noContext.parameters;
    return new Map(declared.map((name, index) => [name, value.args[index] ?? unknownType]));
  }

  function protocolFor(
    name: string,
    fact: 'manager' | 'iterable',
    sync: string,
    async: string,
  ): Protocol | null {
    const classes = lineage(name);
    const own = classes[0]?.facts?.[fact] ?? null;
    if (own !== null) return own;
    // What facts say of a base class is not all: a class may have the other protocol besides.
    const told = classes.flatMap(({ facts }) => facts?.[fact] ?? []);
    const has = (dunder: string): boolean =>
      classes.some(
        ({ methods, attributes }) => methods[dunder] !== undefined || attributes[dunder] !== undefined,
      );
    const isOpen = !isFullyKnown(name) || classes.some(({ complete }) => !complete) || has('__getattr__');
    if (told.length === 0 && isOpen) return null;
    const isAsync = has(async) || told.some(protocol => protocol !== 'sync');
    if (has(sync) || told.some(protocol => protocol !== 'async')) return isAsync ? 'both' : 'sync';
    return isAsync ? 'async' : 'none';
  }

  return {
    attribute,
    classDeclaration,
    isFullyKnown,
    iterableProtocol: name => protocolFor(name, 'iterable', '__iter__', '__aiter__'),
    lineage,
    managerProtocol: name => protocolFor(name, 'manager', '__enter__', '__aenter__'),
    method,
    parametersOf,
  };
}
