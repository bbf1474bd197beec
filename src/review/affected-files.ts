import type { ChangedFile } from '../changes/change.ts';
import { findImporters } from '../project/find-importers.ts';
import type { ModuleSignatures } from '../semantics/module-signatures.ts';
import type { ChangeProjects, FileAnalyser, FileToAnalyse } from './ports.ts';
import type { Snapshots } from './read-snapshots.ts';

/** Files that a change does not touch and that depend on what it changed. */
export interface AffectedFiles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** How many files of the repository were not searched for them. */
  readonly leftOut: number;
}

const none: AffectedFiles = { files: new Map(), leftOut: 0 };

/**
 * Finds the files that a change may have broken without touching them: where it changed what other files depend on (a
 * function became a coroutine function, or blocks now), those that import it. Where it changed no such thing, nothing
 * is read.
 */
export async function findAffectedFiles(
  changed: readonly ChangedFile[],
  analyser: FileAnalyser,
  projects: ChangeProjects,
  snapshots: Snapshots,
): Promise<AffectedFiles> {
  const paths = await changedInMeaning(changed, analyser, snapshots);
  if (paths.length === 0) return none;
  const { files, leftOut } = await findImporters(projects.head, paths);
  const touched = new Set(changed.map(({ path }) => path));
  return { files: new Map([...files].filter(([path]) => !touched.has(path))), leftOut };
}

/** The files in which something that others depend on is not what it was. */
async function changedInMeaning(
  changed: readonly ChangedFile[],
  analyser: FileAnalyser,
  snapshots: Snapshots,
): Promise<readonly string[]> {
  // What is new has no callers elsewhere yet, and what moved is imported under another name.
  const files = changed.filter(
    ({ base, head, previousPath }) => base !== null && head !== null && previousPath === null,
  );
  const version = (side: 'base' | 'head'): FileToAnalyse[] =>
    files.flatMap(file => {
      const bytes = file[side];
      return bytes === null ? [] : [{ path: file.path, bytes }];
    });
  const before = await analyser.signatures(version('base'), snapshots.base);
  const after = await analyser.signatures(version('head'), snapshots.head);
  return files
    .filter((_file, index) => differ(before[index] ?? null, after[index] ?? null))
    .map(({ path }) => path);
}

/** Whether something that was there before is something else now. Where a version cannot be read nothing is said. */
function differ(before: ModuleSignatures | null, after: ModuleSignatures | null): boolean {
  if (before === null || after === null) return false;
  return Object.entries(before).some(
    ([name, signature]) => after[name] !== undefined && after[name] !== signature,
  );
}
