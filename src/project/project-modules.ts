import { LRUCache } from 'lru-cache';
import { UnreadableFileError } from '../errors.ts';
import { defaultParseLimits, type ParseLimits, type PythonParser } from '../python/python-parser.ts';
import { decodeSource } from '../python/source-text.ts';
import type { ModuleInterface } from '../semantics/declarations.ts';
import { describeModule } from '../semantics/describe-module.ts';
import { materialise } from '../semantics/materialise.ts';
import type { ModuleSource } from '../semantics/world.ts';
import { createModuleIndex } from './module-index.ts';

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
  limits: ParseLimits = defaultParseLimits,
): ModuleSource {
  const index = createModuleIndex(snapshot.paths);
  const known = new Map<string, ModuleInterface | null>();
  // A described module holds on to its tree until all of it has been worked out.
  const unfinished = new LRUCache<string, ModuleInterface>({
    max: maxTrees,
    dispose: (module, _name, reason) => {
      if (reason === 'evict') materialise(module);
    },
  });

  function load(name: string): ModuleInterface | null {
    const path = index.pathOf(name);
    const bytes = path === null ? null : snapshot.read(path);
    if (path === null || bytes === null) return null;
    try {
      const parsed = parser.parse(decodeSource(bytes), limits);
      return describeModule(path, parsed, imported => index.resolve(imported, path)).interface;
    } catch (error) {
      // The file itself is reported where it is analysed; here it only says nothing.
      if (error instanceof UnreadableFileError) return null;
      throw error;
    }
  }

  return {
    module(name) {
      const before = known.get(name);
      if (before !== undefined) {
        unfinished.get(name);
        return before;
      }
      const loaded = load(name);
      known.set(name, loaded);
      if (loaded !== null) unfinished.set(name, loaded);
      return loaded;
    },
    offer(module) {
      const before = known.get(module.name);
      if (before !== undefined) return before?.text === module.text;
      if (index.pathOf(module.name) !== module.path || textOf(snapshot.read(module.path)) !== module.text)
        return false;
      known.set(module.name, module);
      unfinished.set(module.name, module);
      return true;
    },
    isModule: index.has,
    resolve: index.resolve,
  };
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

/** Trees that are kept for what may still be asked: some hundred megabytes at most. */
const maxTrees = 200;
