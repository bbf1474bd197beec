import type { ParsedModule } from '../python/parsed-module.ts';
import type { Call, Expr, FunctionNode, Lambda, Name, Node } from '../python/syntax-tree.ts';
import { importedLibraries, usedLibraries } from './async-library.ts';
import { givenArguments, noArguments } from './call-conditions.ts';
import type { ClassDeclaration, FunctionDeclaration, RunKind } from './declarations.ts';
import { describeModule } from './describe-module.ts';
import { isDoneOnce } from './done-once.ts';
import type { Evaluator } from './evaluator.ts';
import { fileRole } from './file-role.ts';
import { isFunctionNode } from './function-body.ts';
import { functionsRun } from './functions-run.ts';
import { loopCallbacks } from './loop-callbacks.ts';
import type { AsyncLibrary, Callee, LoopContext, SemanticModel } from './model.ts';
import { once } from './once.ts';
import { isProtocolCallback } from './protocol-callbacks.ts';
import { resolveIn, resolveName } from './resolve-name.ts';
import { saysNotToWait } from './says-not-to-wait.ts';
import { type Binding, scopeNodeOf } from './scopes.ts';
import type { Session } from './session.ts';
import {
  type BlockingCallee,
  type BlockingChain,
  blockingCallee,
  chainsGone,
  holdsUp,
  type Summaries,
} from './summaries.ts';
import { everyMember, knownMembers, membersOf, type Type } from './types.ts';

/** What the settings say that the model needs. */
export interface ModelSettings {
  /** For files that import none of the three libraries. */
  readonly asyncLibrary: AsyncLibrary | null;
}

/**
 * Builds the model of a module. Costs little: everything is worked out when a rule asks for it.
 *
 * @param around what is known beside it; this text takes the place of the version of the module that may be known there
 */
export function buildModel(
  path: string,
  parsed: ParsedModule,
  around: Session,
  settings: ModelSettings,
): SemanticModel {
  const described = once(() => {
    const before = around.described(path, parsed.source.text);
    return before?.parsed === parsed
      ? before
      : describeModule(path, parsed, name => around.resolve(name, path));
  });
  const session = once(() => around.withModule(described()));
  const evaluator = (): Evaluator => session().evaluator;
  const summaries = (): Summaries => session().summaries;
  const nodes = once(() => new Map([...described().functions].map(([node, { name }]) => [name, node])));
  const callbacks = once(() =>
    loopCallbacks(described().outline.calls, {
      typeOf,
      nodeOf,
      isLoopCaller: name => evaluator().isLoopCaller(name),
    }),
  );
  const namesById = once(() => Map.groupBy(described().outline.names, ({ id }) => id));
  const uses = new Map<Binding, readonly Name[]>();
  const types = new Map<Expr, Type>();
  const blockingCalls = new Map<Call, BlockingCallee | null>();
  const functions = new Map<Node, FunctionNode | Lambda | null>();
  const bindings = once(indexBindings);
  const imported = once(() => importedLibraries(described().outline.imports));
  const libraries = new Map<FunctionNode | Lambda, AsyncLibrary | null>();

  function typeOf(node: Expr): Type {
    return remembered(types, node, () => evaluator().evaluate(described().describer.expression(node)));
  }

  function nodeOf(declaration: FunctionDeclaration): FunctionNode | null {
    return declaration.place?.path === path ? (nodes().get(declaration.name) ?? null) : null;
  }

  function functionAround(node: Node): FunctionNode | Lambda | null {
    return remembered(functions, node, () => findFunctionAround(node));
  }

  function findFunctionAround(node: Node): FunctionNode | Lambda | null {
    for (let scope = scopeNodeOf(node); scope.kind !== 'Module'; scope = scopeNodeOf(scope)) {
      if (isFunctionNode(scope) || scope.kind === 'Lambda') return scope;
      if (scope.kind === 'ClassDef') return null;
    }
    return null;
  }

  function loopContext(node: Node): LoopContext | null {
    const around = functionAround(node);
    if (around === null) return null;
    if (around.kind === 'AsyncFunctionDef') return { function: around, reason: 'coroutine' };
    const isCalled = callbacks().has(around) || isProtocolCallback(around, () => lineageOf(around.parent));
    return isCalled ? { function: around, reason: 'callback' } : null;
  }

  function lineageOf(node: Node | null): readonly ClassDeclaration[] {
    if (node?.kind !== 'ClassDef') return [];
    return evaluator().lineage(required(described().classes.get(node)).name);
  }

  function scopeName(node: Node): string {
    for (let at: Node | null = node; at !== null; at = at.parent) {
      if (isFunctionNode(at) || at.kind === 'ClassDef') return described().qualifiedNames.get(at) ?? at.name;
    }
    return '';
  }

  function asyncLibrary(node: Node): AsyncLibrary {
    const found = imported();
    const [only] = found;
    if (only !== undefined && found.size === 1) return only;
    if (only === undefined) return settings.asyncLibrary ?? 'asyncio';
    for (let around = functionAround(node); around !== null; around = functionAround(around)) {
      const used = libraryIn(around);
      if (used !== null) return used;
    }
    return (['asyncio', 'anyio', 'trio'] as const).find(library => found.has(library)) ?? only;
  }

  /** The one library that a function uses by name. */
  function libraryIn(part: FunctionNode | Lambda): AsyncLibrary | null {
    const before = libraries.get(part);
    if (before !== undefined) return before;
    const used = usedLibraries(part, name => resolveName(described().scopes, name)?.bindings ?? []);
    const [only = null] = used.size === 1 ? used : [];
    libraries.set(part, only);
    return only;
  }

  function callees(node: Call): readonly Callee[] {
    return knownMembers(typeOf(node.func)).flatMap((member): Callee[] => {
      if (member.kind === 'function') {
        return member.result === null
          ? [{ name: member.function.name, declaration: member.function, receiver: member.receiver }]
          : [];
      }
      if (member.kind !== 'class') return [];
      const [declaration] = evaluator().lineage(member.name);
      return declaration === undefined ? [] : [{ name: member.name, declaration, receiver: null }];
    });
  }

  function qualifiedName(node: Expr): string | null {
    const type = typeOf(node);
    if (type.kind === 'function') return type.result === null ? type.function.name : null;
    return type.kind === 'module' || type.kind === 'class' || type.kind === 'external' ? type.name : null;
  }

  function blockingCall(node: Call): BlockingCallee | null {
    return remembered(blockingCalls, node, () => {
      const found = blockingCallee(typeOf(node.func), evaluator());
      return found === null || saysNotToWait(node) || isHarmless(found.name, node.func) ? null : found;
    });
  }

  function isHarmless(name: string, { start, end }: Expr): boolean {
    return around.isHarmless(name) || around.isHarmless(parsed.source.text.slice(start, end));
  }

  function blockingChains(node: Expr, how: RunKind = 'call'): readonly BlockingChain[] {
    const call = node.kind === 'Call' ? node : null;
    const shown = call?.func ?? node;
    const expression = described().describer.expression(how === 'call' ? shown : node);
    const gone = functionsRun(how, expression, evaluator()).flatMap(({ declaration, callee, given }) => {
      if (isHarmless(declaration.name, shown)) return [];
      const written = call === null ? noArguments : givenArguments(call, () => false);
      const chains = summaries()
        .blocking(declaration)
        .filter(({ kind }) => holdsUp(kind, how));
      return chainsGone(chains, declaration, callee, given ?? written);
    });
    const around = gone.length === 0 ? null : functionAround(node);
    const isOnce = around !== null && around.kind !== 'Lambda' && isDoneOnce(node, around);
    return isOnce ? gone.map(chain => ({ ...chain, once: true })) : gone;
  }

  function indexBindings(): ReadonlyMap<Node, readonly Binding[]> {
    const index = new Map<Node, Binding[]>();
    for (const scope of described().scopes.values()) {
      for (const found of scope.bindings.values()) {
        for (const binding of found) index.set(binding.node, [...(index.get(binding.node) ?? []), binding]);
      }
    }
    return index;
  }

  /** A call that may give `None` calls a synchronous function too. */
  function isCoroutine(node: Expr): boolean {
    const type = typeOf(node);
    if (node.kind === 'Call' && membersOf(type).some(({ kind }) => kind === 'none')) return false;
    return everyMember(type, ({ kind }) => kind === 'coroutine');
  }

  function usesOf(binding: Binding): readonly Name[] {
    return remembered(uses, binding, () => {
      const named = namesById().get(binding.name) ?? [];
      return named.filter(node => !isOnlyBound(node) && readBy(node).includes(binding));
    });
  }

  /** A narrowed name still reads whatever its scope has bound. */
  function readBy(node: Name): readonly Binding[] {
    const found = described().describer.definitions(node) ?? [];
    if (found.some(({ kind }) => kind !== 'binding'))
      return resolveName(described().scopes, node)?.bindings ?? [];
    return found.flatMap(definition => (definition.kind === 'binding' ? [definition.binding] : []));
  }

  function isOnlyBound(node: Name): boolean {
    return bindings().has(node) && node.parent.kind !== 'AugAssign';
  }

  function nameFor(qualified: string, node: Node): string | null {
    const module = described().scopes.get(parsed.module);
    for (const [name, found] of module?.bindings ?? []) {
      const [only] = found;
      if (found.length !== 1 || only?.source.kind !== 'import') continue;
      const from = only.source.name;
      if (qualified !== from && !qualified.startsWith(`${from}.`)) continue;
      if (only.node.parent?.parent?.kind !== 'Module') continue;
      if (resolveIn(described().scopes, name, node)?.scope !== module) continue;
      return `${name}${qualified.slice(from.length)}`;
    }
    return null;
  }

  return {
    path,
    parsed,
    role: fileRole(path),
    get types() {
      return evaluator();
    },
    scopeName,
    functionAround,
    coroutineAround(node) {
      const around = functionAround(node);
      return around?.kind === 'AsyncFunctionDef' ? around : null;
    },
    loopContext,
    asyncLibrary,
    typeOf,
    typeOfAnnotation: node => evaluator().evaluate(described().describer.annotation(node)),
    qualifiedName,
    callees,
    calleeName(node) {
      const found = callees(node);
      return found.length === 1 ? (found[0]?.name ?? null) : null;
    },
    blockingCall,
    blockingChains,
    everyMember: (node, test) => everyMember(typeOf(node), test),
    isCoroutine,
    declarationOf: node => required(described().functions.get(node)),
    classDeclarationOf: node => required(described().classes.get(node)),
    nodeOf,
    definitionsOf: node => described().describer.definitions(node),
    bindingsAt: node => bindings().get(node) ?? [],
    usesOf,
    nameFor,
  };
}

/** What is known of a key already, or what is found out now. */
function remembered<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}

function required<T>(found: T | undefined): T {
  if (found === undefined) throw new TypeError('The node is of another module.');
  return found;
}
