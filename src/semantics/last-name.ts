import type { Node } from '../python/syntax-tree.ts';

/** The last name in a dotted one, or in what a call calls; empty for what has no name. */
export function lastName(node: Node): string {
  switch (node.kind) {
    case 'Call':
      return lastName(node.func);
    case 'Attribute':
      return node.attr;
    case 'Name':
      return node.id;
    default:
      return '';
  }
}
