import type { ProjectReader } from './collect-modules.ts';
import type { BlobReader } from './git-blobs.ts';
import type { GitPlace } from './git-command.ts';
import { type GitTree, readTree } from './git-tree.ts';
import { isPythonPath } from './python-path.ts';

/**
 * The Python files of a version of a local repository.
 *
 * @param version a commit, or `index` for what the index of `place` holds
 */
export function gitProject(place: GitPlace, version: string, blobs: BlobReader): ProjectReader {
  let reading: Promise<GitTree> | null = null;
  const tree = (): Promise<GitTree> => {
    reading ??= readTree(place, version);
    return reading;
  };
  return {
    id: version,
    async list() {
      return [...(await tree()).keys()].filter(isPythonPath);
    },
    async readMany(paths) {
      const ids = await tree();
      const read = await Promise.all(paths.map(path => readOne(path, ids.get(path), blobs)));
      return new Map(read.filter(entry => entry !== null));
    },
  };
}

async function readOne(
  path: string,
  id: string | undefined,
  blobs: BlobReader,
): Promise<readonly [string, Uint8Array] | null> {
  if (id === undefined) return null;
  const blob = await blobs.read(id);
  return blob.kind === 'contents' ? [path, blob.bytes] : null;
}
