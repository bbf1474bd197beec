import type { EngineSettings } from '../engine/settings.ts';
import { UnreadableFileError } from '../errors.ts';
import { folderSnapshot, type SnapshotData } from '../project/snapshot-data.ts';
import type { AnalysedFile } from '../review/ports.ts';
import { chooseAnalyser } from './choose-analyser.ts';
import type { InputFile, Inputs, UnreadInput } from './inputs.ts';
import { startProgress } from './progress.ts';
import { readSource } from './read-source.ts';

/** What came of all inputs, in no particular order. */
export interface Analysis {
  readonly files: readonly InputFile[];
  readonly results: readonly AnalysedFile[];
  readonly unread: readonly UnreadInput[];
  /** The rest of the project that the files were seen in. */
  readonly project: SnapshotData;
}

/** Analyses files from the disk, a few at a time, so that no more than those are in memory. */
export async function analyseFiles(
  inputs: Inputs,
  wanted: (file: InputFile) => boolean,
  settings: EngineSettings,
): Promise<Analysis> {
  const files: InputFile[] = [];
  const unread: UnreadInput[] = [];
  for await (const entry of inputs.entries) {
    if (entry.kind === 'unread') unread.push(entry);
    else if (wanted(entry)) files.push(entry);
  }
  const analyser = await chooseAnalyser(settings, files.length);
  const project = folderSnapshot(
    inputs.root,
    files.map(file => file.path),
  );
  const progress = startProgress(files.length);
  const results: AnalysedFile[] = [];
  const waiting = files.values();

  const lane = async () => {
    for (const file of waiting) {
      const source = await readInput(file);
      if (source.kind === 'unread') unread.push(source);
      else results.push(...(await analyser.analyse([source], project)));
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
  return { files, results, unread, project };
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
