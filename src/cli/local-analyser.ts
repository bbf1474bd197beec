import { allRules } from '../../rules/generated/all-rules.ts';
import { libraryFacts } from '../../rules/generated/library-facts.ts';
import { type Analyser, createAnalyser } from '../engine/analyser.ts';
import { selectRules } from '../engine/select-rules.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { loadPythonParser } from '../python/python-parser.ts';
import { createWorld } from '../semantics/world.ts';

/** The engine in this thread. */
export interface LocalAnalyser extends Analyser {
  dispose(): void;
}

/** Makes the engine ready in this thread. Throws `UsageError` for the name of a rule that there is not. */
export async function createLocalAnalyser(settings: EngineSettings): Promise<LocalAnalyser> {
  const rules = selectRules(allRules, settings);
  const parser = await loadPythonParser();
  const analyser = createAnalyser({ parser, rules, world: createWorld(libraryFacts), settings });
  return {
    analyse: (path, bytes, options) => analyser.analyse(path, bytes, options),
    dispose: () => parser.dispose(),
  };
}
