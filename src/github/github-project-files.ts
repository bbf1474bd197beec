import type { ProjectFiles } from '../project/project-files.ts';
import { projectFileNames } from '../project/project-settings.ts';
import type { Contents } from './blob-answer.ts';
import type { ContentsReader } from './read-contents.ts';

/**
 * The files of a commit, for the project's own settings. The first question is answered together with those that surely
 * follow, in one query; nothing is asked of what was read already.
 */
export function createGitHubProjectFiles(
  contents: ContentsReader,
  commit: string,
  alreadyRead: ReadonlyMap<string, Uint8Array | null> = new Map(),
): ProjectFiles {
  const known = new Map<string, Promise<Uint8Array | null>>(
    [...alreadyRead].map(([path, bytes]) => [path, Promise.resolve(bytes)]),
  );

  const ask = (paths: readonly string[]) => {
    const unknown = paths.filter(path => !known.has(path));
    const reading = contents.read(unknown.map(path => ({ commit, path, blob: null })));
    for (const [index, path] of unknown.entries()) {
      known.set(
        path,
        reading.then(answers => bytesOf(answers[index])),
      );
    }
  };

  return {
    async read(path) {
      if (!known.has(path)) ask(known.size === 0 ? [...new Set([path, ...projectFileNames])] : [path]);
      return (await known.get(path)) ?? null;
    },
  };
}

function bytesOf(contents: Contents | undefined): Uint8Array | null {
  return contents?.kind === 'bytes' ? contents.bytes : null;
}
