import { availableParallelism } from 'node:os';
import type { EngineSettings } from '../engine/settings.ts';
import type { FileAnalyser } from '../review/ports.ts';

/** A `FileAnalyser` that is closed when all is done. */
export interface OpenAnalyser extends FileAnalyser {
  /** How many files it can work on at a time. */
  readonly parallel: number;
  close(): Promise<void>;
}

/** A thread takes about 200 ms until it has loaded the engine; this many files take longer than that. */
const filesWorthThreads = 150;

/** Threads when there are many files and more than one core, else the engine in this thread. */
export async function chooseAnalyser(settings: EngineSettings, files: number): Promise<OpenAnalyser> {
  const cores = availableParallelism();
  if (files < filesWorthThreads || cores === 1) return analyserHere(settings);
  const { createAnalysisPool } = await import('../jobs/analysis-pool.ts');
  const pool = createAnalysisPool({ settings, threads: cores });
  return { ...pool, parallel: cores };
}

async function analyserHere(settings: EngineSettings): Promise<OpenAnalyser> {
  const { createLocalAnalyser } = await import('./local-analyser.ts');
  const analyser = await createLocalAnalyser(settings);
  return {
    analyse: async (files, project = null) => {
      const { analyse } = analyser.within(project);
      return files.map(({ path, bytes, fixes }) => analyse(path, bytes, { fixes: fixes ?? true }));
    },
    signatures: async (files, project) => {
      const { signatures } = analyser.within(project);
      return files.map(({ path, bytes }) => signatures(path, bytes));
    },
    parallel: 1,
    close: async () => analyser.dispose(),
  };
}
