import { allRules } from '../rules/generated/all-rules.ts';
import { libraryFacts } from '../rules/generated/library-facts.ts';
import { type AnalyseOptions, createAnalyser } from '../src/engine/analyser.ts';
import { selectRules } from '../src/engine/select-rules.ts';
import { defaultSettings } from '../src/engine/settings.ts';
import { createModuleStore, type ModuleStore } from '../src/project/module-store.ts';
import { createProjectModules } from '../src/project/project-modules.ts';
import type { PythonParser } from '../src/python/python-parser.ts';
import { createWorld } from '../src/semantics/world.ts';
import type { PythonFile } from './corpus.ts';

const world = createWorld(libraryFacts);

/** One version of a repository under measurement. */
export interface Repository {
  /** Analyses some of its files, the other modules known; without fixes each text is parsed once. */
  analyse(files: readonly PythonFile[], options?: AnalyseOptions): void;
}

/**
 * Opens a version of a repository as the command line and the App do.
 *
 * @param store what is kept of the version before; empty for a cold start
 */
export function openRepository(
  files: readonly PythonFile[],
  parser: PythonParser,
  store: ModuleStore = createModuleStore(),
): Repository {
  const contents = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const snapshot = {
    paths: [...contents.keys()],
    read: (path: string): Uint8Array | null => contents.get(path) ?? null,
  };
  const settings = defaultSettings;
  const analyser = createAnalyser({
    parser,
    rules: selectRules(allRules, settings),
    world,
    modules: createProjectModules(snapshot, parser, { store }),
    settings,
  });
  return {
    analyse(wanted, options) {
      for (const { path, bytes } of wanted) analyser.analyse(path, bytes, options);
    },
  };
}

/** A parser that notes every text it has parsed: what a run needed. */
export function notingParser(parser: PythonParser): { parser: PythonParser; texts: Set<string> } {
  const texts = new Set<string>();
  const noting: PythonParser = {
    ...parser,
    parse(source, limits) {
      const parsed = parser.parse(source, limits);
      texts.add(source.text);
      return parsed;
    },
  };
  return { parser: noting, texts };
}
