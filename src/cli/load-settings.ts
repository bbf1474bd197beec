import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Configuration } from '../config/configuration.ts';
import { type RuleOptions, toEngineSettings } from '../config/engine-settings.ts';
import {
  type ConfigurationWarning,
  type LoadedConfiguration,
  loadConfiguration,
  loadConfigurationFile,
} from '../config/load-configuration.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { ConfigurationError, UsageError } from '../errors.ts';
import { diskFiles } from '../project/disk-files.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { type ProjectFacts, readProjectSettings, settingsFileNames } from '../project/project-settings.ts';
import { catalogue } from './catalogue.ts';
import { repositoryRoot } from './ignore-files.ts';

/** Everything that decides how files are looked at, and where it comes from. */
export interface LoadedSettings {
  readonly configuration: Configuration;
  readonly settings: EngineSettings;
  /** What the configuration's patterns are relative to. */
  readonly projectRoot: string;
  readonly loaded: LoadedConfiguration;
  readonly project: ProjectFacts;
}

/**
 * Loads the settings for a folder on the disk: the configuration of the nearest folder at or above that has one, up to
 * the repository's root, or the file that `config` names; and what the nearest of the project's own files say.
 */
export async function loadSettings(
  folder: string,
  options: RuleOptions & { readonly config?: string | undefined },
): Promise<LoadedSettings> {
  const top = (await repositoryRoot(folder)) ?? '/';
  const project = await readProjectSettings(diskFiles(await nearestWith(folder, top, settingsFileNames)));
  if (options.config !== undefined) {
    const loaded = await loadNamed(options.config);
    return combine(loaded, project, folder, options);
  }
  for (let at = folder; ; at = dirname(at)) {
    const loaded = await loadConfiguration(diskFiles(at), catalogue);
    if (loaded.file !== null) return combine(loaded, project, at, options);
    if (at === top || dirname(at) === at)
      return combine(loaded, project, top === '/' ? folder : top, options);
  }
}

/** Loads the settings from the files of a commit. */
export async function loadSettingsFrom(
  files: ProjectFiles,
  options: RuleOptions & { readonly config?: string | undefined },
): Promise<LoadedSettings> {
  const project = await readProjectSettings(files);
  const loaded =
    options.config === undefined
      ? await loadConfiguration(files, catalogue)
      : await loadNamed(options.config);
  return combine(loaded, project, '', options);
}

function combine(
  loaded: LoadedConfiguration,
  project: ProjectFacts,
  projectRoot: string,
  options: RuleOptions,
): LoadedSettings {
  const { configuration } = loaded;
  const settings = toEngineSettings(configuration, project, options);
  return { configuration, settings, projectRoot, loaded, project };
}

async function loadNamed(file: string): Promise<LoadedConfiguration> {
  const path = resolve(file);
  const kind = await stat(path).catch(() => null);
  if (kind === null) throw new UsageError(`--config ${file}: there is no such file`);
  const found = await loadConfigurationFile(
    diskFiles(dirname(path)),
    path.slice(dirname(path).length + 1),
    catalogue,
  );
  if (found === null) throw new UsageError(`--config ${file}: there is no [tool.loopwarden] in it`);
  const warnings = found.warnings.map(warning => ({ ...warning, file }));
  const origins = new Map([...found.origins].map(([key, origin]) => [key, { ...origin, file }]));
  return { ...found, file, origins, warnings };
}

async function nearestWith(folder: string, top: string, names: readonly string[]): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await Promise.all(names.map(name => stat(join(at, name)).catch(() => null)));
    if (found.some(kind => kind?.isFile())) return at;
    if (at === top || dirname(at) === at) return folder;
  }
}

/** Throws `ConfigurationError` for the first thing that is wrong in the configuration; the server only warns of it. */
export function requireSoundConfiguration(loaded: LoadedConfiguration): void {
  const [first, ...others] = loaded.warnings;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more: see loopwarden config)`;
  throw new ConfigurationError(`${first.message}${more}`, first);
}

/** A warning in one line, with its place. */
export function placed(warning: Pick<ConfigurationWarning, 'file' | 'line' | 'column' | 'message'>): string {
  return `${warning.file}:${warning.line}:${warning.column}: ${warning.message}`;
}
