import { dirname, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { applyFixes } from '../engine/apply-fixes.ts';
import { UsageError } from '../errors.ts';
import { folderSnapshot } from '../project/snapshot-data.ts';
import { type CheckOptions, loadCheckedSettings, safetiesOf } from './check-options.ts';
import { toCheckReport } from './check-report.ts';
import { viewpoint } from './display-paths.ts';
import { type ExitStatus, statusOf } from './exit-status.ts';
import { diffText } from './fix-files.ts';
import { pathWithin } from './inputs.ts';
import { listProject } from './list-project.ts';
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
  const workingDirectory = process.cwd();
  const file = resolve(options.stdinFilename ?? unnamed);
  const { settings, configuration, projectRoot } = await loadCheckedSettings(dirname(file), options);
  const view = viewpoint(options.format, { projectRoot, root: workingDirectory, workingDirectory });
  const path = pathWithin(projectRoot, file);
  const bytes = await buffer(process.stdin);
  const local = await createLocalAnalyser(settings);
  try {
    const analyser = local.within(folderSnapshot(projectRoot, await listProject(projectRoot)));
    const safeties = safetiesOf(options);
    const fixed = safeties.length === 0 ? null : applyFixes(analyser, path, bytes, safeties);
    const result = fixed === null || options.diff ? analyser.analyse(path, bytes) : fixed.result;
    const durationMs = performance.now() - start;
    const report = toCheckReport({ files: 1, results: [result], unread: [], durationMs }, view);
    const textOf = () => textOfBytes(fixed === null || options.diff ? bytes : fixed.bytes);

    if (fixed === null) await printReport(report, options, textOf);
    else if (options.diff) await writeOut(diffText(view.shown(path), fixed));
    else await writeOut(fixed.bytes);
    if (fixed !== null && options.output !== undefined) await printReport(report, options, textOf);
    return statusOf(report.findings, options.failOn ?? configuration.failOn ?? 'warning');
  } finally {
    local.dispose();
  }
}
