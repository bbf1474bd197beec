import { LRUCache } from 'lru-cache';
import type { ModuleInterface } from '../semantics/declarations.ts';
import { materialise } from '../semantics/materialise.ts';

/** Described modules of one or more versions of repositories: of a version that follows another, most are the same. */
export interface ModuleStore {
  /**
   * What was made of the same text at the same path, if its imports still mean the same modules.
   *
   * @param resolve see `ModuleSource.resolve`
   */
  find(path: string, text: string, resolve: (imported: string) => string): ModuleInterface | null;
  keep(module: ModuleInterface): void;
}

/** Makes an empty store. It forgets what was not used for longest. */
export function createModuleStore(): ModuleStore {
  const modules = new LRUCache<string, ModuleInterface>({ max: maxModules });
  // A described module holds on to its tree until all of it has been worked out.
  const unfinished = new LRUCache<ModuleInterface, true>({
    max: maxTrees,
    dispose: (_kept, module, reason) => {
      if (reason === 'evict') materialise(module);
    },
  });
  return {
    find(path, text, resolve) {
      const kept = modules.get(path);
      if (kept?.text !== text) return null;
      for (const [imported, meant] of kept.imports) if (resolve(imported) !== meant) return null;
      unfinished.get(kept);
      return kept;
    },
    keep(module) {
      modules.set(module.path, module);
      unfinished.set(module, true);
    },
  };
}

/** Trees that are kept for what may still be asked: some hundred megabytes at most. */
const maxTrees = 200;

/** Without its tree a module takes a few times its text. */
const maxModules = 5000;
