import type { Configuration } from './configuration.ts';
import { compileGlob } from './glob.ts';

/** Tells which files the configuration wants looked at. Paths are relative to the project's root, with `/`. */
export function pathFilter(
  configuration: Pick<Configuration, 'include' | 'exclude'>,
): (path: string) => boolean {
  const include = configuration.include.map(compileGlob);
  const exclude = configuration.exclude.map(compileGlob);
  return path =>
    (include.length === 0 || include.some(fits => fits(path))) && !exclude.some(fits => fits(path));
}
