import { allRules } from '../../rules/generated/all-rules.ts';
import { libraryFacts } from '../../rules/generated/library-facts.ts';
import { type Analyser, createAnalyser } from '../engine/analyser.ts';
import { selectRules } from '../engine/select-rules.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { createProjectModules } from '../project/project-modules.ts';
import { openSnapshot, type SnapshotData } from '../project/snapshot-data.ts';
import { loadPythonParser } from '../python/python-parser.ts';
import { createWorld } from '../semantics/world.ts';

/** The engine in this thread. */
export interface LocalAnalyser extends Analyser {
  /** The same engine for files of one version of a repository; `null`: for files that stand alone. */
  within(project: SnapshotData | null): Analyser;
  dispose(): void;
}

/** Makes the engine ready in this thread. Throws `UsageError` for the name of a rule that there is not. */
export async function createLocalAnalyser(settings: EngineSettings): Promise<LocalAnalyser> {
  const rules = selectRules(allRules, settings);
  const parser = await loadPythonParser();
  const world = createWorld(libraryFacts);
  const alone = createAnalyser({ parser, rules, world, settings });
  let last: { readonly id: string; readonly analyser: Analyser } | null = null;
  const within = (project: SnapshotData | null): Analyser => {
    if (project === null) return alone;
    if (last?.id !== project.id) {
      const modules = createProjectModules(openSnapshot(project), parser);
      last = { id: project.id, analyser: createAnalyser({ parser, rules, world, settings, modules }) };
    }
    return last.analyser;
  };
  return {
    ...alone,
    within,
    dispose: () => parser.dispose(),
  };
}
