import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ModuleInterface } from '../semantics/declarations.ts';
import type { DescribedModule } from '../semantics/describe-module.ts';
import { materialise } from '../semantics/materialise.ts';

/** Described modules of one or more versions of repositories: of a version that follows another, most are the same. */
export interface ModuleStore {
  /**
   * What was made of the same text at the same path, if its imports still mean the same modules.
   *
   * @param resolve see `ModuleSource.resolve`
   */
  find(path: string, text: string, resolve: (imported: string) => string): ModuleInterface | null;
  /** As `find`, with its tree, if that is still at hand. */
  described(path: string, text: string, resolve: (imported: string) => string): DescribedModule | null;
  keep(described: DescribedModule): void;
}

/** Makes an empty store. It forgets what was not used for longest. */
export function createModuleStore(): ModuleStore {
  const modules = new LRUCache<string, ModuleInterface>({ max: maxModules });
  // A described module holds on to its tree until all of it has been worked out.
  const unfinished = new LRUCache<ModuleInterface, DescribedModule>({
    max: maxTrees,
    dispose: (_described, module, reason) => {
      if (reason === 'evict') materialise(module);
    },
  });
  const store: ModuleStore = {
    find(path, text, resolve) {
      const kept = modules.get(keyOf(path, text));
      if (kept === undefined) return null;
      for (const [imported, meant] of kept.imports) if (resolve(imported) !== meant) return null;
      unfinished.get(kept);
      return kept;
    },
    described(path, text, resolve) {
      const module = store.find(path, text, resolve);
      return module === null ? null : (unfinished.get(module) ?? null);
    },
    keep(described) {
      const module = described.interface;
      modules.set(keyOf(module.path, module.text), module);
      unfinished.set(module, described);
    },
  };
  return store;
}

/** The versions before and after a change are both kept. */
const keyOf = (path: string, text: string): string => `${path}\0${hash('sha1', text)}`;

/** Trees that are kept for what may still be asked: some hundred megabytes at most. */
const maxTrees = 200;

/** Without its tree a module takes a few times its text. */
const maxModules = 5000;
