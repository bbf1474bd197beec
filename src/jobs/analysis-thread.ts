import { LRUCache } from 'lru-cache';
import { allRules } from '../../rules/generated/all-rules.ts';
import { libraryFacts } from '../../rules/generated/library-facts.ts';
import { type Analyser, createAnalyser } from '../engine/analyser.ts';
import { selectRules } from '../engine/select-rules.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { createModuleStore } from '../project/module-store.ts';
import { createProjectModules } from '../project/project-modules.ts';
import { openSnapshot, type SnapshotData } from '../project/snapshot-data.ts';
import { loadPythonParser } from '../python/python-parser.ts';
import { createWorld } from '../semantics/world.ts';
import type { AnalysisAnswer, AnalysisTask } from './analysis-task.ts';

// Started when the thread is, awaited with each file: a failure is told to whoever asks.
const loading = loadPythonParser();
loading.catch(() => {});

const world = createWorld(libraryFacts);
const store = createModuleStore();

/** Repositories come and go with different settings; a few stay warm. */
const analysers = new LRUCache<string, Analyser>({ max: 8 });

/** Runs in a worker thread: analyses one file. */
export default async function analyse(task: AnalysisTask): Promise<AnalysisAnswer> {
  const { ask, path, bytes, settings, fixes, pages, project } = task;
  let analyser: Analyser;
  try {
    analyser = await analyserFor(settings, pages, project);
  } catch (error) {
    return { kind: 'unusable', message: error instanceof Error ? error.message : String(error) };
  }
  if (ask === 'signatures') return { kind: 'signatures', signatures: analyser.signatures(path, bytes) };
  return { kind: 'analysed', file: analyser.analyse(path, bytes, { fixes }) };
}

async function analyserFor(
  settings: EngineSettings,
  pages: string | null,
  project: SnapshotData | null,
): Promise<Analyser> {
  const key = JSON.stringify([settings, pages, project?.id ?? null]);
  const known = analysers.get(key);
  if (known !== undefined) return known;
  const parser = await loading;
  const rules = selectRules(allRules, settings);
  const analyser = createAnalyser({
    parser,
    rules,
    world,
    settings,
    ...(project !== null && { modules: createProjectModules(openSnapshot(project), parser, { store }) }),
    ...(pages !== null && { pageUrl: rule => `${pages}/${rule.id}` }),
  });
  analysers.set(key, analyser);
  return analyser;
}
