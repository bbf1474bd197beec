import type { Change, ChangedFile } from '../../src/changes/change.ts';
import { diffTexts } from '../../src/changes/hunks.ts';
import type { ProjectReader } from '../../src/project/collect-modules.ts';

type Files = Readonly<Record<string, string>>;

const encoder = new TextEncoder();

/** The change between two states of a repository. */
export function changeOf(before: Files, after: Files): Change {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const files = paths
    .filter(path => before[path] !== after[path])
    .map(path => changedFile(path, before[path], after[path]));
  return { base: 'base', head: 'head', mergeBase: 'base', files, unread: [] };
}

function changedFile(path: string, base: string | undefined, head: string | undefined): ChangedFile {
  return {
    path,
    previousPath: null,
    status: base === undefined ? 'added' : head === undefined ? 'removed' : 'modified',
    hunks: diffTexts(base ?? '', head ?? ''),
    base: base === undefined ? null : encoder.encode(base),
    head: head === undefined ? null : encoder.encode(head),
  };
}

/** A version of a repository that remembers which files it was asked for. */
export interface TestProject extends ProjectReader {
  readonly read: readonly string[];
}

/** Both states of a repository, to be read from. */
export function projectsOf(
  before: Files,
  after: Files,
): { readonly base: TestProject; readonly head: TestProject } {
  return { base: projectOf('base', before), head: projectOf('head', after) };
}

function projectOf(id: string, files: Files): TestProject {
  const read: string[] = [];
  return {
    id,
    read,
    list: async () => Object.keys(files),
    async readMany(paths) {
      read.push(...paths);
      return new Map(
        paths.filter(path => files[path] !== undefined).map(path => [path, encoder.encode(files[path])]),
      );
    },
  };
}
