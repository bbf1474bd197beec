import type { BlobReader } from './git-blobs.ts';
import { gitOutput } from './git-command.ts';
import type { GitRepository } from './git-repository.ts';
import { isProjectPath, type ProjectFiles } from './project-files.ts';

/** The files of a commit. Symbolic links and submodules are none. A file that is too large for `blobs` reads as absent. */
export function gitFiles(repository: GitRepository, commit: string, blobs: BlobReader): ProjectFiles {
  let tree: Promise<ReadonlyMap<string, string>> | null = null;

  return {
    async read(path) {
      if (!isProjectPath(path)) return null;
      const entries = await (tree ?? readTree(repository, commit, path));
      const id = entries.get(path);
      if (id === undefined) return null;
      const blob = await blobs.read(id);
      return blob.kind === 'contents' ? blob.bytes : null;
    },
    async list() {
      tree ??= readTree(repository, commit, null);
      return [...(await tree).keys()];
    },
  };
}

/** The blobs of a commit by path: all of them, or only the one at a path. */
async function readTree(
  repository: GitRepository,
  commit: string,
  path: string | null,
): Promise<ReadonlyMap<string, string>> {
  const only = path === null ? [] : ['--', path];
  const args = ['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', '-r', commit, ...only];
  const output = await gitOutput(repository.place, args);
  const entries = new Map<string, string>();
  for (const line of output.toString().split('\0')) {
    const tab = line.indexOf('\t');
    const [mode = '', , id = ''] = line.slice(0, tab).split(' ');
    if (mode.startsWith('100')) entries.set(line.slice(tab + 1), id);
  }
  return entries;
}
