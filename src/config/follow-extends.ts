import type { Rule } from '../engine/rule.ts';
import { invariant } from '../errors.ts';
import type { WrittenConfiguration } from './configuration-schema.ts';
import { mergeConfigurations } from './merge-configuration.ts';
import {
  canReach,
  fullName,
  type OtherRepositories,
  parseRepositoryName,
  type RepositoryName,
} from './other-repositories.ts';
import {
  type ConfigurationFile,
  type ConfigurationReader,
  type ConfigurationWarning,
  configurationFiles,
  readConfigurationFile,
  type SettingOrigin,
} from './read-configuration-file.ts';

/** What a file says together with all that it extends. */
export interface ConfigurationChain extends Omit<ConfigurationFile, 'file'> {
  /** The `_extends` that could not be followed because other repositories are out of reach here; `null`: there is none. */
  readonly unfollowed: SettingOrigin | null;
}

/** How many repositories one configuration may extend, one through the other. */
const longestChain = 5;

/** Reads what a file extends, and that in turn, and puts each on top of what it extends. What cannot be read is a warning. */
export async function followExtends(
  first: ConfigurationFile,
  rules: readonly Rule[],
  others: OtherRepositories | null,
): Promise<ConfigurationChain> {
  const chain = [first];
  const problems: ConfigurationWarning[] = [];
  const seen = new Set(others?.own ? [keyOf(others.own)] : []);
  let owner = others?.own?.owner ?? null;
  let unfollowed: SettingOrigin | null = null;

  for (let file: ConfigurationFile | null = first; file !== null; ) {
    const { _extends: written } = file.written;
    if (written === undefined) break;
    const place = file.origins.get('_extends');
    invariant(place !== undefined, 'each setting has its place');
    const target = parseRepositoryName(written, owner);
    if (others === null || target === null || !(await canReach(others, target))) {
      unfollowed = place;
      break;
    }
    const found: ConfigurationFile | string = seen.has(keyOf(target))
      ? 'which leads back to itself'
      : chain.length > longestChain
        ? `the end of a chain of more than ${longestChain}`
        : await readShared(target, rules, others);
    if (typeof found === 'string') {
      const message = `\`_extends\` names ${fullName(target)}, ${found}`;
      problems.push({ ...place, key: '_extends', message });
      break;
    }
    seen.add(keyOf(target));
    chain.push(found);
    owner = target.owner;
    file = found;
  }
  return {
    ...combine(chain),
    warnings: [...chain.flatMap(({ warnings }) => warnings), ...problems],
    unfollowed,
  };
}

/** The file of another repository, or why there is none. */
async function readShared(
  target: RepositoryName,
  rules: readonly Rule[],
  others: OtherRepositories,
): Promise<ConfigurationFile | string> {
  const opened = await others.open(target);
  if (opened === null) return 'which is not there, or may not be read';
  const file = await readFirst(opened, rules);
  return file === null ? 'which has no configuration' : inRepository(file, target);
}

/** The first of the places of a configuration that has one. */
export async function readFirst(
  files: ConfigurationReader,
  rules: readonly Rule[],
): Promise<ConfigurationFile | null> {
  for (const file of configurationFiles) {
    const found = await readConfigurationFile(files, file, rules);
    if (found !== null) return found;
  }
  return null;
}

/** A file with the name of its repository wherever something is said of it. */
export function inRepository(file: ConfigurationFile, name: RepositoryName): ConfigurationFile {
  const repository = fullName(name);
  const origins = [...file.origins].map(([key, origin]) => [key, { ...origin, repository }] as const);
  const warnings = file.warnings.map(warning => ({ ...warning, repository }));
  return { ...file, origins: new Map(origins), warnings };
}

/** The nearest first. */
function combine(chain: readonly ConfigurationFile[]): Pick<ConfigurationChain, 'written' | 'origins'> {
  let written: WrittenConfiguration = {};
  const origins = new Map<string, SettingOrigin>();
  for (const file of chain.toReversed()) {
    written = mergeConfigurations(written, file.written);
    for (const [key, origin] of file.origins) origins.set(key, origin);
  }
  return { written, origins };
}

/** GitHub does not tell names apart by their case. */
function keyOf(repository: RepositoryName): string {
  return fullName(repository).toLowerCase();
}
