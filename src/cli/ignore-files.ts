import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The `.gitignore` rules in force in a folder: its own, and those of the folders above it. */
export interface IgnoreRules {
  /** The rules in force in a folder below. */
  within(folder: string): Promise<IgnoreRules>;
  /** Whether git would leave a path out. The path is absolute, in this folder. */
  ignores(path: string, kind: 'file' | 'folder'): boolean;
}

interface Layer {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The rules for a folder, of its own `.gitignore` and, up to the repository's root, those above and `.git/info/exclude`. */
export async function ignoreRulesFor(folder: string): Promise<IgnoreRules> {
  const root = await repositoryRoot(folder);
  const folders = root === null ? [folder] : foldersFrom(root, folder);
  const layers: Layer[] = [];
  if (root !== null) layers.push(...(await readLayer(root, join('.git', 'info', 'exclude'))));
  for (const each of folders) layers.push(...(await readLayer(each, '.gitignore')));
  return rulesOf(layers);
}

function rulesOf(layers: readonly Layer[]): IgnoreRules {
  const rules: IgnoreRules = {
    async within(folder) {
      const own = await readLayer(folder, '.gitignore');
      return own.length === 0 ? rules : rulesOf([...layers, ...own]);
    },
    ignores(path, kind) {
      // The nearest file that says anything decides.
      for (const layer of layers.toReversed()) {
        const name = relative(layer.folder, path).split(sep).join('/');
        const { ignored, unignored } = layer.rules.test(kind === 'folder' ? `${name}/` : name);
        if (ignored || unignored) return ignored;
      }
      return false;
    },
  };
  return rules;
}

async function readLayer(folder: string, name: string): Promise<readonly Layer[]> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => null);
  if (text === null) return [];
  // Paths are relative to `folder` and normalised, except for names that only look odd (`..name`).
  return [{ folder, rules: ignore({ allowRelativePaths: true, ignoreCase: false }).add(text) }];
}

/** The nearest folder at or above that has a `.git` (a folder, or a file in a linked worktree). */
export async function repositoryRoot(folder: string): Promise<string | null> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await stat(join(at, '.git')).catch(() => null)) !== null) return at;
    if (dirname(at) === at) return null;
  }
}

/** The folders from one down to another in it, both included. */
function foldersFrom(root: string, folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== root; at = dirname(at)) folders.unshift(dirname(at));
  return folders;
}
