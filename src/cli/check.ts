import type { Configuration } from '../config/configuration.ts';
import { pathFilter } from '../engine/path-filter.ts';
import { UsageError } from '../errors.ts';
import type { TextOf } from '../report/check-report.ts';
import { counted } from '../report/severities.ts';
import { analyseFiles } from './analyse-files.ts';
import { type CheckOptions, loadCheckedSettings, safetiesOf } from './check-options.ts';
import { toCheckReport } from './check-report.ts';
import { checkStdin } from './check-stdin.ts';
import { type Viewpoint, viewpoint } from './display-paths.ts';
import { type ExitStatus, statusOf } from './exit-status.ts';
import { diffOf, type Fixing, fixFiles } from './fix-files.ts';
import { type InputFile, resolveInputs, type UnreadInput } from './inputs.ts';
import { writeErrorLine, writeReport } from './output.ts';
import { printReport } from './print-report.ts';
import { readText } from './read-source.ts';
import { whyNothing } from './why-nothing.ts';

/** `loopwarden check`: analyses files and folders, every finding, whatever changed. */
export async function check(paths: readonly string[], options: CheckOptions): Promise<ExitStatus> {
  if (options.unsafe && !options.fix && !options.diff) throw new UsageError('--unsafe needs --fix or --diff');
  if (options.stdinFilename !== undefined || paths.includes('-')) {
    return checkStdin(paths, options);
  }
  return checkFiles(paths.length === 0 ? ['.'] : paths, options);
}

async function checkFiles(paths: readonly string[], options: CheckOptions): Promise<ExitStatus> {
  const start = performance.now();
  const workingDirectory = process.cwd();
  const inputs = await resolveInputs(paths, workingDirectory);
  const loaded = await loadCheckedSettings(inputs.settingsFolder, options);
  const { settings, configuration, projectRoot } = loaded;

  const analysis = await analyseFiles(inputs, { projectRoot, settings, isWanted: wantedBy(configuration) });
  const mode = options.diff ? 'diff' : 'write';
  const safeties = safetiesOf(options);
  const fixing = safeties.length === 0 ? null : await fixFiles(analysis, settings, safeties, mode);
  const folders = { projectRoot, root: inputs.root, workingDirectory };
  const view = viewpoint(options.format, folders);
  const report = toCheckReport(
    {
      files: analysis.files.length,
      results: fixing?.results ?? analysis.results,
      unread: analysis.unread.map(({ error }) => error),
      durationMs: performance.now() - start,
    },
    view,
  );

  if (fixing !== null && options.diff) {
    await writeReport(diffOf(fixing, viewpoint('github', folders).shown), options.output);
  } else {
    await printReport(report, options, textReader(view));
  }
  if (fixing !== null && !options.quiet) await writeErrorLine(fixingLine(fixing, mode));
  if (analysis.files.length === 0 && analysis.unread.length === 0 && !options.quiet) {
    const { leftOut } = analysis;
    await writeErrorLine(`warning: ${await whyNothing({ paths, workingDirectory, leftOut })}`);
  }
  const unread = analysis.unread.filter(({ error, explicit }) => explicit && error.kind === 'unreadable');
  if (unread.length === 0) {
    return statusOf(report.findings, options.failOn ?? configuration.failOn ?? 'warning');
  }
  await writeErrorLine(unreadLine(unread, viewpoint('text', folders)));
  return 2;
}

/** What is named by itself is looked at, whatever the configuration says of it. */
function wantedBy(configuration: Configuration): (file: InputFile) => boolean {
  const isWanted = pathFilter(configuration);
  return ({ path, explicit }) => explicit || isWanted(path);
}

/** Reads texts to show lines of them; the last one is kept, since findings come in the order of their files. */
function textReader({ located }: Viewpoint): TextOf {
  let last: { readonly path: string; readonly text: string | undefined } | null = null;
  return path => {
    if (last?.path !== path) last = { path, text: readText(located(path)) };
    return last.text;
  };
}

function fixingLine({ mended }: Fixing, mode: 'write' | 'diff'): string {
  if (mended.size === 0) return 'Nothing to fix.';
  const fixes = [...mended.values()].reduce((sum, { applied }) => sum + applied.length, 0);
  const verb = mode === 'write' ? 'Fixed' : 'Would fix';
  return `${verb} ${counted(fixes, 'finding', 'findings')} in ${counted(mended.size, 'file', 'files')}.`;
}

function unreadLine([first, ...others]: readonly UnreadInput[], { shown }: Viewpoint): string {
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `loopwarden: ${shown(first?.error.path ?? '')} ${first?.error.message}${more}`;
}
