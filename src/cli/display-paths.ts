import { posix } from 'node:path';
import type { Finding } from '../engine/finding.ts';
import type { CheckReport } from '../report/check-report.ts';
import { pathWithin } from './inputs.ts';
import type { Format } from './render-report.ts';

/**
 * Where the reported files stand, as a reader of this format sees it. JSON is relative to the folder analysed. Tools
 * that annotate a checkout start from the working directory, if the folder lies in it. People can open what stands there
 * from anywhere.
 */
export function displayPrefix(format: Format, root: string, workingDirectory: string): string {
  const folder = pathWithin(workingDirectory, root);
  const isInside = folder !== root.replaceAll('\\', '/');
  if (format === 'json' || folder === '.') return '';
  return isInside || format === 'text' ? folder : '';
}

/** The report with a folder before each path that is not absolute. */
export function withPrefix<R extends CheckReport>(report: R, prefix: string): R {
  if (prefix === '') return report;
  const rename = (path: string) => prefixed(prefix, path);
  const findings = report.findings.map(
    (finding): Finding => ({
      ...finding,
      path: rename(finding.path),
      ...(finding.trace && { trace: finding.trace.map(step => ({ ...step, path: rename(step.path) })) }),
    }),
  );
  const errors = report.errors.map(error => ({ ...error, path: rename(error.path) }));
  return { ...report, findings, errors };
}

/** A path with a folder before it, unless it is absolute. */
export function prefixed(prefix: string, path: string): string {
  return posix.isAbsolute(path) ? path : posix.join(prefix, path);
}
