import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  describeConfiguration,
  placeInRepository,
  type SettingInForce,
  settingText,
} from '../config/describe-configuration.ts';
import type { SettingOrigin } from '../config/load-configuration.ts';
import { problemsOf } from '../config/problems-of.ts';
import { UsageError } from '../errors.ts';
import { printable } from '../report/printable.ts';
import { catalogue } from './catalogue.ts';
import type { ExitStatus } from './exit-status.ts';
import { pathWithin } from './inputs.ts';
import { loadSettings } from './load-settings.ts';
import { writeErrorLine, writeOut } from './output.ts';
import { placed } from './placed.ts';
import { warnOfUnfollowed } from './shared-configuration.ts';

/** The options of `config`. */
export interface ConfigOptions {
  readonly format: 'text' | 'json';
  readonly schema?: true;
  readonly config?: string;
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
  const settings = describeConfiguration(loaded.loaded, loaded.project, placeFrom(root));
  await writeOut(options.format === 'json' ? toJson(settings) : toText(settings));
  await warnOfUnfollowed(loaded.loaded);
  const warnings = problemsOf(loaded.loaded, loaded.project);
  for (const warning of warnings) await writeErrorLine(placed(warning));
  return loaded.loaded.warnings.length > 0 ? 2 : 0;
}

/** How a place is called from the working directory. */
function placeFrom(root: string): (origin: SettingOrigin) => string {
  const folder = root === '.' ? '' : `${root}/`;
  return origin => `${origin.repository === undefined ? folder : ''}${placeInRepository(origin)}`;
}

function toJson(settings: readonly SettingInForce[]): string {
  const entries = settings.map(({ key, value, origin }) => [key, { value, from: origin }] as const);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

function toText(settings: readonly SettingInForce[]): string {
  const rows = settings.map(({ key, value, origin }) => {
    return { key: printable(key), origin: printable(origin), text: printable(settingText(value)) };
  });
  const keyWidth = Math.max(...rows.map(row => row.key.length));
  const textWidth = Math.min(40, Math.max(...rows.map(row => row.text.length)));
  return rows
    .map(({ key, text, origin }) => `${key.padEnd(keyWidth)}  ${text.padEnd(textWidth)}  ${origin}\n`)
    .join('');
}
