import { dirname, resolve } from 'node:path';
import { counted } from '../report/severities.ts';
import { ignoreRulesFor } from './ignore-files.ts';

/** What is known of a run that looked at no file. */
export interface EmptyRun {
  /** The files and folders that were named, as they were written. */
  readonly paths: readonly string[];
  readonly workingDirectory: string;
  /** How many Python files the configuration left out. */
  readonly leftOut: number;
}

/** Why no file was looked at, and what to do about it; one sentence. */
export async function whyNothing({ paths, workingDirectory, leftOut }: EmptyRun): Promise<string> {
  const named = paths.join(', ');
  if (leftOut > 0) {
    const files =
      leftOut === 1 ? 'the only Python file' : `all ${counted(leftOut, 'Python file', 'Python files')}`;
    return `nothing was looked at: include and exclude of the configuration leave out ${files} of ${named}.`;
  }
  const ignored = await Promise.all(paths.map(path => isIgnored(resolve(workingDirectory, path))));
  if (ignored.includes(true)) {
    const which = paths.filter((_, index) => ignored[index]).join(', ');
    return `nothing was looked at: git ignores ${which}. A file that is named by itself is looked at all the same.`;
  }
  return `nothing was looked at: there are no Python files in ${named}.`;
}

async function isIgnored(folder: string): Promise<boolean> {
  return (await ignoreRulesFor(dirname(folder))).ignores(folder, 'folder');
}
