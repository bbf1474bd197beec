import { createTwoFilesPatch } from 'diff';
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
  /** How many findings were mended, in how many files. */
  readonly fixes: number;
  readonly files: number;
  /** The change as a unified diff, by path; empty when it was not asked for. */
  readonly diff: string;
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
      const fixed = applyFixes(analyser, path, await readSource(file), safeties);
      if (fixed.before === fixed.after) continue;
      if (mode === 'write') await writeFixed(file, fixed.bytes);
      mended.set(path, fixed);
    }
  } finally {
    analyser.dispose();
  }
  const all = [...mended];
  return {
    results:
      mode === 'diff'
        ? analysis.results
        : analysis.results.map(result => mended.get(result.path)?.result ?? result),
    fixes: all.reduce((sum, [, { applied }]) => sum + applied.length, 0),
    files: all.length,
    diff:
      mode === 'diff'
        ? all.map(([path, { before, after }]) => unifiedDiff(path, before, after)).join('')
        : '',
  };
}

async function writeFixed(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeAtomically(file, bytes);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(error)}`);
  }
}

/** The difference of two texts as `git apply` takes it. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
  });
  // The line of equal signs is an ornament of Subversion's.
  return patch.replace(/^=+\n/, '').replaceAll(/^(---|\+\+\+) (.*)\t$/gm, '$1 $2');
}
