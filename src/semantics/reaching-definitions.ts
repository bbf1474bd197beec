import type {
  Call,
  ExceptHandler,
  Expr,
  MatchCase,
  Name,
  Node,
  ScopeNode,
  Stmt,
} from '../python/syntax-tree.ts';
import { childrenOf } from '../python/visitor.ts';
import { resolveIn, resolveName } from './resolve-name.ts';
import type { Binding, Scope } from './scopes.ts';

/** What a name may hold where it is read: what a place has bound, or that narrowed by a test on the way. */
export type Definition =
  | { readonly kind: 'binding'; readonly binding: Binding }
  /** `isinstance(name, class)` held on the way. */
  | { readonly kind: 'instance-check'; readonly classes: Expr }
  /** A test with `iscoroutine`, `isawaitable` and the like held on the way: what it is cannot be said. */
  | { readonly kind: 'opaque' };

/** Which definitions of each name are alive; `null` where the text cannot be reached. */
type Environment = ReadonlyMap<string, readonly Definition[]> | null;

interface Loop {
  readonly breaks: Environment[];
  readonly continues: Environment[];
}

/**
 * For each reading of a name that its own scope binds more than once, or narrows: the definitions that can reach it.
 * An abstract run over the statements: branches are joined, loop bodies run until nothing new comes in, and anything
 * in a `try` body may have happened when a handler starts.
 *
 * @param narrowed see `narrowedNames`
 */
export function reachingDefinitions(
  scope: Scope,
  scopes: ReadonlyMap<ScopeNode, Scope>,
  narrowed: ReadonlySet<string>,
): ReadonlyMap<Name, readonly Definition[]> {
  const body = bodyOf(scope.node);
  const tracked = trackedNames(scope, narrowed);
  const reached = new Map<Name, Definition[]>();
  if (tracked.size === 0) return reached;
  const bindingAt = new Map<Node, Binding[]>();
  for (const name of tracked) {
    for (const binding of scope.bindings.get(name) ?? []) {
      const known = bindingAt.get(binding.node);
      if (known === undefined) bindingAt.set(binding.node, [binding]);
      else known.push(binding);
    }
  }
  const run = new Run(scope, scopes, tracked, bindingAt, reached);
  run.block(body, run.entry());
  return reached;
}

function bodyOf(node: ScopeNode): readonly Stmt[] {
  switch (node.kind) {
    case 'Module':
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
      return node.body;
    default:
      return [];
  }
}

/** Names for which the order of things matters. Of the others the one binding is all there is to know. */
function trackedNames(scope: Scope, narrowed: ReadonlySet<string>): ReadonlySet<string> {
  const tracked = new Set(narrowed);
  for (const [name, bindings] of scope.bindings) {
    if (bindings.length > 1) tracked.add(name);
  }
  return tracked;
}

/** The names of each scope that some call of a module tests for what they are. */
export function narrowedNames(
  calls: readonly Call[],
  scopes: ReadonlyMap<ScopeNode, Scope>,
): ReadonlyMap<Scope, ReadonlySet<string>> {
  const narrowed = new Map<Scope, Set<string>>();
  for (const call of calls) {
    const name = narrowedBy(call)?.name;
    const scope = name === undefined ? undefined : resolveIn(scopes, name, call)?.scope;
    if (name === undefined || scope === undefined) continue;
    const names = narrowed.get(scope);
    if (names === undefined) narrowed.set(scope, new Set([name]));
    else names.add(name);
  }
  return narrowed;
}

const opaqueTests = new Set([
  'iscoroutine',
  'isawaitable',
  'iscoroutinefunction',
  'isfuture',
  'isasyncgen',
  'isasyncgenfunction',
  'is_coroutine_function',
  'callable',
  'hasattr',
]);

/** The name that a call tests, and what a positive answer says of it. */
function narrowedBy(test: Expr): { name: string; definition: Definition } | null {
  if (test.kind !== 'Call') return null;
  const [subject, classes] = test.args;
  if (subject?.kind !== 'Name') return null;
  const tester = testerOf(test);
  if (tester === 'isinstance' && classes !== undefined) {
    return { name: subject.id, definition: { kind: 'instance-check', classes } };
  }
  return opaqueTests.has(tester) ? { name: subject.id, definition: { kind: 'opaque' } } : null;
}

function testerOf(call: Call): string {
  if (call.func.kind === 'Name') return call.func.id;
  return call.func.kind === 'Attribute' ? call.func.attr : '';
}

function join(environments: readonly Environment[]): Environment {
  let joined: Map<string, readonly Definition[]> | null = null;
  for (const environment of environments) {
    if (environment === null) continue;
    if (joined === null) {
      joined = new Map(environment);
      continue;
    }
    for (const [name, definitions] of environment) {
      joined.set(name, mergeDefinitions(joined.get(name) ?? [], definitions));
    }
  }
  return joined;
}

function mergeDefinitions(a: readonly Definition[], b: readonly Definition[]): readonly Definition[] {
  if (a === b) return a;
  const added = b.filter(definition => !a.includes(definition));
  return added.length === 0 ? a : [...a, ...added];
}

class Run {
  readonly #scope: Scope;
  readonly #scopes: ReadonlyMap<ScopeNode, Scope>;
  readonly #tracked: ReadonlySet<string>;
  readonly #bindingAt: ReadonlyMap<Node, readonly Binding[]>;
  readonly #reached: Map<Name, Definition[]>;
  readonly #definitions = new Map<Binding, Definition>();
  readonly #narrowings = new Map<Expr, { name: string; definition: Definition } | null>();
  readonly #loops: Loop[] = [];
  /** Everything bound while a `try` body runs; innermost last. */
  readonly #attempts: Environment[][] = [];

  constructor(
    scope: Scope,
    scopes: ReadonlyMap<ScopeNode, Scope>,
    tracked: ReadonlySet<string>,
    bindingAt: ReadonlyMap<Node, readonly Binding[]>,
    reached: Map<Name, Definition[]>,
  ) {
    this.#scope = scope;
    this.#scopes = scopes;
    this.#tracked = tracked;
    this.#bindingAt = bindingAt;
    this.#reached = reached;
  }

  /** Parameters are bound before the body starts. */
  entry(): Environment {
    const environment = new Map<string, readonly Definition[]>();
    for (const name of this.#tracked) {
      for (const binding of this.#scope.bindings.get(name) ?? []) {
        if (binding.node.kind === 'arg') environment.set(name, [this.#definition(binding)]);
      }
    }
    return environment;
  }

  block(body: readonly Stmt[], start: Environment): Environment {
    let environment = start;
    for (const statement of body) environment = this.#statement(statement, environment);
    return environment;
  }

  #definition(binding: Binding): Definition {
    const known = this.#definitions.get(binding);
    if (known !== undefined) return known;
    const made: Definition = { kind: 'binding', binding };
    this.#definitions.set(binding, made);
    return made;
  }

  #set(environment: Environment, name: string, definitions: readonly Definition[]): Environment {
    if (environment === null) return null;
    const next = new Map(environment).set(name, definitions);
    for (const attempt of this.#attempts) attempt.push(next);
    return next;
  }

  #bindAt(node: Node, environment: Environment): Environment {
    let next = environment;
    for (const binding of this.#bindingAt.get(node) ?? []) {
      next = this.#set(
        next,
        binding.name,
        binding.source.kind === 'delete' ? [] : [this.#definition(binding)],
      );
    }
    return next;
  }

  /** Reads the names of an expression and binds its walruses, in the order of the text. */
  #read(node: Node | null, environment: Environment): Environment {
    if (node === null) return environment;
    let next = environment;
    if (node.kind === 'Name') {
      this.#record(node, next);
      return next;
    }
    if (node.kind === 'Lambda') return next;
    if (node.kind === 'NamedExpr') return this.#bindAt(node.target, this.#read(node.value, next));
    if (node.kind === 'IfExp') return this.#conditional(node, next);
    if (node.kind === 'BoolOp') {
      for (const value of node.values) {
        next = this.#read(value, next);
        if (node.op === 'And') next = this.#narrow(value, next, true);
      }
      return join([environment, this.#forget(next, environment)]);
    }
    for (const child of childrenOf(node)) next = this.#read(child, next);
    return next;
  }

  #conditional(node: Extract<Expr, { kind: 'IfExp' }>, environment: Environment): Environment {
    const tested = this.#read(node.test, environment);
    const yes = this.#read(node.body, this.#narrow(node.test, tested, true));
    const no = this.#read(node.orelse, this.#narrow(node.test, tested, false));
    return join([this.#forget(yes, tested), this.#forget(no, tested)]);
  }

  /** After an expression, what its tests had narrowed is as before; what it bound stays. */
  #forget(after: Environment, before: Environment): Environment {
    if (after === null || before === null) return after;
    const kept = new Map(after);
    for (const [name, definitions] of after) {
      if (definitions.some(definition => definition.kind !== 'binding'))
        kept.set(name, before.get(name) ?? definitions);
    }
    return kept;
  }

  #record(name: Name, environment: Environment): void {
    if (environment === null || !this.#tracked.has(name.id)) return;
    const resolution = resolveName(this.#scopes, name);
    if (resolution?.scope !== this.#scope || resolution.deferred) return;
    const definitions = environment.get(name.id) ?? [];
    const known = this.#reached.get(name);
    if (known === undefined) this.#reached.set(name, [...definitions]);
    else for (const definition of definitions) if (!known.includes(definition)) known.push(definition);
  }

  /** Binds the names of an assignment's target; reads what else is in it (`a.b`, `a[i]`). */
  #assign(target: Expr, environment: Environment): Environment {
    switch (target.kind) {
      case 'Name':
        return this.#bindAt(target, environment);
      case 'Tuple':
      case 'List':
        return target.elts.reduce<Environment>((next, element) => this.#assign(element, next), environment);
      case 'Starred':
        return this.#assign(target.value, environment);
      default:
        return this.#read(target, environment);
    }
  }

  #narrow(test: Expr, environment: Environment, holds: boolean): Environment {
    if (environment === null) return null;
    if (test.kind === 'UnaryOp' && test.op === 'Not') return this.#narrow(test.operand, environment, !holds);
    if (test.kind === 'BoolOp' && test.op === 'And' && holds) {
      return test.values.reduce<Environment>((next, value) => this.#narrow(value, next, true), environment);
    }
    if (!holds) return environment;
    const narrowing = this.#narrowing(test);
    if (narrowing === null || !environment.has(narrowing.name)) return environment;
    return new Map(environment).set(narrowing.name, [narrowing.definition]);
  }

  #narrowing(test: Expr): { name: string; definition: Definition } | null {
    const known = this.#narrowings.get(test);
    if (known !== undefined) return known;
    const found = narrowedBy(test);
    const narrowing = found !== null && this.#tracked.has(found.name) ? found : null;
    this.#narrowings.set(test, narrowing);
    return narrowing;
  }

  #statement(node: Stmt, environment: Environment): Environment {
    switch (node.kind) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
      case 'ClassDef':
        return this.#definitionStatement(node, environment);
      case 'Return':
        this.#read(node.value, environment);
        return null;
      case 'Raise':
        this.#read(node.cause, this.#read(node.exc, environment));
        return null;
      case 'Break':
        this.#loops.at(-1)?.breaks.push(environment);
        return null;
      case 'Continue':
        this.#loops.at(-1)?.continues.push(environment);
        return null;
      case 'Assign': {
        const read = this.#read(node.value, environment);
        return node.targets.reduce<Environment>((next, target) => this.#assign(target, next), read);
      }
      case 'AnnAssign': {
        const read = this.#read(node.value, environment);
        return node.value === null && node.simple
          ? this.#bindAnnotation(node.target, read)
          : this.#assign(node.target, read);
      }
      case 'AugAssign':
        return this.#assign(node.target, this.#read(node.target, this.#read(node.value, environment)));
      case 'Delete':
        return node.targets.reduce<Environment>((next, target) => this.#assign(target, next), environment);
      case 'Import':
      case 'ImportFrom':
        return node.names.reduce<Environment>((next, alias) => this.#bindAt(alias, next), environment);
      case 'If':
        return this.#if(node, environment);
      case 'For':
      case 'AsyncFor':
        return this.#loop(node, this.#read(node.iter, environment));
      case 'While':
        return this.#loop(node, environment);
      case 'With':
      case 'AsyncWith':
        return this.#with(node, environment);
      case 'Try':
      case 'TryStar':
        return this.#try(node, environment);
      case 'Match':
        return this.#match(node.cases, this.#read(node.subject, environment));
      case 'TypeAlias':
        return this.#assign(node.name, environment);
      default:
        return this.#read(node, environment);
    }
  }

  /** An annotation without a value tells the type of what comes; it is kept beside what is there. */
  #bindAnnotation(target: Expr, environment: Environment): Environment {
    if (environment === null || target.kind !== 'Name') return environment;
    const before = environment.get(target.id) ?? [];
    const bound = this.#bindAt(target, environment);
    return this.#set(bound, target.id, mergeDefinitions(before, bound?.get(target.id) ?? []));
  }

  #definitionStatement(
    node: Extract<Stmt, { kind: 'FunctionDef' | 'AsyncFunctionDef' | 'ClassDef' }>,
    environment: Environment,
  ): Environment {
    let next = node.decorator_list.reduce<Environment>(
      (env, decorator) => this.#read(decorator, env),
      environment,
    );
    if (node.kind === 'ClassDef') {
      for (const base of [...node.bases, ...node.keywords]) next = this.#read(base, next);
    } else {
      next = this.#read(node.args, next);
      next = this.#read(node.returns, next);
    }
    return this.#bindAt(node, next);
  }

  #if(node: Extract<Stmt, { kind: 'If' }>, environment: Environment): Environment {
    const tested = this.#read(node.test, environment);
    const yes = this.block(node.body, this.#narrow(node.test, tested, true));
    const no = this.block(node.orelse, this.#narrow(node.test, tested, false));
    return join([yes, no]);
  }

  #loop(node: Extract<Stmt, { kind: 'For' | 'AsyncFor' | 'While' }>, environment: Environment): Environment {
    let head = environment;
    let exit: Environment = null;
    let breaks: Environment[] = [];
    for (let round = 0; round < maxRounds; round += 1) {
      const loop: Loop = { breaks: [], continues: [] };
      this.#loops.push(loop);
      const tested = node.kind === 'While' ? this.#read(node.test, head) : head;
      const entered =
        node.kind === 'While' ? this.#narrow(node.test, tested, true) : this.#assign(node.target, tested);
      const end = this.block(node.body, entered);
      this.#loops.pop();
      exit = node.kind === 'While' && isAlwaysTrue(node.test) ? null : tested;
      breaks = loop.breaks;
      const next = join([head, end, ...loop.continues]);
      if (sameSize(next, head)) break;
      head = next;
    }
    return join([this.block(node.orelse, exit === null ? null : join([exit, head])), ...breaks]);
  }

  #with(node: Extract<Stmt, { kind: 'With' | 'AsyncWith' }>, environment: Environment): Environment {
    let next = environment;
    for (const item of node.items) {
      next = this.#read(item.context_expr, next);
      if (item.optional_vars !== null) next = this.#assign(item.optional_vars, next);
    }
    return this.block(node.body, next);
  }

  #try(node: Extract<Stmt, { kind: 'Try' | 'TryStar' }>, environment: Environment): Environment {
    const during: Environment[] = [environment];
    this.#attempts.push(during);
    const end = this.block(node.body, environment);
    this.#attempts.pop();
    const failed = join(during);
    const done = this.block(node.orelse, end);
    const handled = node.handlers.map(handler => this.#handler(handler, failed));
    const after = join([done, ...handled]);
    if (node.finalbody.length === 0) return after;
    const final = this.block(node.finalbody, join([failed, after]));
    return after === null ? null : final;
  }

  #handler(node: ExceptHandler, environment: Environment): Environment {
    const read = this.#read(node.type, environment);
    return this.block(node.body, node.name === null ? read : this.#bindAt(node, read));
  }

  #match(cases: readonly MatchCase[], environment: Environment): Environment {
    const ends = cases.map(({ pattern, guard, body }) => {
      const bound = this.#bindPattern(pattern, environment);
      return this.block(body, this.#read(guard, bound));
    });
    return join([environment, ...ends]);
  }

  #bindPattern(pattern: Node, environment: Environment): Environment {
    const bound = this.#bindAt(pattern, environment);
    return childrenOf(pattern).reduce<Environment>((next, child) => this.#bindPattern(child, next), bound);
  }
}

/** A name has few definitions: loops settle after two or three rounds. */
const maxRounds = 4;

function isAlwaysTrue(test: Expr): boolean {
  if (test.kind !== 'Constant') return false;
  return (
    (test.value.type === 'bool' && test.value.value) || (test.value.type === 'int' && test.value.value !== 0)
  );
}

function sameSize(a: Environment, b: Environment): boolean {
  if (a === null || b === null) return a === b;
  let sizeA = 0;
  let sizeB = 0;
  for (const definitions of a.values()) sizeA += definitions.length;
  for (const definitions of b.values()) sizeB += definitions.length;
  return sizeA === sizeB;
}
