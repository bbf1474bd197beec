import { allRules } from '../../rules/generated/all-rules.ts';
import { toEngineSettings } from '../config/engine-settings.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import { builtInRules } from '../engine/select-rules.ts';
import type { EngineSettings } from '../engine/settings.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import { readProjectSettings } from '../project/project-settings.ts';
import { type ReviewSettings, toReviewSettings } from '../review/review-settings.ts';

/** How a repository wants to be reviewed. */
export interface RepositorySettings {
  readonly engine: EngineSettings;
  readonly review: ReviewSettings;
}

/** Reads a repository's configuration and what its own files say of Python and of its tests. What is wrong there is told in the check run. */
export async function readRepositorySettings(files: ProjectFiles): Promise<RepositorySettings> {
  const loaded = await loadConfiguration(files, [...allRules, ...builtInRules]);
  const project = await readProjectSettings(files);
  return {
    engine: toEngineSettings(loaded.configuration, project),
    review: toReviewSettings(loaded.configuration, [...loaded.warnings, ...project.warnings]),
  };
}
