import { resolve } from 'node:path';
import { pathFilter } from '../config/path-filter.ts';
import { UsageError } from '../errors.ts';
import { analyseFiles } from './analyse-files.ts';
import { type CheckOptions, loadCheckedSettings, safetiesOf } from './check-options.ts';
import { toCheckReport } from './check-report.ts';
import { checkStdin } from './check-stdin.ts';
import { displayPrefix, withPrefix } from './display-paths.ts';
import { type ExitStatus, statusOf } from './exit-status.ts';
import { type Fixing, fixFiles } from './fix-files.ts';
import { type InputFile, pathWithin, resolveInputs, type UnreadInput } from './inputs.ts';
import type { LoadedSettings } from './load-settings.ts';
import { writeErrorLine, writeReport } from './output.ts';
import { printReport } from './print-report.ts';
import { readText } from './read-source.ts';

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
  const loaded = await loadCheckedSettings(inputs.root, options);
  const { settings, configuration } = loaded;

  const analysis = await analyseFiles(inputs, wantedBy(loaded), settings);
  const mode = options.diff ? 'diff' : 'write';
  const safeties = safetiesOf(options);
  const fixing = safeties.length === 0 ? null : await fixFiles(analysis, settings, safeties, mode);
  const results = fixing?.results ?? analysis.results;
  const report = toCheckReport(analysis.files.length, results, analysis.unread, performance.now() - start);

  const prefix = displayPrefix(options.format, inputs.root, workingDirectory);
  if (fixing !== null && options.diff) await writeReport(fixing.diff, options.output);
  else
    await printReport(
      withPrefix(report, prefix),
      options,
      textReader(resolve(inputs.root, prefix === '' ? '.' : workingDirectory)),
    );
  if (fixing !== null && !options.quiet) await writeErrorLine(fixingLine(fixing, mode));
  const unread = analysis.unread.filter(({ error, explicit }) => explicit && error.kind === 'unreadable');
  if (unread.length > 0) await writeErrorLine(unreadLine(unread));
  return unread.length > 0
    ? 2
    : statusOf(report.findings, options.failOn ?? configuration.failOn ?? 'warning');
}

/** What is named by itself is looked at, whatever the configuration says of it. */
function wantedBy({ configuration, projectRoot }: LoadedSettings): (file: InputFile) => boolean {
  const isWanted = pathFilter(configuration);
  return ({ file, explicit }) => explicit || isWanted(pathWithin(projectRoot, file));
}

/** Reads texts to show lines of them; the last one is kept, since findings come in the order of their files. */
function textReader(base: string): (path: string) => string | undefined {
  let last: { readonly path: string; readonly text: string | undefined } | null = null;
  return path => {
    if (last?.path !== path) last = { path, text: readText(resolve(base, path)) };
    return last.text;
  };
}

function fixingLine({ fixes, files }: Fixing, mode: 'write' | 'diff'): string {
  const verb = mode === 'write' ? 'Fixed' : 'Would fix';
  const places = files === 1 ? '1 file' : `${files} files`;
  return fixes === 0
    ? 'Nothing to fix.'
    : `${verb} ${fixes} ${fixes === 1 ? 'finding' : 'findings'} in ${places}.`;
}

function unreadLine([first, ...others]: readonly UnreadInput[]): string {
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `loopwarden: ${first?.error.path} ${first?.error.message}${more}`;
}
