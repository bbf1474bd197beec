import { resolve } from 'node:path';
import { pathFilter } from '../config/path-filter.ts';
import { UsageError } from '../errors.ts';
import { counted } from '../report/severities.ts';
import { analyseFiles } from './analyse-files.ts';
import { type CheckOptions, loadCheckedSettings, safetiesOf } from './check-options.ts';
import { toCheckReport } from './check-report.ts';
import { checkStdin } from './check-stdin.ts';
import { displayPrefix, prefixed, withPrefix } from './display-paths.ts';
import { type ExitStatus, statusOf } from './exit-status.ts';
import { diffOf, type Fixing, fixFiles } from './fix-files.ts';
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

  if (fixing !== null && options.diff) {
    const prefix = displayPrefix('github', inputs.root, workingDirectory);
    await writeReport(
      diffOf(fixing, path => prefixed(prefix, path).replace(/^\//, '')),
      options.output,
    );
  } else {
    const prefix = displayPrefix(options.format, inputs.root, workingDirectory);
    const base = prefix === '' ? inputs.root : workingDirectory;
    await printReport(withPrefix(report, prefix), options, textReader(base));
  }
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

function fixingLine({ mended }: Fixing, mode: 'write' | 'diff'): string {
  if (mended.size === 0) return 'Nothing to fix.';
  const fixes = [...mended.values()].reduce((sum, { applied }) => sum + applied.length, 0);
  const verb = mode === 'write' ? 'Fixed' : 'Would fix';
  return `${verb} ${counted(fixes, 'finding', 'findings')} in ${counted(mended.size, 'file', 'files')}.`;
}

function unreadLine([first, ...others]: readonly UnreadInput[]): string {
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `loopwarden: ${first?.error.path} ${first?.error.message}${more}`;
}
