import { isAbsolute } from 'node:path';
import type { EngineSettings } from '../engine/settings.ts';
import { UnreadableFileError } from '../errors.ts';
import { folderSnapshot, type SnapshotData } from '../project/snapshot-data.ts';
import type { AnalysedFile } from '../review/ports.ts';
import { chooseAnalyser } from './choose-analyser.ts';
import type { InputFile, Inputs, UnreadInput } from './inputs.ts';
import { listProject } from './list-project.ts';
import { startProgress } from './progress.ts';
import { readSource } from './read-source.ts';

/** What came of all inputs, in no particular order. */
export interface Analysis {
  readonly files: readonly InputFile[];
  readonly results: readonly AnalysedFile[];
  /** How many files there were that are not wanted. */
  readonly leftOut: number;
  readonly unread: readonly UnreadInput[];
  /** The rest of the project that the files were seen in. */
  readonly project: SnapshotData;
}

/** Where files are analysed: in the light of which project and settings. */
export interface AnalysisContext {
  readonly projectRoot: string;
  readonly settings: EngineSettings;
  /** Whether a file is to be looked at at all. */
  readonly isWanted: (file: InputFile) => boolean;
}

/** Analyses files from the disk, a few at a time, so that no more than those are in memory. */
export async function analyseFiles(inputs: Inputs, context: AnalysisContext): Promise<Analysis> {
  const { projectRoot, settings, isWanted } = context;
  const found: InputFile[] = [];
  const unread: UnreadInput[] = [];
  for await (const entry of inputs.entries(projectRoot)) {
    if (entry.kind === 'unread') unread.push(entry);
    else found.push(entry);
  }
  const files = found.filter(isWanted);
  const isWholeProject = inputs.isWhole && inputs.root === projectRoot;
  const paths = isWholeProject ? found.map(({ path }) => path) : await listProject(projectRoot);
  const project = folderSnapshot(projectRoot, paths);
  const analyser = await chooseAnalyser(settings, files.length);
  const progress = startProgress(files.length);
  const results: AnalysedFile[] = [];
  const waiting = files.values();

  const lane = async () => {
    for (const file of waiting) {
      const source = await readInput(file);
      if (source.kind === 'unread') unread.push(source);
      else results.push(...(await analyser.analyse([source], isAbsolute(source.path) ? null : project)));
      progress.step();
    }
  };
  try {
    // Each lane takes the next file; one file is read while another one is analysed.
    await Promise.all(Array.from({ length: analyser.parallel * 2 }, lane));
  } finally {
    progress.end();
    await analyser.close();
  }
  return { files, results, leftOut: found.length - files.length, unread, project };
}

interface ReadInput {
  readonly kind: 'read';
  readonly path: string;
  readonly bytes: Uint8Array;
}

async function readInput({ file, path, explicit }: InputFile): Promise<ReadInput | UnreadInput> {
  try {
    return { kind: 'read', path, bytes: await readSource(file) };
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    const { kind, line, message } = error;
    return { kind: 'unread', error: { path, line, kind, message }, explicit };
  }
}
