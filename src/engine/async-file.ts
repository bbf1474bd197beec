import type { Name, Node, With } from '../python/syntax-tree.ts';
import type { AsyncLibrary } from '../semantics/model.ts';
import type { BlockingUse } from './blocking-call.ts';
import { insertAt, insertAwait, mayAwait, replaceNode } from './fix-helpers.ts';
import type { Edit } from './proposed-fix.ts';
import type { RuleContext } from './rule-context.ts';

/** What opens a file without holding up the loop. asyncio has nothing of its own: https://github.com/Tinche/aiofiles */
export const fileOpeners: Readonly<Record<AsyncLibrary, string>> = {
  asyncio: 'aiofiles.open',
  trio: 'trio.open_file',
  anyio: 'anyio.open_file',
};

/**
 * Opens the file of a block with the async library that is imported, and awaits what is done with it:
 * `with open(path) as f` becomes `async with aiofiles.open(path) as f`. `null` where the library is not imported, or where
 * an async file may not allow what the block does.
 *
 * @param use the call in the block's only item
 */
export function openAsyncFile(block: With, use: BlockingUse, context: RuleContext): readonly Edit[] | null {
  const opened = openerEdits(use, context);
  const used = opened === null ? null : usesInBlock(block, context);
  return opened === null || used === null ? null : [insertAt(block.start, 'async '), ...opened, ...used];
}

/** Where a block uses its file; none when it has several, or no name for it. */
export function usesOfFile(block: With, { model }: RuleContext): readonly Name[] {
  const target = block.items.length === 1 ? block.items[0]?.optional_vars : undefined;
  const [binding] = target?.kind === 'Name' ? model.bindingsAt(target) : [];
  return binding === undefined ? [] : model.usesOf(binding);
}

/** `open(` becomes `aiofiles.open(`, `path.open(` becomes `aiofiles.open(path, `. */
function openerEdits(use: BlockingUse, context: RuleContext): readonly Edit[] | null {
  const { call, library } = use;
  const opener = context.model.nameFor(fileOpeners[library], call);
  if (opener === null) return null;
  const name = library === 'asyncio' ? opener : `await ${opener}`;
  if (use.name === 'builtins.open') return [replaceNode(call.func, name)];
  if (use.name !== 'pathlib.Path.open' || call.func.kind !== 'Attribute') return null;
  const first = call.args.length + call.keywords.length === 0 ? '' : ', ';
  const parenthesis = call.func.end + context.text({ start: call.func.end, end: call.end }).indexOf('(') + 1;
  return [replaceNode(call.func, name), insertAt(parenthesis, context.text(call.func.value) + first)];
}

const awaitable = /^(?:read|readline|readlines|write|writelines|seek|tell|truncate|flush)$/;

/** The edits that await what is called on the file, and loop over it. */
function usesInBlock(block: With, context: RuleContext): readonly Edit[] | null {
  if (block.items.length !== 1 || block.items[0]?.optional_vars?.kind !== 'Name') return null;
  const edits: Edit[] = [];
  for (const use of usesOfFile(block, context)) {
    const { parent } = use;
    if (context.model.functionAround(use) !== context.model.functionAround(block)) return null;
    if (!mayAwait(use, context) || isGenerated(parent)) return null;
    if ((parent.kind === 'For' || parent.kind === 'comprehension') && parent.iter === use) {
      edits.push(insertAt(parent.start, 'async '));
      continue;
    }
    const call = parent.parent;
    const isCall = parent.kind === 'Attribute' && call?.kind === 'Call' && call.func === parent;
    if (!isCall || !awaitable.test(parent.attr)) return null;
    edits.push(...insertAwait(call));
  }
  return edits;
}

/** An async generator expression is of no use to what runs over a plain one. */
function isGenerated(node: Node): boolean {
  return node.kind === 'comprehension' && node.parent.kind === 'GeneratorExp';
}
