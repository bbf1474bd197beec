import type { Change, ChangedFile } from '../changes/change.ts';
import { type ImporterSearch, searchImporters } from '../project/find-importers.ts';
import type { ModuleSignatures } from '../semantics/module-signatures.ts';
import type { ChangeProjects, FileAnalyser, FileToAnalyse } from './ports.ts';
import { readSnapshots, type Snapshots } from './read-snapshots.ts';

/** Files that a change does not touch and that depend on what it changed. */
export interface AffectedFiles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Both versions of the repository around them and the changed files. */
  readonly snapshots: Snapshots;
  /** How many files of the repository were not searched for them. */
  readonly leftOut: number;
}

/**
 * Finds the files that a change may have broken without touching them: where it changed what other files depend on (a
 * function became a coroutine function, or blocks now), those that import the file and name what has changed; where
 * that changes what others depend on in them, or they hand it on, those in turn. Where the change did no such thing, nothing is read.
 */
export async function findAffectedFiles(
  change: Change,
  changed: readonly ChangedFile[],
  analyser: FileAnalyser,
  projects: ChangeProjects,
): Promise<AffectedFiles> {
  const before = await readSnapshots(change, projects);
  let altered = await alteredNames(comparable(changed), analyser, before);
  if (altered.size === 0) return { files: new Map(), snapshots: before, leftOut: before.leftOut };

  const touched = change.files.map(({ path }) => path);
  const search = await searchImporters(projects.head, touched);
  const files = new Map<string, Uint8Array>();
  let snapshots = before;
  for (let step = 0; step < maxSteps && altered.size > 0; step += 1) {
    const words = new Set([...altered.values()].flat());
    const found = search.importersOf(new Set(altered.keys()), words);
    const fresh = new Map([...found].filter(([path]) => !files.has(path)).slice(0, maxFiles - files.size));
    if (fresh.size === 0) break;
    for (const [path, bytes] of fresh) files.set(path, bytes);
    snapshots = await readSnapshots(change, projects, files);
    const versions = [...fresh].map(([path, bytes]): Versions => ({ path, base: bytes, head: bytes }));
    altered = withHandedOn(
      await alteredNames(versions, analyser, snapshots),
      search,
      [...fresh.keys()],
      words,
    );
  }
  return { files, snapshots, leftOut: search.leftOut + snapshots.leftOut };
}

/** What files altered of their own, and what they only hand on: `from .store import load` in an `__init__`. */
function withHandedOn(
  altered: ReadonlyMap<string, readonly string[]>,
  search: ImporterSearch,
  paths: readonly string[],
  words: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const all = paths.map(path => {
    const names = new Set([...(altered.get(path) ?? []), ...search.handedOnBy(path, words)]);
    return [path, [...names]] as const;
  });
  return new Map(all.filter(([, names]) => names.length > 0));
}

/** How many imports away from the change. */
const maxSteps = 3;

/** More than these no comment could list. */
const maxFiles = 200;

interface Versions {
  readonly path: string;
  readonly base: Uint8Array;
  readonly head: Uint8Array;
}

/** What is new has no callers elsewhere yet, and what moved is imported under another name. */
function comparable(changed: readonly ChangedFile[]): readonly Versions[] {
  return changed.flatMap(({ path, previousPath, base, head }) =>
    base === null || head === null || previousPath !== null ? [] : [{ path, base, head }],
  );
}

/** For each file the names in it that mean something else now to those who use them; files without any are left out. */
async function alteredNames(
  files: readonly Versions[],
  analyser: FileAnalyser,
  snapshots: Snapshots,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const version = (side: 'base' | 'head'): FileToAnalyse[] =>
    files.map(file => ({ path: file.path, bytes: file[side] }));
  const before = await analyser.signatures(version('base'), snapshots.base);
  const after = await analyser.signatures(version('head'), snapshots.head);
  const altered = new Map<string, readonly string[]>();
  for (const [index, { path }] of files.entries()) {
    const names = differing(before[index] ?? null, after[index] ?? null);
    if (names.length > 0) altered.set(path, names);
  }
  return altered;
}

/** The last parts of the names that were there before and are something else now. Of what cannot be read nothing is said. */
function differing(before: ModuleSignatures | null, after: ModuleSignatures | null): readonly string[] {
  if (before === null || after === null) return [];
  return Object.entries(before)
    .filter(([name, signature]) => after[name] !== undefined && after[name] !== signature)
    .map(([name]) => name.slice(name.lastIndexOf('.') + 1));
}
