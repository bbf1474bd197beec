import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SettingOrigin } from '../config/load-configuration.ts';
import { UsageError } from '../errors.ts';
import { catalogue } from './catalogue.ts';
import type { ExitStatus } from './exit-status.ts';
import { pathWithin } from './inputs.ts';
import { type LoadedSettings, loadSettings } from './load-settings.ts';
import { writeErrorLine, writeOut } from './output.ts';
import { placed } from './placed.ts';

/** The options of `config`. */
export interface ConfigOptions {
  readonly format: 'text' | 'json';
  readonly schema?: true;
  readonly config?: string;
}

/** A setting in force: its value, and where it comes from. */
interface Setting {
  readonly key: string;
  readonly value: unknown;
  readonly from: string;
}

/** `loopwarden config`: the configuration in force for a folder and where each part comes from, or its JSON Schema. */
export async function config(folder: string, options: ConfigOptions): Promise<ExitStatus> {
  if (options.schema) {
    const { configurationJsonSchema } = await import('../config/configuration-schema.ts');
    await writeOut(`${JSON.stringify(configurationJsonSchema(catalogue), null, 2)}\n`);
    return 0;
  }
  const path = resolve(folder);
  if (!(await stat(path).catch(() => null))?.isDirectory()) throw new UsageError(`${folder} is not a folder`);
  const loaded = await loadSettings(path, { config: options.config });
  const root = options.config === undefined ? pathWithin(process.cwd(), loaded.projectRoot) : '.';
  const settings = settingsOf(loaded, root);
  await writeOut(options.format === 'json' ? toJson(settings) : toText(settings));
  const warnings = [...loaded.loaded.warnings, ...loaded.project.warnings];
  for (const warning of warnings) await writeErrorLine(placed(warning));
  return loaded.loaded.warnings.length > 0 ? 2 : 0;
}

function settingsOf(loaded: LoadedSettings, root: string): readonly Setting[] {
  const { configuration, settings, project } = loaded;
  const { comments } = configuration;
  const from = (key: string, otherwise = 'default') =>
    placeOf(loaded.loaded.origins.get(key), root) ?? otherwise;
  const pytest = (value: unknown) => (value === null ? 'default' : "pytest's configuration");
  const version = settings.targetVersion;
  const ofProject = project.python === null ? 'default' : `the Python required in ${project.python.file}`;
  return [
    { key: 'preset', value: settings.preset, from: from('preset') },
    { key: 'rules', value: settings.severities, from: from('rules') },
    { key: 'include', value: configuration.include, from: from('include') },
    { key: 'exclude', value: configuration.exclude, from: from('exclude') },
    {
      key: 'target-version',
      value: version && `${version.major}.${version.minor}`,
      from: from('target-version', ofProject),
    },
    { key: 'async-library', value: settings.asyncLibrary, from: from('async-library') },
    { key: 'blocking-calls', value: settings.blockingCalls, from: from('blocking-calls') },
    { key: 'not-blocking', value: settings.notBlocking, from: from('not-blocking') },
    {
      key: 'fail-on',
      value: configuration.failOn,
      from: from('fail-on', 'default: warning for check, error for review'),
    },
    { key: 'comments.max', value: comments.max, from: from('comments') },
    { key: 'comments.min-severity', value: comments.minSeverity, from: from('comments') },
    { key: 'comments.suggestions', value: comments.suggestions, from: from('comments') },
    { key: 'drafts', value: configuration.drafts, from: from('drafts') },
    { key: 'labels-to-skip', value: configuration.labelsToSkip, from: from('labels-to-skip') },
    { key: 'asyncio_mode', value: project.pytestAsyncioMode, from: pytest(project.pytestAsyncioMode) },
    { key: 'anyio_mode', value: project.pytestAnyioMode, from: pytest(project.pytestAnyioMode) },
  ];
}

function placeOf(origin: SettingOrigin | undefined, root: string): string | null {
  if (origin === undefined) return null;
  const folder = root === '.' ? '' : `${root}/`;
  return `${folder}${origin.file}:${origin.line}`;
}

function toJson(settings: readonly Setting[]): string {
  const entries = settings.map(({ key, value, from }) => [key, { value, from }] as const);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

function toText(settings: readonly Setting[]): string {
  const rows = settings.map(({ key, value, from }) => ({ key, from, text: valueText(value) }));
  const keyWidth = Math.max(...rows.map(row => row.key.length));
  const textWidth = Math.min(40, Math.max(...rows.map(row => row.text.length)));
  return rows
    .map(({ key, text, from }) => `${key.padEnd(keyWidth)}  ${text.padEnd(textWidth)}  ${from}\n`)
    .join('');
}

function valueText(value: unknown): string {
  if (value === null) return '-';
  if (typeof value === 'string') return value;
  const text = JSON.stringify(value);
  return text === '[]' || text === '{}' ? '-' : text;
}
