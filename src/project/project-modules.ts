import { UnreadableFileError } from '../errors.ts';
import { defaultParseLimits, type ParseLimits, type PythonParser } from '../python/python-parser.ts';
import { decodeSource } from '../python/source-text.ts';
import type { ModuleInterface } from '../semantics/declarations.ts';
import { describeModule } from '../semantics/describe-module.ts';
import type { ModuleSource } from '../semantics/world.ts';
import { createModuleIndex } from './module-index.ts';
import { createModuleStore, type ModuleStore } from './module-store.ts';

/** One version of a repository's Python files, ready to be read without waiting. */
export interface ProjectSnapshot {
  /** Every Python file, whether it can be read here or not. */
  readonly paths: readonly string[];
  /** The contents; `null` when the file is not at hand. */
  read(path: string): Uint8Array | null;
}

/** The modules of a repository, each read and described when something is first asked of it. */
export function createProjectModules(
  snapshot: ProjectSnapshot,
  parser: PythonParser,
  { limits = defaultParseLimits, store = createModuleStore() }: ProjectModulesOptions = {},
): ModuleSource {
  const index = createModuleIndex(snapshot.paths);
  const known = new Map<string, ModuleInterface | null>();

  function load(name: string): ModuleInterface | null {
    const path = index.pathOf(name);
    const bytes = path === null ? null : snapshot.read(path);
    if (path === null || bytes === null) return null;
    try {
      const source = decodeSource(bytes);
      const resolve = (imported: string): string => index.resolve(imported, path);
      const kept = store.find(path, source.text, resolve);
      if (kept !== null) return kept.interface;
      const described = describeModule(path, parser.parse(source, limits), resolve);
      store.keep(described);
      return described.interface;
    } catch (error) {
      // The file itself is reported where it is analysed; here it only says nothing.
      if (error instanceof UnreadableFileError) return null;
      throw error;
    }
  }

  return {
    module(name) {
      const before = known.get(name);
      if (before !== undefined) return before;
      const loaded = load(name);
      known.set(name, loaded);
      return loaded;
    },
    described: (path, text) => store.find(path, text, imported => index.resolve(imported, path)),
    offer(described) {
      const module = described.interface;
      const before = known.get(module.name);
      if (before !== undefined) return before?.text === module.text;
      if (index.pathOf(module.name) !== module.path || textOf(snapshot.read(module.path)) !== module.text)
        return false;
      known.set(module.name, module);
      store.keep(described);
      return true;
    },
    isModule: index.has,
    resolve: index.resolve,
  };
}

/** How modules are read. */
export interface ProjectModulesOptions {
  readonly limits?: ParseLimits;
  /** Where described modules are kept, for other versions of the repository too. */
  readonly store?: ModuleStore;
}

function textOf(bytes: Uint8Array | null): string | null {
  if (bytes === null) return null;
  try {
    return decodeSource(bytes).text;
  } catch (error) {
    if (error instanceof UnreadableFileError) return null;
    throw error;
  }
}
