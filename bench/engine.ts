import { allRules } from '../rules/generated/all-rules.ts';
import { libraryFacts } from '../rules/generated/library-facts.ts';
import { type Analyser, createAnalyser } from '../src/engine/analyser.ts';
import { selectRules } from '../src/engine/select-rules.ts';
import { defaultSettings, type EngineSettings } from '../src/engine/settings.ts';
import type { PythonParser } from '../src/python/python-parser.ts';
import { createWorld } from '../src/semantics/world.ts';

/** The whole engine as the command line builds it, for one preset. */
export function buildEngine(parser: PythonParser, preset: EngineSettings['preset']): Analyser {
  const settings = { ...defaultSettings, preset };
  const rules = selectRules(allRules, settings);
  return createAnalyser({ parser, rules, world: createWorld(libraryFacts), settings });
}
