import type { Expr, Name, Node, ScopeNode } from '../python/syntax-tree.ts';
import { childrenOf } from '../python/visitor.ts';
import { type Environment, join } from './environments.ts';
import { type Definition, type Narrowing, narrowedBy } from './narrowing.ts';
import { resolveName } from './resolve-name.ts';
import type { Binding, Scope } from './scopes.ts';

type Exclusion = Extract<Definition, { kind: 'not-instance' }>;

/** Follows expressions of one scope: which definitions each name in them reads, and what they bind. */
export class ExpressionFlow {
  readonly #scope: Scope;
  readonly #scopes: ReadonlyMap<ScopeNode, Scope>;
  readonly #tracked: ReadonlySet<string>;
  readonly #bindingAt: ReadonlyMap<Node, readonly Binding[]>;
  readonly #reached: Map<Name, Definition[]>;
  readonly #definitions = new Map<Binding, Definition>();
  readonly #narrowings = new Map<Expr, Narrowing | null>();
  readonly #exclusions = new Map<Expr, readonly Exclusion[]>();
  /** Everything bound while a `try` body runs; innermost last. */
  readonly attempts: Environment[][] = [];

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

  #definition(binding: Binding): Definition {
    const known = this.#definitions.get(binding);
    if (known !== undefined) return known;
    const made: Definition = { kind: 'binding', binding };
    this.#definitions.set(binding, made);
    return made;
  }

  /** Gives a name these definitions. */
  set(environment: Environment, name: string, definitions: readonly Definition[]): Environment {
    if (environment === null) return null;
    const next = new Map(environment).set(name, definitions);
    for (const attempt of this.attempts) attempt.push(next);
    return next;
  }

  /** Binds what a node binds: a name of a target, a definition, an import. */
  bindAt(node: Node, environment: Environment): Environment {
    let next = environment;
    for (const binding of this.#bindingAt.get(node) ?? []) {
      next = this.set(
        next,
        binding.name,
        binding.source.kind === 'delete' ? [] : [this.#definition(binding)],
      );
    }
    return next;
  }

  /** Reads the names of an expression and binds its walruses, in the order of the text. */
  read(node: Node | null, environment: Environment): Environment {
    if (node === null) return environment;
    let next = environment;
    if (node.kind === 'Name') {
      this.#record(node, next);
      return next;
    }
    if (node.kind === 'Lambda') return next;
    if (node.kind === 'NamedExpr') return this.bindAt(node.target, this.read(node.value, next));
    if (node.kind === 'IfExp') return this.#conditional(node, next);
    if (node.kind === 'BoolOp') {
      for (const value of node.values) {
        next = this.read(value, next);
        if (node.op === 'And') next = this.narrow(value, next, true);
      }
      return join([environment, this.#forget(next, environment)]);
    }
    for (const child of childrenOf(node)) next = this.read(child, next);
    return next;
  }

  #conditional(node: Extract<Expr, { kind: 'IfExp' }>, environment: Environment): Environment {
    const tested = this.read(node.test, environment);
    const yes = this.read(node.body, this.narrow(node.test, tested, true));
    const no = this.read(node.orelse, this.narrow(node.test, tested, false));
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
  assign(target: Expr, environment: Environment): Environment {
    switch (target.kind) {
      case 'Name':
        return this.bindAt(target, environment);
      case 'Tuple':
      case 'List':
        return target.elts.reduce<Environment>((next, element) => this.assign(element, next), environment);
      case 'Starred':
        return this.assign(target.value, environment);
      default:
        return this.read(target, environment);
    }
  }

  /** What is known of names where a test has this answer. */
  narrow(test: Expr, environment: Environment, holds: boolean): Environment {
    if (environment === null) return null;
    if (test.kind === 'UnaryOp' && test.op === 'Not') return this.narrow(test.operand, environment, !holds);
    if (test.kind === 'BoolOp' && test.op === 'And' && holds) {
      return test.values.reduce<Environment>((next, value) => this.narrow(value, next, true), environment);
    }
    if (test.kind === 'BoolOp' && test.op === 'Or' && !holds) {
      return test.values.reduce<Environment>((next, value) => this.narrow(value, next, false), environment);
    }
    const narrowing = this.#narrowing(test);
    const before = narrowing === null ? undefined : environment.get(narrowing.name);
    if (narrowing === null || before === undefined) return environment;
    const definition = holds ? narrowing.definition : this.#exclusion(test, narrowing, before);
    return definition === null ? environment : new Map(environment).set(narrowing.name, [definition]);
  }

  /** What a name may still be where a test has failed; the same object for the same tests, so that loops come to an end. */
  #exclusion(test: Expr, { excluded }: Narrowing, before: readonly Definition[]): Definition | null {
    if (excluded === null) return null;
    const [first] = before;
    const earlier = before.length === 1 && first?.kind === 'not-instance' ? first.classes : [];
    if (earlier.length === 0 && before.some(({ kind }) => kind !== 'binding')) return null;
    if (earlier.includes(excluded.classes)) return null;
    const known = this.#exclusions.get(test) ?? [];
    const same = known.find(
      ({ classes }) =>
        classes.length === earlier.length + 1 && earlier.every((each, at) => each === classes[at]),
    );
    if (same !== undefined) return same;
    const { subject, classes } = excluded;
    const made: Exclusion = { kind: 'not-instance', subject, classes: [...earlier, classes] };
    this.#exclusions.set(test, [...known, made]);
    return made;
  }

  #narrowing(test: Expr): Narrowing | null {
    const known = this.#narrowings.get(test);
    if (known !== undefined) return known;
    const found = narrowedBy(test);
    const narrowing = found !== null && this.#tracked.has(found.name) ? found : null;
    this.#narrowings.set(test, narrowing);
    return narrowing;
  }
}
