import { globSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { themes } from '../themes.ts';

/** A rule's file. `path` is from the root of the project, with `/`. */
export interface RuleFile {
  readonly theme: string;
  readonly id: string;
  readonly path: string;
}

/** The files of all rules, by theme in the order of the catalogue, then by id. */
export function findRuleFiles(root: string): RuleFile[] {
  return [...themes.keys()].flatMap(theme => {
    const paths = globSync(`rules/${theme}/*.ts`, { cwd: root }).map(path => path.split(sep).join('/'));
    return paths
      .filter(path => !path.endsWith('.test.ts'))
      .sort()
      .map(path => ({ theme, id: basename(path, '.ts'), path }));
  });
}

/** Folders in `rules` that are no theme: rules in them would never run. */
export function findUnknownThemes(root: string): string[] {
  const folders = globSync('rules/*/*.ts', { cwd: root }).map(path => path.split(sep)[1] ?? '');
  return [...new Set(folders)].filter(name => name !== 'generated' && !themes.has(name)).sort();
}

/** The path of a rule's page or test, beside the rule. */
export function besideRule(file: RuleFile, ending: '.md' | '.test.ts'): string {
  return join('rules', file.theme, `${file.id}${ending}`).split(sep).join('/');
}
