import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { DescribedModule } from '../semantics/describe-module.ts';

/** Described modules of one or more versions of repositories: of a version that follows another, most are the same. */
export interface ModuleStore {
  /**
   * What was made of the same text at the same path, if its imports still mean the same modules.
   *
   * @param resolve see `ModuleSource.resolve`
   */
  find(path: string, text: string, resolve: (imported: string) => string): DescribedModule | null;
  keep(described: DescribedModule): void;
}

/** Makes an empty store. It forgets what was not used for longest. */
export function createModuleStore(): ModuleStore {
  const modules = new LRUCache<string, DescribedModule>({
    maxSize: maxCharacters,
    sizeCalculation: ({ interface: { text } }) => text.length + 1,
  });
  return {
    find(path, text, resolve) {
      const kept = modules.get(keyOf(path, text));
      if (kept === undefined) return null;
      for (const [imported, meant] of kept.interface.imports) if (resolve(imported) !== meant) return null;
      return kept;
    },
    keep(described) {
      const { path, text } = described.interface;
      modules.set(keyOf(path, text), described);
    },
  };
}

/** The versions before and after a change are both kept. */
const keyOf = (path: string, text: string): string => `${path}\0${hash('sha1', text)}`;

/** Of all texts together. With its tree and all that was worked out a module takes up to 26 bytes a character: 400 MB. */
const maxCharacters = 16_000_000;
