import type { Await, Call, Expr, Node, TextRange } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';
import type { PythonVersion, SemanticModel } from '../semantics/model.ts';
import type { Edit } from './proposed-fix.ts';

/** What helpers need to know of the file: a `RuleContext` has it. */
export interface FixContext {
  readonly model: SemanticModel;
  readonly target: PythonVersion | null;
  /** The text of a range. */
  text(range: TextRange): string;
}

/** Puts text before the character at an offset. */
export function insertAt(offset: number, text: string): Edit {
  return { start: offset, end: offset, text };
}

/** Puts other text in the place of a node; parentheses around the node stay. */
export function replaceNode(node: TextRange, text: string): Edit {
  return { start: node.start, end: node.end, text };
}

/** Calls something else with the same arguments: `renameCallee(call, 'asyncio.sleep')`. */
export function renameCallee(call: Call, name: string): Edit {
  return replaceNode(call.func, name);
}

/**
 * Awaits an expression, in parentheses where it goes on behind it: `f().x` becomes `(await f()).x`. That the place is
 * one where `await` may stand is the rule's to know.
 */
export function insertAwait(node: Expr): readonly Edit[] {
  const outer = bindsTighterThanAwait(node) ? (['(', ')'] as const) : (['', ''] as const);
  const inner = isPrimary(node) ? (['', ''] as const) : (['(', ')'] as const);
  const closing = inner[1] + outer[1];
  return [
    insertAt(node.start, `${outer[0]}await ${inner[0]}`),
    ...(closing === '' ? [] : [insertAt(node.end, closing)]),
  ];
}

/**
 * Whether `await` may stand where a node is: in an `async def`, and not in a generator expression, which `await` would turn
 * into an async one that its user cannot run over.
 */
export function mayAwait(node: Node, { model }: Pick<FixContext, 'model'>): boolean {
  const coroutine = model.coroutineAround(node);
  if (coroutine === null) return false;
  let child: Node = node;
  for (const outer of ancestors(node)) {
    if (outer === coroutine) return true;
    if (outer.kind === 'GeneratorExp' && outer.generators[0]?.iter !== child) return false;
    if (outer.kind !== 'comprehension') child = outer;
  }
  return false;
}

/** Takes the `await` away and leaves what it awaits, with its parentheses. */
export function removeAwait(node: Await, context: Pick<FixContext, 'text'>): Edit {
  const keyword = /^await\s*/.exec(context.text(node))?.[0] ?? '';
  return { start: node.start, end: node.start + keyword.length, text: '' };
}

/**
 * Adds an argument, `name=value` or a bare expression, behind those that a call has; on a line of its own where
 * they stand so.
 */
export function addArgument(call: Call, argument: string, context: Pick<FixContext, 'text'>): Edit {
  const given = [...call.args, ...call.keywords].toSorted((a, b) => a.start - b.start);
  const last = given.at(-1);
  if (last === undefined) return insertAt(call.end - 1, argument);
  const rest = context.text({ start: last.end, end: call.end - 1 });
  const comma = /^\s*\)*\s*,/.exec(rest)?.[0];
  const closers = /^[\s)]*\)/.exec(rest)?.[0].length ?? 0;
  const before = gapBefore(last, call, context);
  if (comma === undefined) return insertAt(last.end + closers, `,${before}${argument}`);
  const trailing = before.includes('\n') ? ',' : '';
  return insertAt(last.end + comma.length, `${before}${argument}${trailing}`);
}

/** The line break and indentation before an argument that begins its line, otherwise a blank. */
function gapBefore(argument: TextRange, call: Call, context: Pick<FixContext, 'text'>): string {
  const before = context.text({ start: call.func.end, end: argument.start });
  const line = /\r?\n[ \t]*$/.exec(before)?.[0];
  return line === undefined ? ' ' : line.replace('\r', '');
}

/** Whether `await` in front of the node would also take what follows it, so that it needs parentheses. */
export function bindsTighterThanAwait(node: Expr): boolean {
  const { parent } = node;
  // What begins before the node begins with a parenthesis (or a keyword): the node has parentheses of its own.
  if (parent.start < node.start && parent.kind !== 'Await') return false;
  switch (parent.kind) {
    case 'Attribute':
    case 'Subscript':
      return parent.value === node;
    case 'Call':
      return parent.func === node;
    case 'BinOp':
      // Python reads `await x ** 2` as `(await x) ** 2`, many a tool and reader do not.
      return parent.op === 'Pow' && parent.left === node;
    case 'Await':
      return true;
    default:
      return false;
  }
}

/** What `await` takes without parentheses (https://docs.python.org/3/reference/expressions.html#await-expression). */
const primaryKinds: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  ...(['Name', 'Attribute', 'Subscript', 'Call', 'Constant', 'JoinedStr', 'TemplateStr'] as const),
  ...(['List', 'Set', 'Dict', 'ListComp', 'SetComp', 'DictComp', 'GeneratorExp'] as const),
]);

function isPrimary(node: Expr): boolean {
  return primaryKinds.has(node.kind);
}
