import type { ProjectReader } from './collect-modules.ts';
import { createModuleIndex, type ModuleIndex } from './module-index.ts';
import { scanImports } from './scan-imports.ts';

/** How far the search for importers goes. */
export interface ImporterLimits {
  /** How many files are read for it. */
  readonly files: number;
  readonly bytes: number;
  /** How many imports away from the changed files. */
  readonly depth: number;
}

export const defaultImporterLimits: ImporterLimits = { files: 2_000, bytes: 24_000_000, depth: 3 };

/** The files that import certain modules, directly or through others. */
export interface Importers {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** How many files of the repository were not read, for the limits' sake. */
  readonly leftOut: number;
}

/**
 * Finds the files of a repository that import one of these, or import one that does. The files nearest to those that
 * changed are read first.
 */
export async function findImporters(
  reader: ProjectReader,
  changed: readonly string[],
  limits: ImporterLimits = defaultImporterLimits,
): Promise<Importers> {
  const paths = await reader.list();
  const index = createModuleIndex(paths);
  const others = paths.filter(path => path.endsWith('.py') && !changed.includes(path));
  const nearest = others.toSorted((a, b) => distance(a, changed) - distance(b, changed) || (a < b ? -1 : 1));
  const texts = await readWithin(reader, nearest.slice(0, limits.files), limits.bytes);
  const imports = new Map([...texts].map(([path, bytes]) => [path, importedFiles(path, bytes, index)]));

  const found = new Map<string, Uint8Array>();
  let affected: ReadonlySet<string> = new Set(changed);
  for (let depth = 0; depth < limits.depth && affected.size > 0; depth += 1) {
    const next = new Set<string>();
    for (const [path, imported] of imports) {
      if (found.has(path) || ![...imported].some(file => affected.has(file))) continue;
      next.add(path);
    }
    for (const path of next) {
      const bytes = texts.get(path);
      if (bytes !== undefined) found.set(path, bytes);
    }
    affected = next;
  }
  return { files: found, leftOut: others.length - texts.size };
}

async function readWithin(
  reader: ProjectReader,
  paths: readonly string[],
  bytes: number,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const texts = new Map<string, Uint8Array>();
  let budget = bytes;
  for (let start = 0; start < paths.length && budget > 0; start += batchSize) {
    for (const [path, content] of await reader.readMany(paths.slice(start, start + batchSize))) {
      budget -= content.length;
      texts.set(path, content);
    }
  }
  return texts;
}

/** As many as GitHub answers to one query in a sensible time. */
const batchSize = 100;

function importedFiles(path: string, bytes: Uint8Array, index: ModuleIndex): ReadonlySet<string> {
  const files = new Set<string>();
  for (const name of scanImports(path, new TextDecoder().decode(bytes))) {
    const file = index.pathOf(index.has(name) ? name : index.resolve(name, path));
    if (file !== null) files.add(file);
  }
  return files;
}

/** How many folders lie between a file and the nearest of the changed ones. */
function distance(path: string, changed: readonly string[]): number {
  const parts = path.split('/');
  return Math.min(
    ...changed.map(other => {
      const otherParts = other.split('/');
      const shared = parts.findIndex((part, index) => part !== otherParts[index]);
      return parts.length + otherParts.length - 2 * (shared < 0 ? parts.length : shared);
    }),
  );
}
