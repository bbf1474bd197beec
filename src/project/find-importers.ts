import type { ProjectReader } from './collect-modules.ts';
import { createModuleIndex, type ModuleIndex } from './module-index.ts';
import { scanImports } from './scan-imports.ts';

/** How much is read to find importers. */
export interface ImporterLimits {
  readonly files: number;
  readonly bytes: number;
}

export const defaultImporterLimits: ImporterLimits = { files: 2_000, bytes: 24_000_000 };

/** Finds which files of a repository import others. */
export interface ImporterSearch {
  /** The files that import one of these, and have one of these words in them or import everything from something. */
  importersOf(paths: ReadonlySet<string>, words: ReadonlySet<string>): ReadonlyMap<string, Uint8Array>;
  /** Those of some words that a file imports by name, or with `*`: whoever imports the file can have them from it. */
  handedOnBy(path: string, words: ReadonlySet<string>): readonly string[];
  /** How many files of the repository were not read, for the limits' sake. */
  readonly leftOut: number;
}

/**
 * Reads a repository's files to search them, those nearest to the changed ones first.
 *
 * @param changed the paths of the changed files, which are not searched themselves
 */
export async function searchImporters(
  reader: ProjectReader,
  changed: readonly string[],
  limits: ImporterLimits = defaultImporterLimits,
): Promise<ImporterSearch> {
  const paths = await reader.list();
  const index = createModuleIndex(paths);
  const others = paths.filter(path => path.endsWith('.py') && !changed.includes(path));
  const nearest = others.toSorted((a, b) => distance(a, changed) - distance(b, changed) || (a < b ? -1 : 1));
  const files = await readWithin(reader, nearest.slice(0, limits.files), limits.bytes);
  const decoder = new TextDecoder();
  const texts = new Map([...files].map(([path, bytes]) => [path, decoder.decode(bytes)]));
  const imports = new Map([...texts].map(([path, text]) => [path, importedFiles(path, text, index)]));

  return {
    leftOut: others.length - files.size,
    importersOf(imported, words) {
      const pattern = new RegExp(`\\b(?:${[...words].map(quoted).join('|')})\\b`, 'u');
      const isImporter = (path: string): boolean =>
        [...(imports.get(path) ?? [])].some(file => imported.has(file));
      const names = (text: string): boolean => pattern.test(text) || starImport.test(text);
      return new Map([...files].filter(([path]) => isImporter(path) && names(texts.get(path) ?? '')));
    },
    handedOnBy(path, words) {
      const text = texts.get(path) ?? '';
      if (starImport.test(text)) return [...words];
      const names = new Set([...scanImports(path, text)].map(name => name.slice(name.lastIndexOf('.') + 1)));
      return [...words].filter(word => names.has(word));
    },
  };
}

async function readWithin(
  reader: ProjectReader,
  paths: readonly string[],
  bytes: number,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let budget = bytes;
  for (let start = 0; start < paths.length && budget > 0; start += batchSize) {
    for (const [path, content] of await reader.readMany(paths.slice(start, start + batchSize))) {
      budget -= content.length;
      files.set(path, content);
    }
  }
  return files;
}

const starImport = /^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]*\*/mu;

/** As many as GitHub answers to one query in a sensible time. */
const batchSize = 100;

/** The files of the modules that a file imports; a package's `__init__` hands on what it imports itself. */
function importedFiles(path: string, text: string, index: ModuleIndex): ReadonlySet<string> {
  const files = new Set<string>();
  for (const name of scanImports(path, text)) {
    const file = index.pathOf(index.has(name) ? name : index.resolve(name, path));
    if (file !== null) files.add(file);
  }
  return files;
}

function quoted(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
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
