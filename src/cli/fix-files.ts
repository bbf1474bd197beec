import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { applyFixes, type FixedFile } from '../engine/apply-fixes.ts';
import type { FixSafety } from '../engine/finding.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { UsageError } from '../errors.ts';
import type { AnalysedFile } from '../review/ports.ts';
import type { Analysis } from './analyse-files.ts';
import { createLocalAnalyser } from './local-analyser.ts';
import { reasonOf } from './output.ts';
import { readSource } from './read-source.ts';
import { writeAtomically } from './write-atomically.ts';

/** What fixing did, or would do. */
export interface Fixing {
  /** What all files have now. */
  readonly results: readonly AnalysedFile[];
  /** The files that were mended, or would be, by path. */
  readonly mended: ReadonlyMap<string, FixedFile>;
}

/** Mends the files that have fixes of these safeties: writes them, or only shows what would change. */
export async function fixFiles(
  analysis: Analysis,
  settings: EngineSettings,
  safeties: readonly FixSafety[],
  mode: 'write' | 'diff',
): Promise<Fixing> {
  const places = new Map(analysis.files.map(({ path, file }) => [path, file]));
  const fixable = analysis.results.filter(({ findings }) =>
    findings.some(({ fix }) => fix !== undefined && safeties.includes(fix.safety)),
  );
  const mended = new Map<string, FixedFile>();
  const analyser = await createLocalAnalyser(settings);
  try {
    for (const { path } of fixable.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
      const file = places.get(path) ?? path;
      const fixed = applyFixes(analyser.within(analysis.project), path, await readSource(file), safeties);
      if (fixed.before === fixed.after) continue;
      if (mode === 'write') await writeFixed(file, fixed.bytes);
      mended.set(path, fixed);
    }
  } finally {
    analyser.dispose();
  }
  const results = analysis.results.map(result => mended.get(result.path)?.result ?? result);
  return { results: mode === 'diff' ? analysis.results : results, mended };
}

/** What fixing would change, as a unified diff with these paths. */
export function diffOf({ mended }: Fixing, shown: (path: string) => string): string {
  return [...mended].map(([path, file]) => diffText(shown(path), file)).join('');
}

async function writeFixed(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeAtomically(file, bytes);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(error)}`);
  }
}

/** What mending changes in a file, as `git apply` takes it; unusual names are quoted as git does. */
export function diffText(path: string, { before, after }: FixedFile): string {
  if (before === after) return '';
  const name = path.replace(/^\//, '');
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, options);
}
