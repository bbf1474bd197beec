import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Finding } from '../engine/finding.ts';
import type { CheckReport } from '../report/check-report.ts';
import { pathWithin } from './inputs.ts';
import type { Format } from './render-report.ts';

/** From where a reader of a report sees files. */
export interface Viewpoint {
  /** How a path in the project is shown. */
  shown(path: string): string;
  /** Where the file lies that is shown like this. */
  located(shown: string): string;
}

/** The folders that decide how files are called. */
export interface Folders {
  readonly projectRoot: string;
  /** The folder analysed. */
  readonly root: string;
  readonly workingDirectory: string;
}

/**
 * JSON is relative to the folder analysed. Tools that annotate a checkout start from the working directory, if the
 * folder lies in it. People can open what stands there from anywhere.
 */
export function viewpoint(format: Format, { projectRoot, root, workingDirectory }: Folders): Viewpoint {
  const isInside = !isAbsolute(pathWithin(workingDirectory, root));
  const base =
    format === 'json' || (!isInside && format !== 'text') ? root : isInside ? workingDirectory : null;
  return {
    shown(path) {
      const file = resolve(projectRoot, path);
      if (base === null) return withSlashes(file);
      // What the rest of the project tells lies beside the folder at most; what is outside has its whole path.
      return isAbsolute(path) ? pathWithin(base, file) : withSlashes(relative(base, file));
    },
    located: shown => resolve(base ?? '', shown),
  };
}

function withSlashes(path: string): string {
  return path.split(sep).join('/');
}

/** The result of an analysis with other paths. */
export function withPaths<R extends Pick<CheckReport, 'findings' | 'errors'>>(
  result: R,
  rename: (path: string) => string,
): R {
  const findings = result.findings.map(
    (finding): Finding => ({
      ...finding,
      path: rename(finding.path),
      ...(finding.trace && { trace: finding.trace.map(step => ({ ...step, path: rename(step.path) })) }),
    }),
  );
  const errors = result.errors.map(error => ({ ...error, path: rename(error.path) }));
  return { ...result, findings, errors };
}
