import { createModuleIndex, type ModuleIndex } from './module-index.ts';
import { scanImports } from './scan-imports.ts';
import { packedSnapshot, type SnapshotData } from './snapshot-data.ts';

/** One version of a repository, read in batches. */
export interface ProjectReader {
  /** Names the version: the same id, the same contents. */
  readonly id: string;
  /** Every Python file. */
  list(): Promise<readonly string[]>;
  /** The contents of those that are there and of a sensible size. */
  readMany(paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** How much is read beside the files that are looked at. */
export interface CollectLimits {
  readonly files: number;
  readonly bytes: number;
  /** How many imports away from the files that are looked at; each step is one batch. */
  readonly depth: number;
}

export const defaultCollectLimits: CollectLimits = { files: 400, bytes: 8_000_000, depth: 4 };

/** What was collected, and how many modules within that depth were left out because there were too many. */
export interface CollectedModules {
  readonly snapshot: SnapshotData;
  readonly leftOut: number;
}

/**
 * Reads what files import, what that imports in turn, and so on: what there is to know of the names in them.
 *
 * @param files the files that are looked at, in this version
 */
export async function collectModules(
  reader: ProjectReader,
  files: ReadonlyMap<string, Uint8Array>,
  limits: CollectLimits = defaultCollectLimits,
): Promise<CollectedModules> {
  const paths = [...new Set([...(await reader.list()), ...files.keys()])];
  const index = createModuleIndex(paths);
  const collected = new Map(files);
  let budget = limits.bytes;
  let wanted = importedBy(files, index, collected);
  const leftOut = new Set<string>();
  for (let depth = 0; depth < limits.depth && wanted.size > 0; depth += 1) {
    const room = budget <= 0 ? 0 : Math.max(0, limits.files + files.size - collected.size);
    const batch = [...wanted].slice(0, room);
    for (const path of [...wanted].slice(room)) leftOut.add(path);
    const read = batch.length === 0 ? new Map<string, Uint8Array>() : await reader.readMany(batch);
    for (const [path, bytes] of read) {
      budget -= bytes.length;
      collected.set(path, bytes);
    }
    wanted = importedBy(read, index, collected);
  }
  const id = `${reader.id}:${[...files.keys()].join('\n')}`;
  return { snapshot: packedSnapshot(id, paths, collected), leftOut: leftOut.size };
}

/**
 * The files of the modules that these files import, and of the packages around those, without what is there already:
 * the first of each file, then the second of each, so that a package of a thousand modules leaves room for the others.
 */
function importedBy(
  files: ReadonlyMap<string, Uint8Array>,
  index: ModuleIndex,
  collected: ReadonlyMap<string, Uint8Array>,
): Set<string> {
  const decoder = new TextDecoder();
  const lists = Array.from(files, ([path, bytes]) => {
    const names = [...scanImports(path, decoder.decode(bytes))];
    return names.flatMap(name =>
      filesOf(index.has(name) ? name : index.resolve(name, path), index).filter(file => !collected.has(file)),
    );
  });
  const longest = lists.reduce((length, list) => Math.max(length, list.length), 0);
  const wanted = new Set<string>();
  for (let place = 0; place < longest; place += 1) {
    for (const list of lists) {
      const file = list[place];
      if (file !== undefined) wanted.add(file);
    }
  }
  return wanted;
}

function filesOf(module: string, index: ModuleIndex): readonly string[] {
  return [...withPackages(module)].flatMap(each => index.pathOf(each) ?? []);
}

/** `a.b.c` gives itself, `a.b` and `a`: importing a module runs its packages, and names are re-exported there. */
function* withPackages(name: string): Generator<string> {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) yield name.slice(0, end);
}
