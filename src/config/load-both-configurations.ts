import type { Rule } from '../engine/rule.ts';
import { type ConfigurationChanges, configurationChanges } from './configuration-changes.ts';
import { type LoadedConfiguration, loadConfiguration } from './load-configuration.ts';
import { fullName, type OtherRepositories, type RepositoryName } from './other-repositories.ts';
import type { ConfigurationReader } from './read-configuration-file.ts';

/** The configuration in force, and what a change would make of it. */
export interface BothConfigurations {
  readonly loaded: LoadedConfiguration;
  readonly changes: ConfigurationChanges;
}

/**
 * Loads the configuration at the base of a change, and compares it with the one at its head. Who proposes a change may be
 * anybody: of other repositories the head sees only those that the base has opened, so that none is read, and shown, at a
 * stranger's wish.
 */
export async function loadBothConfigurations(
  base: ConfigurationReader,
  head: ConfigurationReader,
  rules: readonly Rule[],
  others: OtherRepositories | null,
): Promise<BothConfigurations> {
  const opened = new Map<string, ReturnType<OtherRepositories['open']>>();
  const ofBase = others && {
    ...others,
    open(repository: RepositoryName) {
      const opening = others.open(repository);
      opened.set(fullName(repository), opening);
      return opening;
    },
  };
  const loading = loadConfiguration(base, rules, ofBase);
  const openedByBase = async (repository: RepositoryName) => {
    await loading;
    return opened.get(fullName(repository)) ?? null;
  };
  const ofHead = others && {
    own: others.own,
    reaches: async (repository: RepositoryName) => (await openedByBase(repository)) !== null,
    open: openedByBase,
  };
  // At the same time: on GitHub both are answered together.
  const [loaded, proposed] = await Promise.all([loading, loadConfiguration(head, rules, ofHead)]);
  return { loaded, changes: configurationChanges(loaded, proposed) };
}
