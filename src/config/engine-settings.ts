import type { EngineSettings, ProjectSettings } from '../engine/settings.ts';
import type { PythonVersion } from '../semantics/model.ts';
import type { Configuration } from './configuration.ts';

/** What the command line says of the rules; it goes before the configuration. */
export interface RuleOptions {
  readonly preset?: EngineSettings['preset'] | undefined;
  readonly select?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly targetVersion?: PythonVersion | undefined;
}

/** What the project's own files say. */
export interface ProjectKnowledge extends ProjectSettings {
  readonly python: { readonly version: PythonVersion } | null;
}

/** The engine's settings: the command line first, then the configuration, then what the project says of itself. */
export function toEngineSettings(
  configuration: Configuration,
  project: ProjectKnowledge,
  options: RuleOptions = {},
): EngineSettings {
  return {
    preset: options.preset ?? configuration.preset,
    select: options.select ?? [],
    ignore: options.ignore ?? [],
    severities: configuration.rules,
    rulePaths: configuration.rulePaths,
    targetVersion: options.targetVersion ?? configuration.targetVersion ?? project.python?.version ?? null,
    asyncLibrary: configuration.asyncLibrary,
    blockingCalls: configuration.blockingCalls,
    notBlocking: configuration.notBlocking,
    project: {
      pytestAsyncioMode: project.pytestAsyncioMode,
      pytestAnyioMode: project.pytestAnyioMode,
      asyncTestRunner: project.asyncTestRunner,
      anyioFixtures: project.anyioFixtures,
    },
  };
}
