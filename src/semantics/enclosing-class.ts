import type { ClassDef, Node } from '../python/syntax-tree.ts';
import { scopeNodeOf } from './scopes.ts';

/** The class whose method a node is in, as `super()` without arguments sees it. */
export function enclosingClass(node: Node): ClassDef | null {
  for (let scope = scopeNodeOf(node); scope.kind !== 'Module'; scope = scopeNodeOf(scope)) {
    if (scope.kind === 'ClassDef') return scope;
  }
  return null;
}
