import { type GitPlace, gitOutput } from './git-command.ts';

/** The regular files of a version, by path, their contents by the ids of their blobs. */
export type GitTree = ReadonlyMap<string, string>;

/**
 * Reads which files a version has: a commit, or the index of the place. Symbolic links, submodules and files in the
 * middle of a merge are none.
 *
 * @param path only this one, if it is there
 */
export async function readTree(
  place: GitPlace,
  version: string | 'index',
  path: string | null = null,
): Promise<GitTree> {
  const isIndex = version === 'index';
  const command = isIndex ? ['ls-files', '-z', '--stage'] : ['ls-tree', '-z', '--full-tree', '-r', version];
  const only = path === null ? [] : ['--', path];
  const output = await gitOutput(place, ['--literal-pathspecs', ...command, ...only]);
  const files = new Map<string, string>();
  for (const entry of output.toString().split('\0')) {
    const tab = entry.indexOf('\t');
    // `mode id stage` of the index, `mode type id` of a commit.
    const [mode = '', second = '', third = ''] = entry.slice(0, tab).split(' ');
    if (!mode.startsWith('100') || (isIndex && third !== '0')) continue;
    files.set(entry.slice(tab + 1), isIndex ? second : third);
  }
  return files;
}
