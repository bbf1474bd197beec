import { compileGlob, type PathMatcher } from './glob.ts';

/** Which files are meant: patterns as `compileGlob` takes them. */
export interface PathScope {
  /** When not empty, only files that fit one. */
  readonly include: readonly string[];
  /** Not files that fit one. */
  readonly exclude: readonly string[];
}

/** Tells which files a scope means. Paths are relative to the project's root, with `/`. */
export function pathFilter(scope: PathScope): PathMatcher {
  const include = scope.include.map(compileGlob);
  const exclude = scope.exclude.map(compileGlob);
  return path =>
    (include.length === 0 || include.some(fits => fits(path))) && !exclude.some(fits => fits(path));
}
