import type { Node, Stmt, TextRange } from '../python/syntax-tree.ts';
import { type FixContext, insertAt } from './fix-helpers.ts';
import type { Edit } from './proposed-fix.ts';

/** What a statement is indented with; `null` when something else begins its line. */
export function indentationOf(node: TextRange, context: FixContext): string | null {
  const { lines } = context.model.parsed.source;
  const before = context.text({ start: lines.startOf(lines.lineAt(node.start)), end: node.start });
  return before.trim() === '' ? before : null;
}

/** Puts a statement in one line behind another one, in the same block; `null` where no line of its own fits. */
export function addStatement(last: Stmt, text: string, context: FixContext): Edit | null {
  const { lines } = context.model.parsed.source;
  const indentation = indentationOf(last, context);
  const end = lines.endOf(lines.lineAt(last.end));
  const isLast = /^\s*(?:#.*)?$/.test(context.text({ start: last.end, end }));
  return indentation === null || !isLast ? null : insertAt(end, `\n${indentation}${text}`);
}

/** The lines of a block, put before a statement or handler; `inner` is indented once more, as the block of `node` is. */
export function addBlockBefore(
  node: Node & { readonly body: readonly Stmt[] },
  head: string,
  inner: string,
  context: FixContext,
): Edit | null {
  const outer = indentationOf(node, context);
  const [first] = node.body;
  const indentation = first === undefined ? null : indentationOf(first, context);
  if (outer === null || indentation === null) return null;
  return insertAt(node.start, `${head}\n${indentation}${inner}\n${outer}`);
}
