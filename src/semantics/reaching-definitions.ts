import type { ExceptHandler, Expr, MatchCase, Name, Node, ScopeNode, Stmt } from '../python/syntax-tree.ts';
import { childrenOf } from '../python/visitor.ts';
import { type Environment, join, mergeDefinitions, sameSize } from './environments.ts';
import { ExpressionFlow } from './expression-flow.ts';
import type { Definition } from './narrowing.ts';
import type { Binding, Scope } from './scopes.ts';

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
  const expressions = new ExpressionFlow(scope, scopes, tracked, bindingAt, reached);
  new StatementFlow(expressions).block(body, expressions.entry());
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

interface Loop {
  readonly breaks: Environment[];
  readonly continues: Environment[];
}

/** Follows the statements of one scope, from one environment to the next. */
class StatementFlow {
  readonly #expressions: ExpressionFlow;
  readonly #loops: Loop[] = [];

  constructor(expressions: ExpressionFlow) {
    this.#expressions = expressions;
  }

  block(body: readonly Stmt[], start: Environment): Environment {
    let environment = start;
    for (const statement of body) environment = this.#statement(statement, environment);
    return environment;
  }

  #statement(node: Stmt, environment: Environment): Environment {
    switch (node.kind) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
      case 'ClassDef':
        return this.#definitionStatement(node, environment);
      case 'Return':
        this.#expressions.read(node.value, environment);
        return null;
      case 'Raise':
        this.#expressions.read(node.cause, this.#expressions.read(node.exc, environment));
        return null;
      case 'Break':
        this.#loops.at(-1)?.breaks.push(environment);
        return null;
      case 'Continue':
        this.#loops.at(-1)?.continues.push(environment);
        return null;
      case 'Assign': {
        const read = this.#expressions.read(node.value, environment);
        return node.targets.reduce<Environment>(
          (next, target) => this.#expressions.assign(target, next),
          read,
        );
      }
      case 'AnnAssign': {
        const read = this.#expressions.read(node.value, environment);
        return node.value === null && node.simple
          ? this.#bindAnnotation(node.target, read)
          : this.#expressions.assign(node.target, read);
      }
      case 'AugAssign':
        return this.#expressions.assign(
          node.target,
          this.#expressions.read(node.target, this.#expressions.read(node.value, environment)),
        );
      case 'Delete':
        return node.targets.reduce<Environment>(
          (next, target) => this.#expressions.assign(target, next),
          environment,
        );
      case 'Import':
      case 'ImportFrom':
        return node.names.reduce<Environment>(
          (next, alias) => this.#expressions.bindAt(alias, next),
          environment,
        );
      case 'If':
        return this.#if(node, environment);
      case 'For':
      case 'AsyncFor':
        return this.#loop(node, this.#expressions.read(node.iter, environment));
      case 'While':
        return this.#loop(node, environment);
      case 'With':
      case 'AsyncWith':
        return this.#with(node, environment);
      case 'Try':
      case 'TryStar':
        return this.#try(node, environment);
      case 'Match':
        return this.#match(node.cases, this.#expressions.read(node.subject, environment));
      case 'TypeAlias':
        return this.#expressions.assign(node.name, environment);
      default:
        return this.#expressions.read(node, environment);
    }
  }

  /** An annotation without a value tells the type of what comes; it is kept beside what is there. */
  #bindAnnotation(target: Expr, environment: Environment): Environment {
    if (environment === null || target.kind !== 'Name') return environment;
    const before = environment.get(target.id) ?? [];
    const bound = this.#expressions.bindAt(target, environment);
    return this.#expressions.set(bound, target.id, mergeDefinitions(before, bound?.get(target.id) ?? []));
  }

  #definitionStatement(
    node: Extract<Stmt, { kind: 'FunctionDef' | 'AsyncFunctionDef' | 'ClassDef' }>,
    environment: Environment,
  ): Environment {
    let next = node.decorator_list.reduce<Environment>(
      (env, decorator) => this.#expressions.read(decorator, env),
      environment,
    );
    if (node.kind === 'ClassDef') {
      for (const base of [...node.bases, ...node.keywords]) next = this.#expressions.read(base, next);
    } else {
      next = this.#expressions.read(node.args, next);
      next = this.#expressions.read(node.returns, next);
    }
    return this.#expressions.bindAt(node, next);
  }

  #if(node: Extract<Stmt, { kind: 'If' }>, environment: Environment): Environment {
    const tested = this.#expressions.read(node.test, environment);
    const yes = this.block(node.body, this.#expressions.narrow(node.test, tested, true));
    const no = this.block(node.orelse, this.#expressions.narrow(node.test, tested, false));
    return join([yes, no]);
  }

  #loop(node: Extract<Stmt, { kind: 'For' | 'AsyncFor' | 'While' }>, environment: Environment): Environment {
    let head = environment;
    let exit: Environment = null;
    let breaks: Environment[] = [];
    for (let round = 0; round < maxRounds; round += 1) {
      const loop: Loop = { breaks: [], continues: [] };
      this.#loops.push(loop);
      const tested = node.kind === 'While' ? this.#expressions.read(node.test, head) : head;
      const entered =
        node.kind === 'While'
          ? this.#expressions.narrow(node.test, tested, true)
          : this.#expressions.assign(node.target, tested);
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
      next = this.#expressions.read(item.context_expr, next);
      if (item.optional_vars !== null) next = this.#expressions.assign(item.optional_vars, next);
    }
    return this.block(node.body, next);
  }

  #try(node: Extract<Stmt, { kind: 'Try' | 'TryStar' }>, environment: Environment): Environment {
    const during: Environment[] = [environment];
    this.#expressions.attempts.push(during);
    const end = this.block(node.body, environment);
    this.#expressions.attempts.pop();
    const failed = join(during);
    const done = this.block(node.orelse, end);
    const handled = node.handlers.map(handler => this.#handler(handler, failed));
    const after = join([done, ...handled]);
    if (node.finalbody.length === 0) return after;
    const final = this.block(node.finalbody, join([failed, after]));
    return after === null ? null : final;
  }

  #handler(node: ExceptHandler, environment: Environment): Environment {
    const read = this.#expressions.read(node.type, environment);
    return this.block(node.body, node.name === null ? read : this.#expressions.bindAt(node, read));
  }

  #match(cases: readonly MatchCase[], environment: Environment): Environment {
    const ends = cases.map(({ pattern, guard, body }) => {
      const bound = this.#bindPattern(pattern, environment);
      return this.block(body, this.#expressions.read(guard, bound));
    });
    return join([environment, ...ends]);
  }

  #bindPattern(pattern: Node, environment: Environment): Environment {
    const bound = this.#expressions.bindAt(pattern, environment);
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
