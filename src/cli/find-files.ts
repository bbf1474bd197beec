import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { installedFolders } from '../engine/installed-code.ts';
import { isPythonPath } from '../project/python-path.ts';
import { compareText } from '../report/check-report.ts';
import { type IgnoreRules, ignoreRulesFor } from './ignore-files.ts';
import { reasonOf } from './output.ts';

/** What a walk comes across: a Python file, or a folder that it could not look into. Paths are absolute. */
export type Found =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: string };

/**
 * Walks a folder for Python files, in the order of their names. Leaves out what git ignores, hidden files and folders,
 * virtual environments and installed packages. Symbolic links are not followed: as in git, what they
 * point to is looked at where it lies, if at all.
 */
export async function* findPythonFiles(folder: string): AsyncGenerator<Found> {
  yield* walk(folder, await ignoreRulesFor(folder), true);
}

async function* walk(folder: string, rules: IgnoreRules, isStart: boolean): AsyncGenerator<Found> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    yield { kind: 'unreadable', path: folder, reason: reasonOf(error) };
    return;
  }
  if (!isStart && entries.some(entry => entry.name === 'pyvenv.cfg')) return;
  entries.sort((a, b) => compareText(a.name, b.name));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isFile() && isPythonPath(entry.name)) {
      if (!rules.ignores(path, 'file')) yield { kind: 'file', path };
    } else if (entry.isDirectory() && !installedFolders.includes(entry.name)) {
      if (!rules.ignores(path, 'folder')) yield* walk(path, await rules.within(path), false);
    }
  }
}
