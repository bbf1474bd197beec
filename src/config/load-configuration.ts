import type { Severity } from '../engine/finding.ts';
import type { PathScope } from '../engine/path-filter.ts';
import type { Rule } from '../engine/rule.ts';
import { type Configuration, defaultConfiguration } from './configuration.ts';
import type { WrittenConfiguration } from './configuration-schema.ts';
import { type ConfigurationChain, followExtends, inRepository, readFirst } from './follow-extends.ts';
import { canReach, type OtherRepositories, sharedRepository } from './other-repositories.ts';
import {
  type ConfigurationReader,
  type ConfigurationWarning,
  readConfigurationFile,
  type SettingOrigin,
} from './read-configuration-file.ts';

export type { ConfigurationWarning, SettingOrigin } from './read-configuration-file.ts';

/** What a repository's configuration comes to. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  /** The project's own file; `null` when there is none. */
  readonly file: string | null;
  /** Where each setting stands, by its dotted key: `preset`, `rules.blocking-sleep`, `comments.max`. */
  readonly origins: ReadonlyMap<string, SettingOrigin>;
  readonly warnings: readonly ConfigurationWarning[];
  /** The `_extends` that could not be followed because other repositories are out of reach here; `null`: there is none. */
  readonly unfollowed: SettingOrigin | null;
}

/** What a project comes to that has no configuration. */
export const noConfiguration: LoadedConfiguration = {
  configuration: defaultConfiguration,
  file: null,
  origins: new Map(),
  warnings: [],
  unfollowed: null,
};

/**
 * Loads the configuration of a project: its own, or without one that of the owner's `.github` repository.
 *
 * @param rules those that may be named in it
 * @param others the other repositories; without them only the project's own file is read
 */
export async function loadConfiguration(
  files: ConfigurationReader,
  rules: readonly Rule[],
  others: OtherRepositories | null = null,
): Promise<LoadedConfiguration> {
  const own = await loadOwnConfiguration(files, rules, others);
  return own ?? (await loadSharedConfiguration(rules, others)) ?? noConfiguration;
}

/** Loads the project's own configuration on top of what it extends; `null` when there is none. */
export async function loadOwnConfiguration(
  files: ConfigurationReader,
  rules: readonly Rule[],
  others: OtherRepositories | null = null,
): Promise<LoadedConfiguration | null> {
  const own = await readFirst(files, rules);
  return own && toLoaded(own.file, await followExtends(own, rules, others));
}

/** Loads the configuration that counts for all repositories of the owner; `null` when there is none. */
export async function loadSharedConfiguration(
  rules: readonly Rule[],
  others: OtherRepositories | null,
): Promise<LoadedConfiguration | null> {
  if (!others?.own || others.own.name === sharedRepository) return null;
  const shared = { owner: others.own.owner, name: sharedRepository };
  if (!(await canReach(others, shared))) return null;
  const opened = await others.open(shared);
  const file = opened && (await readFirst(opened, rules));
  if (file === null) return null;
  const chain = await followExtends(inRepository(file, shared), rules, { ...others, own: shared });
  return toLoaded(null, chain);
}

/** Loads the configuration from one file, on top of what that extends; `null` when it is not there, or has no `[tool.loopwarden]`. */
export async function loadConfigurationFile(
  files: ConfigurationReader,
  file: string,
  rules: readonly Rule[],
  others: OtherRepositories | null = null,
): Promise<LoadedConfiguration | null> {
  const own = await readConfigurationFile(files, file, rules);
  return own && toLoaded(own.file, await followExtends(own, rules, others));
}

function toLoaded(file: string | null, chain: ConfigurationChain): LoadedConfiguration {
  const { written, origins, warnings, unfollowed } = chain;
  return { configuration: toConfiguration(written), file, origins, warnings, unfollowed };
}

function toConfiguration(written: WrittenConfiguration): Configuration {
  const fallback = defaultConfiguration;
  const [, minor] = written['target-version']?.split('.') ?? [];
  return {
    extends: written._extends ?? fallback.extends,
    preset: written.preset ?? fallback.preset,
    ...rulesOf(written.rules ?? {}),
    include: written.include ?? fallback.include,
    exclude: written.exclude ?? fallback.exclude,
    targetVersion: minor === undefined ? fallback.targetVersion : { major: 3, minor: Number(minor) },
    asyncLibrary: written['async-library'] ?? fallback.asyncLibrary,
    blockingCalls: written['blocking-calls'] ?? fallback.blockingCalls,
    notBlocking: written['not-blocking'] ?? fallback.notBlocking,
    failOn: written['fail-on'] ?? fallback.failOn,
    comments: {
      max: written.comments?.max ?? fallback.comments.max,
      minSeverity: written.comments?.['min-severity'] ?? fallback.comments.minSeverity,
      suggestions: written.comments?.suggestions ?? fallback.comments.suggestions,
    },
    drafts: written.drafts ?? fallback.drafts,
    labelsToSkip: written['labels-to-skip'] ?? fallback.labelsToSkip,
    bots: written.bots ?? fallback.bots,
    authorMayIgnore: written['author-may-ignore'] ?? fallback.authorMayIgnore,
  };
}

function rulesOf(
  written: NonNullable<WrittenConfiguration['rules']>,
): Pick<Configuration, 'rules' | 'rulePaths'> {
  const rules: Record<string, Severity | 'off'> = {};
  const rulePaths: Record<string, PathScope> = {};
  for (const [name, { severity, include = [], exclude = [] }] of Object.entries(written)) {
    if (severity !== undefined) rules[name] = severity;
    if (include.length + exclude.length > 0) rulePaths[name] = { include, exclude };
  }
  return { rules, rulePaths };
}
