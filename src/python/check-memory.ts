import type { Parser, Tree } from 'web-tree-sitter';
import { invariant } from '../errors.ts';
import { flattenTree, kindOfSymbol, type TreeReader } from './flat-tree.ts';

/** Has hidden and aliased nodes, small and large leaves, comments, wide characters, and missing words. */
const SAMPLE = `# é
@a
async def f(x: list[int] | None = 1, *, y=("🐍" "s")):
    match x:  # b
        case [A(b=-1), *_] if x is not y and x \\
                not in y:  # c
            return f"{x!r:>{y}}" + '''
            long''', [i async for i in y]
    if (x  # d
            is not  # e
            y): pass
if x: \\
    pass
for x in :
    pass
for x in${' '.repeat(200)}:
    pass
`;

/** Deeper than the sample. */
const DEPTH = 100;

/**
 * Reads a sample both from memory and by web-tree-sitter's cursor. Throws when they differ: then the version of
 * web-tree-sitter keeps its trees in another way than `subtree-memory.ts` says.
 */
export function checkMemory(parser: Parser, reader: TreeReader): void {
  const tree = parser.parse(SAMPLE);
  invariant(tree !== null, 'a parse without a time limit ends');
  try {
    const { count, kinds, starts, ends } = flattenTree(tree, reader, DEPTH);
    const read = Array.from({ length: count }, (_, i) => [kinds[i], starts[i], ends[i]].join(' '));
    invariant(
      read.join('\n') === readByCursor(tree, reader).join('\n'),
      'the installed web-tree-sitter keeps its trees as version 0.27 does',
    );
  } finally {
    tree.delete();
  }
}

function readByCursor(tree: Tree, { table }: TreeReader): string[] {
  const lines: string[] = [];
  const cursor = tree.walk();
  let isMore = true;
  while (isMore) {
    const { nodeTypeId: symbol, startIndex, endIndex } = cursor;
    lines.push([kindOfSymbol(table, symbol, cursor.nodeIsMissing), startIndex, endIndex].join(' '));
    isMore = (table.leaves[symbol] === 0 && cursor.gotoFirstChild()) || cursor.gotoNextSibling();
    while (!isMore && cursor.gotoParent()) isMore = cursor.gotoNextSibling();
  }
  cursor.delete();
  return lines;
}
