import type { Change, ChangedFile, FileStatus } from '../../src/changes/change.ts';
import { diffTexts } from '../../src/changes/hunks.ts';

/** Both versions of a file as text; `null` where there is none. */
export interface FileVersions {
  readonly base: string | null;
  readonly head: string | null;
  readonly previousPath?: string;
  readonly shown?: boolean;
}

/** A change of files, with the hunks that a host would show. */
export function changeOf(files: Readonly<Record<string, FileVersions>>, parts: Partial<Change> = {}): Change {
  return {
    base: 'b'.repeat(40),
    head: 'a'.repeat(40),
    mergeBase: 'c'.repeat(40),
    files: Object.entries(files).map(([path, versions]) => changedFile(path, versions)),
    unread: [],
    ...parts,
  };
}

function changedFile(path: string, { base, head, previousPath, shown }: FileVersions): ChangedFile {
  return {
    path,
    previousPath: previousPath ?? null,
    status: statusOf(base, head, previousPath),
    hunks: diffTexts(base ?? '', head ?? ''),
    ...(shown === undefined ? {} : { shown }),
    base: base === null ? null : new TextEncoder().encode(base),
    head: head === null ? null : new TextEncoder().encode(head),
  };
}

function statusOf(base: string | null, head: string | null, previousPath: string | undefined): FileStatus {
  if (base === null) return 'added';
  if (head === null) return 'removed';
  return previousPath === undefined ? 'modified' : 'renamed';
}
