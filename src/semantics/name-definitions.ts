import type { ClassDef, FunctionNode, Node, ScopeNode } from '../python/syntax-tree.ts';
import { isFunctionNode } from './function-body.ts';
import { type Binding, type Scope, scopeNodeOf } from './scopes.ts';

/**
 * Names every definition as `__qualname__` does. Of several with one name all but the last get a number, and so does
 * the last when the name is also bound in other branches: then it means any of them.
 */
export function nameDefinitions(
  definitions: readonly (FunctionNode | ClassDef)[],
  topLevel: Scope['bindings'] | undefined,
): ReadonlyMap<FunctionNode | ClassDef, string> {
  const names = new Map<FunctionNode | ClassDef, string>();
  const prefixes = new Map<Node, string>();
  const holders = new Map<string, FunctionNode | ClassDef>();
  let repeated = 0;
  const numbered = (name: string): string => {
    repeated += 1;
    return `${name}~${repeated}`;
  };
  for (const node of definitions) {
    const prefix = prefixes.get(enclosingDefinition(node)) ?? '';
    const name = `${prefix}${node.name}`;
    const earlier = holders.get(name);
    if (earlier !== undefined) names.set(earlier, numbered(name));
    holders.set(name, node);
    const sole = prefix !== '' || isOneDefinition(topLevel?.get(name) ?? []);
    names.set(node, sole ? name : numbered(name));
    prefixes.set(node, node.kind === 'ClassDef' ? `${name}.` : `${name}.<locals>.`);
  }
  return names;
}

/** The function or class around a definition, or the module. */
function enclosingDefinition(node: FunctionNode | ClassDef): ScopeNode {
  let scope = scopeNodeOf(node);
  while (scope.kind !== 'Module' && scope.kind !== 'ClassDef' && !isFunctionNode(scope))
    scope = scopeNodeOf(scope);
  return scope;
}

/** Whether the last definition is all there is to know: the others are its overloads or stand right before it. */
function isOneDefinition(bindings: readonly Binding[]): boolean {
  const last = bindings.at(-1);
  return bindings.every(({ node, source }) => {
    const defines = source.kind === 'function' || source.kind === 'class';
    return defines && node.parent === last?.node.parent;
  });
}
