import type { BlobReader } from './git-blobs.ts';
import type { GitRepository } from './git-repository.ts';
import { type GitTree, readTree } from './git-tree.ts';
import { isProjectPath, type ProjectFiles } from './project-files.ts';

/** The files of a commit. Symbolic links and submodules are none. A file that is too large for `blobs` reads as absent. */
export function gitFiles(repository: GitRepository, commit: string, blobs: BlobReader): ProjectFiles {
  let tree: Promise<GitTree> | null = null;

  return {
    async read(path) {
      if (!isProjectPath(path)) return null;
      const id = (await (tree ?? readTree(repository.place, commit, path))).get(path);
      if (id === undefined) return null;
      const blob = await blobs.read(id);
      return blob.kind === 'contents' ? blob.bytes : null;
    },
    async list() {
      tree ??= readTree(repository.place, commit);
      return [...(await tree).keys()];
    },
  };
}
