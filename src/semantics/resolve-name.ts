import type { Name, Node, ScopeNode } from '../python/syntax-tree.ts';
import { type Binding, type Scope, scopeNodeOf } from './scopes.ts';

/** What a name in the text refers to: the scope that binds it, or none of this module's. */
export interface NameResolution {
  readonly scope: Scope;
  readonly bindings: readonly Binding[];
  /** Whether the name stands in another function than the one that binds it, which runs at another time. */
  readonly deferred: boolean;
}

/** Finds the scope that binds a name, seen from a node (https://docs.python.org/3/reference/executionmodel.html#resolution-of-names). */
export function resolveIn(
  scopes: ReadonlyMap<ScopeNode, Scope>,
  name: string,
  from: Node,
): NameResolution | null {
  let scope = scopes.get(scopeNodeOf(from));
  let deferred = false;
  let first = true;
  while (scope !== undefined) {
    if (scope.globals.has(name)) {
      const module = moduleScope(scope);
      const bindings = module.bindings.get(name);
      return bindings === undefined ? null : { scope: module, bindings, deferred: module !== scope };
    }
    const visible = first || scope.node.kind !== 'ClassDef';
    const bindings = visible && !scope.nonlocals.has(name) ? scope.bindings.get(name) : undefined;
    if (bindings !== undefined) return { scope, bindings, deferred };
    deferred ||= isFunctionScope(scope.node);
    first = false;
    scope = scope.parent ?? undefined;
  }
  return null;
}

/** As `resolveIn` for a `Name`. */
export function resolveName(scopes: ReadonlyMap<ScopeNode, Scope>, name: Name): NameResolution | null {
  return resolveIn(scopes, name.id, name);
}

function moduleScope(scope: Scope): Scope {
  let module = scope;
  while (module.parent !== null) module = module.parent;
  return module;
}

function isFunctionScope(node: ScopeNode): boolean {
  return node.kind === 'FunctionDef' || node.kind === 'AsyncFunctionDef' || node.kind === 'Lambda';
}
