import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Configuration } from '../config/configuration.ts';
import type { ConfigurationChanges } from '../config/configuration-changes.ts';
import { type RuleOptions, toEngineSettings } from '../config/engine-settings.ts';
import { loadBothConfigurations } from '../config/load-both-configurations.ts';
import {
  type LoadedConfiguration,
  loadConfigurationFile,
  loadOwnConfiguration,
  loadSharedConfiguration,
  noConfiguration,
  type SettingOrigin,
} from '../config/load-configuration.ts';
import type { OtherRepositories } from '../config/other-repositories.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { ConfigurationError, UsageError } from '../errors.ts';
import { diskFiles } from '../project/disk-files.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { type ProjectFacts, readProjectSettings, settingsFileNames } from '../project/project-settings.ts';
import { catalogue } from './catalogue.ts';
import { repositoryRoot } from './ignore-files.ts';
import { fileShown } from './placed.ts';
import { localRepositories } from './shared-configuration.ts';

/** What the command line says of the settings. */
type SettingsOptions = RuleOptions & { readonly config?: string | undefined };

/** Everything that decides how files are looked at, and where it comes from. */
export interface LoadedSettings {
  readonly configuration: Configuration;
  readonly settings: EngineSettings;
  /** What the configuration's patterns are relative to, and where modules are looked for. */
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
  options: SettingsOptions,
  others: OtherRepositories | null = localRepositories(),
): Promise<LoadedSettings> {
  const repository = await repositoryRoot(folder);
  const folders = foldersUp(folder, repository);
  const settingsFolder = await firstWith(folders, settingsFileNames);
  const project = await readProjectSettings(diskFiles(settingsFolder ?? folder));
  const projectRoot = repository ?? settingsFolder ?? (await outermostPackage(folder));
  if (options.config !== undefined) {
    return combine(await loadNamed(options.config, others), project, projectRoot, options);
  }
  for (const each of folders) {
    const loaded = await loadOwnConfiguration(diskFiles(each), catalogue, others);
    if (loaded !== null) return combine(loaded, project, each, options);
  }
  const shared = await loadSharedConfiguration(catalogue, others);
  return combine(shared ?? noConfiguration, project, projectRoot, options);
}

/** A folder and those above it, up to the root of the repository, or of the disk. */
function foldersUp(folder: string, repository: string | null): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== repository && dirname(at) !== at; at = dirname(at)) folders.push(dirname(at));
  return folders;
}

async function firstWith(folders: readonly string[], names: readonly string[]): Promise<string | null> {
  for (const folder of folders) {
    const found = await Promise.all(names.map(name => isFile(join(folder, name))));
    if (found.includes(true)) return folder;
  }
  return null;
}

/** The folder that the outermost package round a folder lies in; the folder itself when it is no package. */
async function outermostPackage(folder: string): Promise<string> {
  let at = folder;
  while (dirname(at) !== at && (await isFile(join(at, '__init__.py')))) at = dirname(at);
  return at;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

/** Both versions of a change's files, and what their configurations may reach. */
export interface ChangeSources {
  readonly baseFiles: ProjectFiles;
  readonly headFiles: ProjectFiles;
  readonly others: OtherRepositories | null;
}

/** The settings that a change is reviewed by, and what it would make of them. */
export interface ChangeSettings extends LoadedSettings {
  /** `null` when a file named on the command line counts instead. */
  readonly changes: ConfigurationChanges | null;
}

/** Loads the settings at the base of a change. */
export async function loadChangeSettings(
  { baseFiles, headFiles, others }: ChangeSources,
  options: SettingsOptions,
): Promise<ChangeSettings> {
  if (options.config !== undefined) {
    const named = await loadNamed(options.config, others);
    const project = await readProjectSettings(baseFiles);
    return { ...combine(named, project, '', options), changes: null };
  }
  const { loaded, changes } = await loadBothConfigurations(baseFiles, headFiles, catalogue, others);
  const project = await readProjectSettings(baseFiles);
  return { ...combine(loaded, project, '', options), changes };
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

async function loadNamed(file: string, others: OtherRepositories | null): Promise<LoadedConfiguration> {
  const path = resolve(file);
  if (!(await isFile(path))) throw new UsageError(`--config ${file}: there is no such file`);
  const found = await loadConfigurationFile(
    diskFiles(dirname(path)),
    path.slice(dirname(path).length + 1),
    catalogue,
    others,
  );
  if (found === null) throw new UsageError(`--config ${file}: there is no [tool.loopwarden] in it`);
  const asNamed = <T extends SettingOrigin>(place: T): T =>
    place.repository === undefined ? { ...place, file } : place;
  const origins = new Map([...found.origins].map(([key, origin]) => [key, asNamed(origin)]));
  return {
    ...found,
    file,
    origins,
    warnings: found.warnings.map(asNamed),
    unfollowed: found.unfollowed && asNamed(found.unfollowed),
  };
}

/** Throws `ConfigurationError` for the first thing that is wrong in the configuration; the server only warns of it. */
export function requireSoundConfiguration(loaded: LoadedConfiguration): void {
  const [first, ...others] = loaded.warnings;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more: see loopwarden config)`;
  throw new ConfigurationError(`${first.message}${more}`, { ...first, file: fileShown(first) });
}
