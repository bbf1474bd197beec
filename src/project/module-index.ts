import { moduleNameOf } from '../semantics/module-name.ts';

/** Which file of a repository a module name means. Names are dotted paths from the repository's root: `src.app.main`. */
export interface ModuleIndex {
  /** The file of the module with this own name; `null` for a package without `__init__` and for what is not there. */
  pathOf(name: string): string | null;
  /** Whether a module or package of this own name is there. */
  has(name: string): boolean;
  /**
   * The own name of the module that an absolute import in a file means; the name itself when it is none of the
   * repository's. Where several folders have a package of that name, the one nearest to the importing file is meant.
   */
  resolve(name: string, from: string): string;
}

/**
 * Indexes the Python files of a repository. A module can be imported from the folder that its outermost package lies in
 * (https://docs.python.org/3/reference/import.html#searching); which of those folders are on the path cannot be
 * known, so each of them may be.
 *
 * @param paths all files, relative to the root, with `/`; those that are not Python are passed over
 */
export function createModuleIndex(paths: readonly string[]): ModuleIndex {
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    if (!path.endsWith('.py') && !path.endsWith('.pyi')) continue;
    const { name, isPackage } = moduleNameOf(path);
    if (name === '') continue;
    // A stub beside its source says less than the source.
    if (path.endsWith('.py') || !files.has(name)) files.set(name, path);
    if (isPackage) packages.add(name);
    for (let parent = parentOf(name); parent !== ''; parent = parentOf(parent)) {
      if (folders.has(parent)) break;
      folders.add(parent);
    }
  }
  const roots = rootsByFirstName(files, packages, folders);
  const has = (name: string): boolean => files.has(name) || folders.has(name);

  return {
    pathOf: name => files.get(name) ?? null,
    has,
    resolve(name, from) {
      const candidates = roots.get(firstOf(name)) ?? [];
      const found = candidates.filter(root => has(join(root, name)) || has(join(root, firstOf(name))));
      const importer = moduleNameOf(from).name;
      const complete = found.filter(root => has(join(root, name)));
      // In `packages/rates/src/rates` the outer folder only has the name of the package.
      const withFile = complete.filter(root => files.has(join(root, name)));
      const [best] = [withFile, complete, found].filter(roots => roots.length > 0);
      const root = nearest(best ?? [], importer);
      return root === null ? name : join(root, name);
    },
  };
}

function parentOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(0, dot);
}

function firstOf(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

function join(root: string, name: string): string {
  return root === '' ? name : `${root}.${name}`;
}

/** For each name that an import can begin with: the folders in which it stands and that are no packages themselves. */
function rootsByFirstName(
  files: ReadonlyMap<string, string>,
  packages: ReadonlySet<string>,
  folders: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const roots = new Map<string, string[]>();
  for (const name of new Set([...files.keys(), ...folders])) {
    const parent = parentOf(name);
    if (packages.has(parent)) continue;
    const first = parent === '' ? name : name.slice(parent.length + 1);
    const known = roots.get(first);
    if (known === undefined) roots.set(first, [parent]);
    else known.push(parent);
  }
  return roots;
}

/** The folder that shares most with the importing module; of equals the one with the shortest name. */
function nearest(roots: readonly string[], importer: string): string | null {
  let best: string | null = null;
  for (const root of roots) {
    if (best === null || compare(root, best, importer) < 0) best = root;
  }
  return best;
}

function compare(a: string, b: string, importer: string): number {
  return shared(b, importer) - shared(a, importer) || a.length - b.length || (a < b ? -1 : 1);
}

/** How many leading parts of a folder's name the importing module has too. */
function shared(root: string, importer: string): number {
  if (root === '') return 0;
  const parts = importer.split('.');
  const rootParts = root.split('.');
  const differs = rootParts.findIndex((part, index) => part !== parts[index]);
  return differs < 0 ? rootParts.length : differs;
}
