import type { FunctionNode, Node, With } from '../python/syntax-tree.ts';
import { ancestors, descendants } from '../python/visitor.ts';
import type { AsyncLibrary } from '../semantics/model.ts';
import { type FixContext, mayAwait } from './fix-helpers.ts';
import type { Edit } from './proposed-fix.ts';
import { runInThread } from './wrap-in-thread.ts';

/**
 * Puts a block of a coroutine into a function of its own and runs that in a thread:
 *
 *     with open(path) as file:              def read_file():
 *         return json.load(file)                with open(path) as file:
 *                                                   return json.load(file)
 *
 *                                           return await asyncio.to_thread(read_file)
 *
 * `null` where the block could mean something else there: it awaits, leaves a loop, gives more than one value to what
 * follows, or has texts of several lines.
 *
 * @param name what to call the function, where that name is free
 */
export function blockInThread(
  block: With,
  context: FixContext,
  library: AsyncLibrary,
  name: string,
): readonly Edit[] | null {
  const { model } = context;
  const around = model.coroutineAround(block);
  if (around === null || !mayAwait(block, context) || !canMove(block, context)) return null;
  const result = resultOf(block, around, context);
  const range = linesOf(block, context);
  const free = freeName(name, around, context);
  if (result === null || range === null || free === null) return null;
  const run = runInThread(free, block, context, library);
  if (run === null) return null;

  const { indentation, unit } = range;
  const moved = indented(applyResult(block, result, range, context), unit);
  const before = needsBlankLine(block, context) ? '\n' : '';
  const call = result.kind === 'nothing' ? '' : result.kind === 'returned' ? 'return ' : `${result.name} = `;
  const text = `${before}${indentation}def ${free}():\n${moved}\n\n${indentation}${call}${run.name}`;
  return [...run.edits, { start: range.start, end: range.end, text }];
}

/** What a block gives to what follows it. */
type BlockResult =
  | { readonly kind: 'nothing' }
  /** It always leaves the function. */
  | { readonly kind: 'returned' }
  /** The name that its last statement assigns. */
  | { readonly kind: 'assigned'; readonly name: string };

function resultOf(block: With, around: FunctionNode, { model }: FixContext): BlockResult | null {
  const inside = [...descendants(block)];
  const last = block.body.at(-1);
  const bound = new Set<string>();
  for (const node of inside) {
    for (const binding of model.bindingsAt(node)) if (binding.scope.node === around) bound.add(binding.name);
  }
  const used = namesOutside(block, around);
  const shared = [...bound].filter(name => used.has(name));
  if (last?.kind === 'Return') return shared.length === 0 ? { kind: 'returned' } : null;
  if (inside.some(({ kind }) => kind === 'Return')) return null;
  const [only, ...more] = shared;
  if (only === undefined) return { kind: 'nothing' };
  const target = last?.kind === 'Assign' && last.targets.length === 1 ? last.targets[0] : undefined;
  const isLast = target?.kind === 'Name' && target.id === only;
  const isBoundOnce = inside.filter(node => node.kind === 'Name' && node.id === only).length === 1;
  return more.length === 0 && isLast && isBoundOnce ? { kind: 'assigned', name: only } : null;
}

function namesOutside(block: With, around: FunctionNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of descendants(around)) {
    if (node.start >= block.start && node.end <= block.end) continue;
    if (node.kind === 'Name') names.add(node.id);
    else if (node.kind === 'arg') names.add(node.arg);
    else if (node.kind === 'Global' || node.kind === 'Nonlocal')
      for (const name of node.names) names.add(name);
  }
  return names;
}

const keptOnLoop: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  ...(['Await', 'AsyncFor', 'AsyncWith', 'Yield', 'YieldFrom', 'Global', 'Nonlocal', 'Delete'] as const),
  ...(['FunctionDef', 'AsyncFunctionDef', 'ClassDef', 'Import', 'ImportFrom', 'ErrorNode'] as const),
]);

function canMove(block: With, { model }: FixContext): boolean {
  const { lines } = model.parsed.source;
  for (const node of descendants(block)) {
    if (keptOnLoop.has(node.kind)) return false;
    if (node.kind === 'comprehension' && node.is_async) return false;
    if (node.kind === 'Name' && node.id === 'super') return false;
    if ((node.kind === 'Break' || node.kind === 'Continue') && !isInLoopOf(block, node)) return false;
    const isText = node.kind === 'Constant' || node.kind === 'JoinedStr' || node.kind === 'TemplateStr';
    if (isText && lines.lineAt(node.start) !== lines.lineAt(node.end)) return false;
  }
  return true;
}

function isInLoopOf(block: With, node: Node): boolean {
  for (const outer of ancestors(node)) {
    if (outer === block) return false;
    if (outer.kind === 'For' || outer.kind === 'While') return true;
  }
  return false;
}

interface BlockLines {
  readonly start: number;
  readonly end: number;
  readonly indentation: string;
  /** One step of indentation. */
  readonly unit: string;
}

/** Longer ones are for a person to take apart. */
const maxLines = 20;

/** The whole lines of a block that has them for itself. */
function linesOf(block: With, { model, text }: FixContext): BlockLines | null {
  const { lines } = model.parsed.source;
  const first = lines.lineAt(block.start);
  const last = lines.lineAt(block.end);
  const start = lines.startOf(first);
  const end = lines.endOf(last);
  const indentation = text({ start, end: block.start });
  const rest = text({ start: block.end, end });
  if (last - first >= maxLines || !/^[ \t]*$/.test(indentation) || !/^\s*(?:#.*)?$/.test(rest)) return null;
  return { start, end, indentation, unit: indentation.includes('\t') ? '\t' : '    ' };
}

function applyResult(block: With, result: BlockResult, range: BlockLines, { text }: FixContext): string {
  const last = block.body.at(-1);
  const target = last?.kind === 'Assign' ? last.targets[0] : undefined;
  if (result.kind !== 'assigned' || last === undefined || target === undefined) return text(range);
  const rest = text({ start: target.end, end: range.end }).replace(/^\s*=\s*/, '');
  return `${text({ start: range.start, end: last.start })}return ${rest}`;
}

function indented(text: string, unit: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(line => (line.trim() === '' ? '' : unit + line))
    .join('\n');
}

function freeName(name: string, around: FunctionNode, { model }: FixContext): string | null {
  const taken = new Set<string>();
  for (const node of descendants(around)) {
    if (node.kind === 'Name') taken.add(node.id);
    else if (node.kind === 'arg') taken.add(node.arg);
    else if (node.kind === 'FunctionDef' || node.kind === 'AsyncFunctionDef') taken.add(node.name);
  }
  for (const statement of model.parsed.module.body)
    if ('name' in statement && typeof statement.name === 'string') taken.add(statement.name);
  return [name, `${name}_2`, `${name}_3`].find(candidate => !taken.has(candidate)) ?? null;
}

/** Formatters put a blank line before a nested function, unless it comes first or belongs to a comment. */
function needsBlankLine(block: With, { model }: FixContext): boolean {
  const { lines } = model.parsed.source;
  const line = lines.lineAt(block.start);
  const above = line > 1 ? lines.textOf(line - 1).trim() : '';
  const isFirst = Object.values(block.parent).some(list => Array.isArray(list) && list[0] === block);
  return !isFirst && above !== '' && !above.startsWith('#');
}
