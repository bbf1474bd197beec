import type { ConstantValue, Node } from '../../src/python/syntax-tree.ts';

/** Fields that say where a node is, not what it is. */
const places: ReadonlySet<string> = new Set([
  'kind',
  'start',
  'end',
  'parent',
  'name_range',
  'attr_range',
  'arg_range',
]);

/** A tree in the words of `ast.dump`, without what is empty: `Call(func=Name(id='f'), args=[…])`. */
export function printTree(node: Node): string {
  const fields = Object.entries(node).filter(([name, value]) => !places.has(name) && !isEmpty(value));
  return `${node.kind}(${fields.map(([name, value]) => `${name}=${printValue(value)}`).join(', ')})`;
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function printValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`;
  if (isNode(value)) return printTree(value);
  if (isConstant(value)) return printConstant(value);
  return value === null ? 'None' : JSON.stringify(value);
}

function printConstant(value: ConstantValue): string {
  return 'value' in value ? JSON.stringify(value.value) : value.type;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function isConstant(value: unknown): value is ConstantValue {
  return typeof value === 'object' && value !== null && 'type' in value;
}
