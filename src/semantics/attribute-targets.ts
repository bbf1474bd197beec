import type { Attribute, ClassDef, Expr, FunctionNode, Node } from '../python/syntax-tree.ts';
import { isFunctionNode } from './function-body.ts';

/** An attribute that a method sets, on whatever object. */
export interface AttributeTarget {
  readonly target: Attribute;
  /** The one in the class's own body; the target may be in a function inside it. */
  readonly method: FunctionNode;
}

/** Collects the attributes among the parts of an assignment's target that a method sets, by the method's class. */
export function collectAttributes(target: Expr, found: Map<ClassDef, AttributeTarget[]>): void {
  if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const element of target.elts) collectAttributes(element, found);
  }
  if (target.kind !== 'Attribute') return;
  const method = methodAround(target);
  if (method?.parent.kind !== 'ClassDef') return;
  const known = found.get(method.parent);
  if (known === undefined) found.set(method.parent, [{ target, method }]);
  else known.push({ target, method });
}

/** The function in whose body a node is that stands in the body of a class itself, not in another function. */
function methodAround(node: Node): FunctionNode | null {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (isFunctionNode(at) && at.parent.kind === 'ClassDef') return at;
  }
  return null;
}
