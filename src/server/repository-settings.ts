import { allRules } from '../../rules/generated/all-rules.ts';
import { toEngineSettings } from '../config/engine-settings.ts';
import { loadBothConfigurations } from '../config/load-both-configurations.ts';
import { type LoadedConfiguration, loadConfiguration } from '../config/load-configuration.ts';
import type { OtherRepositories } from '../config/other-repositories.ts';
import { problemsOf } from '../config/problems-of.ts';
import { builtInRules } from '../engine/select-rules.ts';
import type { EngineSettings } from '../engine/settings.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { type ProjectFacts, readProjectSettings } from '../project/project-settings.ts';
import { type ReviewSettings, toReviewSettings } from '../review/review-settings.ts';

/** How a repository wants to be reviewed. */
export interface RepositorySettings {
  readonly engine: EngineSettings;
  readonly review: ReviewSettings;
  /** What they come from, to be told. */
  readonly loaded: LoadedConfiguration;
  readonly project: ProjectFacts;
}

/** Where the settings of a pull request's repository are read. */
export interface SettingsSources {
  /** The files at its base, whose settings count: it cannot silence its own review. */
  readonly base: ProjectFiles;
  /** The files at its head, where there is one: what they would change is told. */
  readonly head?: ProjectFiles;
  readonly others: OtherRepositories | null;
}

const rules = [...allRules, ...builtInRules];

/** Reads a repository's configuration and what its own files say of Python and of its tests. What is wrong there is told in the check run. */
export async function readRepositorySettings({
  base,
  head,
  others,
}: SettingsSources): Promise<RepositorySettings> {
  const { loaded, changes } =
    head === undefined
      ? { loaded: await loadConfiguration(base, rules, others), changes: null }
      : await loadBothConfigurations(base, head, rules, others);
  const project = await readProjectSettings(base);
  const review = toReviewSettings(loaded.configuration, problemsOf(loaded, project));
  return {
    engine: toEngineSettings(loaded.configuration, project),
    review: { ...review, onceMerged: changes },
    loaded,
    project,
  };
}
