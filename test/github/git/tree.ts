import { LRUCache } from 'lru-cache';
import { gitFact } from './git.ts';

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

/** Lists the tree of a SHA: its own entries, those of all folders below with `recursive`, or what is at one path. */
export async function readTree(
  folder: string,
  tree: string,
  options: { readonly recursive?: boolean; readonly path?: string } = {},
): Promise<TreeEntry[]> {
  const flags = options.recursive === true ? ['-r', '-t'] : [];
  const paths = options.path === undefined ? [] : ['--', options.path];
  const text = await gitFact(folder, 'ls-tree', '-z', '-l', ...flags, tree, ...paths);
  return text.split('\0').flatMap(parseEntry);
}

/** The newest trees, by folder and SHA, as their entries by path: whole trees are asked for file by file. */
const trees = new LRUCache<string, Promise<ReadonlyMap<string, TreeEntry>>>({ max: 200 });

/** What is at a path of the tree of a SHA, or `null`. */
export async function entryAt(folder: string, tree: string, path: string): Promise<TreeEntry | null> {
  const key = `${folder}\0${tree}`;
  const entries =
    trees.get(key) ??
    readTree(folder, tree, { recursive: true }).then(all => new Map(all.map(entry => [entry.path, entry])));
  trees.set(key, entries);
  return (await entries).get(path) ?? null;
}

/** `<mode> <type> <oid> <size>\t<path>`, with a `-` for the size of what is no blob. */
function parseEntry(line: string): TreeEntry[] {
  const match = /^(\d+) (blob|tree|commit) ([0-9a-f]+) +(\S+)\t/.exec(line);
  if (match === null) return [];
  const [head, mode = '', type, oid = '', size] = match;
  const path = line.slice(head.length);
  return [{ mode, type: type as TreeEntry['type'], oid, size: Number(size) || 0, path }];
}
