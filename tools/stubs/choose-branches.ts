import type { ParsedModule } from '../../src/python/parsed-module.ts';
import type { Compare, Expr, If, Stmt } from '../../src/python/syntax-tree.ts';

/** The Python that facts are taken for: most stubs say more of newer versions. */
const version = [3, 13] as const;
const platform = 'linux';

/**
 * The text of a stub without the branches for other versions and platforms. Lines and columns stay where they are.
 *
 * @see https://typing.python.org/en/latest/spec/directives.html#version-and-platform-checking
 */
export function chooseBranches({ source, nodes }: ParsedModule): string {
  let { text } = source;
  for (const node of nodes) {
    if (node.kind !== 'If') continue;
    const taken = holds(node.test);
    if (taken !== null) text = blank(text, otherBranch(node, taken));
  }
  return text;
}

function otherBranch(node: If, taken: boolean): readonly Stmt[] {
  return taken ? node.orelse : node.body;
}

/** Leaves one `...` of some statements. An `elif` is a statement of its own, whose `elif` must stay. */
function blank(text: string, statements: readonly Stmt[]): string {
  const [first] = statements;
  const last = statements.at(-1);
  if (first === undefined || last === undefined) return text;
  const isElif = first.kind === 'If' && text.startsWith('elif', first.start);
  if (isElif) return [...first.body, ...first.orelse].reduce((rest, each) => blank(rest, [each]), text);
  const inside = text.slice(first.start, last.end).replace(/[^\r\n]/g, ' ');
  return `${text.slice(0, first.start)}...${inside.slice(3)}${text.slice(last.end)}`;
}

/** Whether a test of the version or the platform is true here; `null` for any other test. */
function holds(test: Expr): boolean | null {
  if (test.kind === 'BoolOp') return allOrAny(test.op === 'And', test.values.map(holds));
  if (test.kind === 'UnaryOp' && test.op === 'Not') return negated(holds(test.operand));
  if (test.kind === 'Name' && test.id === 'TYPE_CHECKING') return true;
  return test.kind === 'Compare' ? compares(test) : null;
}

function allOrAny(all: boolean, parts: readonly (boolean | null)[]): boolean | null {
  if (parts.includes(!all)) return !all;
  return parts.includes(null) ? null : all;
}

function negated(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function compares({ left, ops, comparators }: Compare): boolean | null {
  const [op] = ops;
  const [right] = comparators;
  if (left.kind !== 'Attribute' || left.value.kind !== 'Name' || left.value.id !== 'sys') return null;
  if (right === undefined || ops.length > 1) return null;
  if (left.attr === 'version_info' && right.kind === 'Tuple') {
    const difference = compareVersion(right.elts.map(numberOf));
    return op === 'GtE' ? difference >= 0 : op === 'Lt' ? difference < 0 : null;
  }
  if (left.attr === 'platform' && right.kind === 'Constant' && right.value.type === 'str') {
    return op === 'Eq'
      ? right.value.value === platform
      : op === 'NotEq'
        ? right.value.value !== platform
        : null;
  }
  return null;
}

function compareVersion([major = 0, minor = 0]: readonly number[]): number {
  return version[0] - major || version[1] - minor;
}

function numberOf(node: Expr): number {
  return node.kind === 'Constant' && node.value.type === 'int' ? node.value.value : 0;
}
