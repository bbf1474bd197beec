import type { Change } from '../changes/change.ts';
import { collectModules } from '../project/collect-modules.ts';
import type { SnapshotData } from '../project/snapshot-data.ts';
import type { ChangeProjects } from './ports.ts';

/** Both versions of a repository, as far as the files under review depend on it. */
export interface Snapshots {
  readonly base: SnapshotData;
  readonly head: SnapshotData;
  /** How many modules that are imported were not read, in the version that lacks more. */
  readonly leftOut: number;
}

/**
 * Reads what the changed files import, before and after the change.
 *
 * @param untouched further files under review, which are the same in both versions
 */
export async function readSnapshots(
  change: Change,
  projects: ChangeProjects,
  untouched: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<Snapshots> {
  const base = new Map(untouched);
  const head = new Map(untouched);
  for (const file of change.files) {
    if (file.base !== null) base.set(file.previousPath ?? file.path, file.base);
    if (file.head !== null) head.set(file.path, file.head);
  }
  const [before, after] = await Promise.all([
    collectModules(projects.base, base),
    collectModules(projects.head, head),
  ]);
  return { base: before.snapshot, head: after.snapshot, leftOut: Math.max(before.leftOut, after.leftOut) };
}
