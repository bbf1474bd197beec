import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isProjectPath, type ProjectFiles } from './project-files.ts';

/** What reading a file that is not there, or that is a folder, fails with. */
const absent: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG'];

/** The files of a folder. A path that leads out of the folder is no file of it. Other failures of the disk are thrown as they are. */
export function diskFiles(root: string): ProjectFiles {
  return {
    async read(path) {
      if (!isProjectPath(path)) return null;
      try {
        return await readFile(join(root, path));
      } catch (error) {
        if (error instanceof Error && 'code' in error && absent.includes(error.code)) return null;
        throw error;
      }
    },
  };
}
