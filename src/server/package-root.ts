import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invariant } from '../errors.ts';

/** The folder that this program is installed in: the nearest one above this file that has both package.json and app.yml. */
export const packageRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(start: string): string {
  let folder = start;
  while (!(existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'app.yml')))) {
    const parent = dirname(folder);
    invariant(parent !== folder, `package.json and app.yml are above ${start}`);
    folder = parent;
  }
  return folder;
}
