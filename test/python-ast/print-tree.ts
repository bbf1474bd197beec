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

/**
 * A tree in the words of `ast.dump`, without what is empty; names and constants stand for themselves:
 * `Call(func=f, args=[1])`.
 */
export function printTree(node: Node): string {
  if (node.kind === 'Name') return node.id;
  if (node.kind === 'Constant') return printConstant(node.value);
  const fields = Object.entries(node).filter(([name, value]) => !places.has(name) && !isEmpty(value));
  return `${node.kind}(${fields.map(([name, value]) => `${name}=${printValue(value)}`).join(', ')})`;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}

function printValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`;
  if (isNode(value)) return printTree(value);
  if (isConstant(value)) return printConstant(value);
  return value === null ? 'None' : String(value);
}

function printConstant(value: ConstantValue): string {
  switch (value.type) {
    case 'str':
      return JSON.stringify(value.value);
    case 'int':
    case 'float':
      return String(value.value);
    case 'complex':
      return `${value.value}j`;
    case 'bool':
      return value.value ? 'True' : 'False';
    default:
      return value.type;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function isConstant(value: unknown): value is ConstantValue {
  return typeof value === 'object' && value !== null && 'type' in value;
}
