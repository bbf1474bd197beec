import type { ConstantValue, Module, Node } from '../../src/python/syntax-tree.ts';

/** `dump_ast.py` writes each node as five entries: depth, kind, start, end, details. */
export type Dump = readonly unknown[];

/** The fields of each kind of node, in CPython's order. */
export type Fields = Readonly<Record<string, readonly string[]>>;

const ENTRIES = 5;

/** The first difference between CPython's tree and ours, in words; `undefined` when there is none. */
export function compareTrees(theirs: Dump, ours: Module, text: string, fields: Fields): string | undefined {
  const stack: { node: Node; depth: number }[] = [{ node: ours, depth: 0 }];
  let at = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop(), at += ENTRIES) {
    const { node, depth } = next;
    const { details, children } = partsOf(node, fields);
    const [theirDepth, kind, start, end, theirDetails] = theirs.slice(at, at + ENTRIES);
    const expected = JSON.stringify([
      theirDepth,
      kind,
      start === -1 ? node.start : start,
      end === -1 ? node.end : end,
    ]);
    const found = JSON.stringify([depth, node.kind, node.start, node.end]);
    const place = `at ${node.start}: ${JSON.stringify(text.slice(node.start, Math.min(node.end, node.start + 60)))}`;
    if (expected !== found) return `${expected} by CPython, ${found} by us, ${place}`;
    if (!sameDetails(theirDetails, details, text.slice(node.start, node.end))) {
      return `${JSON.stringify(theirDetails)} by CPython, ${JSON.stringify(details)} by us in ${node.kind} ${place}`;
    }
    for (const child of children.reverse()) stack.push({ node: child, depth: depth + 1 });
  }
  return at === theirs.length ? undefined : `CPython has ${(theirs.length - at) / ENTRIES} more nodes`;
}

function partsOf(node: Node, fields: Fields): { details: unknown[]; children: Node[] } {
  const details: unknown[] = [];
  const children: Node[] = [];
  for (const name of fields[node.kind] ?? []) {
    const value: unknown = Reflect.get(node, name);
    for (const item of Array.isArray(value) ? value : [value]) {
      if (isNode(item)) children.push(item);
      else if (isConstant(item)) details.push(...constantDetails(item));
      else details.push(typeof item === 'boolean' ? Number(item) : item);
    }
  }
  return { details, children };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function isConstant(value: unknown): value is ConstantValue {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function constantDetails(value: ConstantValue): unknown[] {
  return 'value' in value ? [value.type, value.value] : [value.type];
}

/** Numbers come as text; a character by its name cannot be known without Unicode's tables. */
function sameDetails(theirs: unknown, ours: readonly unknown[], source: string): boolean {
  if (!Array.isArray(theirs) || theirs.length !== ours.length) return false;
  return theirs.every((detail: unknown, index) => {
    const own = ours[index];
    if (detail === own || (detail === null && own === null)) return true;
    if (typeof own === 'number') return Number(detail === 'inf' ? Number.POSITIVE_INFINITY : detail) === own;
    return typeof own === 'string' && own.includes('\ufffd') && source.includes('\\N{');
  });
}
