import type { FileError, Finding } from '../engine/finding.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { UnreadableFileError } from '../errors.ts';
import type { AnalysedFile } from '../review/ports.ts';
import { chooseAnalyser, type OpenAnalyser } from './choose-analyser.ts';
import type { InputFile, Inputs } from './inputs.ts';
import { startProgress } from './progress.ts';
import { readSource } from './read-source.ts';

/** What came of all files, in no particular order. */
export interface Analysis {
  readonly files: readonly InputFile[];
  readonly results: readonly AnalysedFile[];
  /** A file that was named by itself could not be read. */
  readonly explicitErrors: boolean;
}

/** Analyses files from the disk, a few at a time, so that no more than those are in memory. */
export async function analyseFiles(
  inputs: Inputs,
  wanted: (file: InputFile) => boolean,
  settings: EngineSettings,
): Promise<Analysis> {
  const files: InputFile[] = [];
  for await (const file of inputs.files) if (wanted(file)) files.push(file);
  const analyser = await chooseAnalyser(settings, files.length);
  const progress = startProgress(files.length);
  const results: AnalysedFile[] = [];
  let explicitErrors = inputs.explicitErrors;
  let next = 0;

  const lane = async () => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) {
      const result = await analyseFile(analyser, file);
      results.push(result);
      explicitErrors ||= file.explicit && result.errors.some(error => error.kind === 'unreadable');
      progress.step();
    }
  };
  try {
    // One file is read while another one is analysed.
    await Promise.all(Array.from({ length: analyser.parallel * 2 }, lane));
  } finally {
    progress.end();
    await analyser.close();
  }
  return { files, results, explicitErrors };
}

async function analyseFile(analyser: OpenAnalyser, { file, path }: InputFile): Promise<AnalysedFile> {
  try {
    const [result] = await analyser.analyse([{ path, bytes: await readSource(file) }]);
    return result ?? { path, analysed: false, findings: [], errors: [] };
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    const { kind, line, message } = error;
    return { path, analysed: false, findings: [], errors: [{ path, line, kind, message }] };
  }
}

/** All findings of the results. */
export function findingsOf(results: readonly AnalysedFile[]): readonly Finding[] {
  return results.flatMap(result => result.findings);
}

/** All errors of the results. */
export function errorsOf(results: readonly AnalysedFile[]): readonly FileError[] {
  return results.flatMap(result => result.errors);
}
