import type { ClassDeclaration, FunctionDeclaration } from '../../src/semantics/declarations.ts';
import type { ClassEntry, FunctionEntry } from '../../src/semantics/facts.ts';
import { dottedNameOf, type TypeExpression } from '../../src/semantics/type-expression.ts';
import { isPrivate, type NameBook } from './name-book.ts';
import type { StubModule } from './read-stub.ts';
import { typesToText } from './type-to-text.ts';

/** What stubs say of functions and classes, by their dotted names. */
export interface StubFacts {
  readonly functions: Readonly<Record<string, FunctionEntry>>;
  readonly classes: Readonly<Record<string, ClassEntry>>;
  readonly aliases: Readonly<Record<string, string>>;
}

/** Takes from stubs what facts can say. Where a stub leaves a type open, or its overloads cannot all be said, nothing is taken. */
export function stubFacts(modules: readonly StubModule[], names: NameBook): StubFacts {
  const functions: Record<string, FunctionEntry> = {};
  const classes: Record<string, ClassEntry> = {};
  const aliases: Record<string, string> = {};
  for (const module of modules) {
    for (const [name, declared] of module.functions) {
      const canonical = names.canonical(name);
      if (canonical === null || isPrivate(canonical) || declared[0]?.class !== null) continue;
      const entry = functionEntry(declared, names);
      if (entry === null) continue;
      functions[canonical] = entry;
      for (const other of names.othersOf(canonical)) aliases[other] = canonical;
    }
    for (const [name, declared] of module.classes) {
      const canonical = names.canonical(name);
      if (canonical === null) continue;
      classes[canonical] = classEntry(name, declared, module, names);
      for (const other of names.othersOf(canonical)) aliases[other] = canonical;
    }
  }
  return { functions, classes: withoutUnused(classes, functions), aliases };
}

/** What all overloads of a function say together; `null` for nothing. */
function functionEntry(declared: readonly FunctionDeclaration[], names: NameBook): FunctionEntry | null {
  const [first] = declared;
  if (first === undefined) return null;
  const shape = shapeOf(declared);
  if (shape === null) return null;
  const returns = returnsOf(declared, shape, names);
  const isAsync = first.async && shape !== 'manager';
  if (returns === null && !isAsync && shape !== 'manager') return null;
  return {
    ...(isAsync && { async: true }),
    ...(shape === 'manager' && { manager: first.async ? 'async' : 'sync' }),
    ...(first.method !== null && first.method !== 'instance' && { method: first.method }),
    ...(returns !== null && { returns }),
  };
}

/** Decorators that leave calls as they are. */
const plain =
  /(?:^|\.)(?:overload|abstractmethod|final|deprecated|override|type_check_only|staticmethod|classmethod|runtime_checkable)$/;

type Shape = 'plain' | 'property' | 'manager';

/** What the decorators make of a function; `null` where that is not known, or its overloads differ. */
function shapeOf(declared: readonly FunctionDeclaration[]): Shape | null {
  const shapes = new Set(declared.map(({ decorators }) => shapeBy(decorators)));
  const [shape = null] = shapes;
  return shapes.size === 1 && new Set(declared.map(each => each.async)).size === 1 ? shape : null;
}

function shapeBy(decorators: readonly TypeExpression[]): Shape | null {
  let shape: Shape = 'plain';
  for (const decorator of decorators) {
    const name = dottedNameOf(decorator.kind === 'call' ? decorator.callee : decorator) ?? '';
    if (/(?:^|\.)(?:cached_)?property$/.test(name)) shape = 'property';
    else if (/^contextlib\.(?:async)?contextmanager$/.test(name)) shape = 'manager';
    else if (!plain.test(name)) return null;
  }
  return shape;
}

function returnsOf(declared: readonly FunctionDeclaration[], shape: Shape, names: NameBook): string | null {
  const types = declared.flatMap(({ returns }) => {
    // A context manager's function yields what is bound.
    const type = shape === 'manager' && returns?.kind === 'instance' ? returns.args[0] : returns;
    return type ?? [];
  });
  return types.length < declared.length ? null : typesToText(types, names.classOf);
}

/** Special methods that decide what `with`, `for` and `await` give. */
const protocols = /^__(?:a?enter|a?iter|a?next|call|getitem)__$/;

function classEntry(
  className: string,
  declared: ClassDeclaration,
  module: StubModule,
  names: NameBook,
): ClassEntry {
  const bases = declared.bases.flatMap(base => baseOf(base, names) || []);
  const methods = new Map<string, FunctionEntry>();
  const attributes = new Map<string, string>();
  for (const name of Object.keys(declared.methods)) {
    if (name.startsWith('_') && !protocols.test(name)) continue;
    const overloads = module.functions.get(`${className}.${name}`) ?? [];
    const getter = overloads.find(({ decorators }) => shapeBy(decorators) === 'property');
    if (getter !== undefined) {
      const type = returnsOf([getter], 'property', names);
      if (type !== null) attributes.set(name, type);
      continue;
    }
    const entry = functionEntry(overloads, names);
    if (entry !== null) methods.set(name, entry);
  }
  // What an enumeration has are its members, which are of the class itself.
  for (const [name, type] of isEnumeration(declared) ? [] : Object.entries(declared.attributes)) {
    const text = name.startsWith('_') ? null : typesToText([type], names.classOf);
    if (text !== null) attributes.set(name, text);
  }
  const { manager, iterable } = protocolsOf(declared, names);
  return {
    ...(bases.length > 0 && { extends: bases }),
    ...(manager !== null && { manager }),
    ...(iterable !== null && { iterable }),
    ...('__await__' in declared.methods && { awaitable: true }),
    ...(methods.size > 0 && { methods: grouped(methods) }),
    ...(attributes.size > 0 && { attributes: grouped(attributes) }),
  };
}

/** Base classes that add nothing that facts speak of. */
const silentBases =
  /^(?:builtins\.object|(?:typing|typing_extensions)\.(?:Protocol|Generic|NamedTuple|Any)|abc\.ABC|enum\.\w+)$/;

function isEnumeration({ bases }: ClassDeclaration): boolean {
  return bases.some(base => base.kind === 'instance' && dottedNameOf(base.of)?.startsWith('enum.'));
}

/** The name of a base class; an empty text for one that adds nothing, `null` for one that is not known. */
function baseOf(base: TypeExpression, names: NameBook): string | null {
  if (base.kind !== 'instance') return base.kind === 'unknown' ? '' : null;
  const dotted = dottedNameOf(base.of) ?? '';
  return silentBases.test(dotted) ? '' : names.classOf(dotted);
}

/** What `with` and `for` allow, where the class itself says something of it. */
function protocolsOf(declared: ClassDeclaration, names: NameBook): Protocols {
  const all = methodsOf(declared, names);
  const which = (sync: string, asynchronous: string): Protocols['manager'] => {
    if (all === null || !(sync in declared.methods || asynchronous in declared.methods)) return null;
    if (all.has(sync)) return all.has(asynchronous) ? 'both' : 'sync';
    return 'async';
  };
  return { manager: which('__enter__', '__aenter__'), iterable: which('__iter__', '__aiter__') };
}

type Protocol = 'sync' | 'async' | 'both' | null;
interface Protocols {
  readonly manager: Protocol;
  readonly iterable: Protocol;
}

/** The methods of a class, with those it inherits; `null` when a base class is not known. */
function methodsOf(declared: ClassDeclaration, names: NameBook): ReadonlySet<string> | null {
  const methods = new Set(Object.keys(declared.methods));
  for (const base of declared.bases) {
    if (baseOf(base, names) === '') continue;
    const dotted = base.kind === 'instance' ? dottedNameOf(base.of) : null;
    const declaredBase = dotted === null ? null : names.declaredClass(dotted);
    const inherited = declaredBase === null ? null : methodsOf(declaredBase, names);
    if (inherited === null) return null;
    for (const method of inherited) methods.add(method);
  }
  return methods;
}

/** Names with the same facts under one key. */
function grouped<T>(entries: ReadonlyMap<string, T>): Record<string, T> {
  const groups = new Map<string, { names: string[]; value: T }>();
  for (const [name, value] of entries) {
    const key = JSON.stringify(value);
    const group = groups.get(key) ?? { names: [], value };
    group.names.push(name);
    groups.set(key, group);
  }
  return Object.fromEntries([...groups.values()].map(({ names, value }) => [names.join(' '), value]));
}

/** Leaves out private classes that nothing refers to. */
function withoutUnused(
  classes: Readonly<Record<string, ClassEntry>>,
  functions: Readonly<Record<string, FunctionEntry>>,
): Record<string, ClassEntry> {
  const wanted = new Map(Object.entries(classes).filter(([name]) => !isPrivate(name)));
  const pending = [JSON.stringify(functions), ...[...wanted.values()].map(entry => JSON.stringify(entry))];
  for (let text = pending.pop(); text !== undefined; text = pending.pop()) {
    for (const [name] of text.matchAll(/[\w.]+/g)) {
      const entry = wanted.has(name) ? undefined : classes[name];
      if (entry === undefined) continue;
      wanted.set(name, entry);
      pending.push(JSON.stringify(entry));
    }
  }
  return Object.fromEntries([...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
