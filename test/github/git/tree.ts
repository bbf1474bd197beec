import { gitText } from './git.ts';

/** An entry of a tree. */
export interface TreeEntry {
  /** In octal, such as `100644`. */
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
  /** In bytes; 0 for what is no blob. */
  readonly size: number;
  /** From the root of the tree. */
  readonly path: string;
}

/** Lists a tree: its own entries, those of all folders below with `recursive`, or what is at one path. */
export async function readTree(
  folder: string,
  tree: string,
  options: { readonly recursive?: boolean; readonly path?: string } = {},
): Promise<TreeEntry[]> {
  const flags = options.recursive === true ? ['-r', '-t'] : [];
  const paths = options.path === undefined ? [] : ['--', options.path];
  const text = await gitText(folder, 'ls-tree', '-z', '-l', ...flags, tree, ...paths);
  return text.split('\0').flatMap(parseEntry);
}

/** `<mode> <type> <oid> <size>\t<path>`, with a `-` for the size of what is no blob. */
function parseEntry(line: string): TreeEntry[] {
  const match = /^(\d+) (blob|tree|commit) ([0-9a-f]+) +(\S+)\t/.exec(line);
  if (match === null) return [];
  const [head, mode = '', type, oid = '', size] = match;
  const path = line.slice(head.length);
  return [{ mode, type: type as TreeEntry['type'], oid, size: Number(size) || 0, path }];
}
