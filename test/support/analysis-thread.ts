import type { AnalysisAnswer, AnalysisTask } from '../../src/jobs/analysis-task.ts';

/** Stands in for the engine in a worker thread: what it does is in the name of the file. */
export default function analyse({ path, bytes, settings }: AnalysisTask): AnalysisAnswer {
  if (path === 'hang.py') for (;;);
  if (path === 'exit.py') process.exit(1);
  if (path === 'throw.py') throw new TypeError('a bug');
  if (path === 'unusable.py') return { kind: 'unusable', message: 'There is no rule `nonsense`.' };
  const message = `${settings.preset}:${new TextDecoder().decode(bytes)}`;
  return {
    kind: 'analysed',
    file: { path, analysed: true, findings: [], errors: [{ path, line: 1, kind: 'syntax', message }] },
  };
}
