import { dirname, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { applyFixes } from '../engine/apply-fixes.ts';
import { UsageError } from '../errors.ts';
import { type CheckOptions, loadCheckedSettings, safetiesOf } from './check-options.ts';
import { toCheckReport } from './check-report.ts';
import { type ExitStatus, statusOf } from './exit-status.ts';
import { unifiedDiff } from './fix-files.ts';
import { pathWithin } from './inputs.ts';
import { createLocalAnalyser } from './local-analyser.ts';
import { writeOut } from './output.ts';
import { printReport } from './print-report.ts';
import { textOfBytes } from './read-source.ts';

/** What standard input is called when nobody says. */
const unnamed = 'stdin.py';

/**
 * `check` for one text from standard input. `--fix` writes the mended text to standard output, and then the report only
 * to `--output`.
 */
export async function checkStdin(paths: readonly string[], options: CheckOptions): Promise<ExitStatus> {
  if (paths.some(path => path !== '-'))
    throw new UsageError('standard input cannot be checked together with paths');
  const start = performance.now();
  const file = resolve(options.stdinFilename ?? unnamed);
  const path = pathWithin(process.cwd(), file);
  const { settings, configuration } = await loadCheckedSettings(dirname(file), options);
  const bytes = await buffer(process.stdin);
  const analyser = await createLocalAnalyser(settings);
  try {
    const safeties = safetiesOf(options);
    const fixed = safeties.length === 0 ? null : applyFixes(analyser, path, bytes, safeties);
    const result = fixed === null || options.diff ? analyser.analyse(path, bytes) : fixed.result;
    const report = toCheckReport(1, [result], [], performance.now() - start);
    const textOf = () => textOfBytes(fixed === null || options.diff ? bytes : fixed.bytes);

    if (fixed === null) await printReport(report, options, textOf);
    else if (options.diff)
      await writeOut(fixed.before === fixed.after ? '' : unifiedDiff(path, fixed.before, fixed.after));
    else await writeOut(fixed.bytes);
    if (fixed !== null && options.output !== undefined) await printReport(report, options, textOf);
    return statusOf(report.findings, options.failOn ?? configuration.failOn ?? 'warning');
  } finally {
    analyser.dispose();
  }
}
