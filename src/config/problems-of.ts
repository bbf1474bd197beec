import type { Place } from './configuration-document.ts';
import type { ConfigurationWarning } from './read-configuration-file.ts';

/** Something wrong in a file of settings, the configuration or another. */
export type SettingsProblem = Place & Pick<ConfigurationWarning, 'file' | 'repository' | 'message'>;

/** All that is wrong in a configuration and in a project's own files, each once: a broken `pyproject.toml` is read for both. */
export function problemsOf(
  { warnings }: { readonly warnings: readonly SettingsProblem[] },
  project: { readonly warnings: readonly SettingsProblem[] },
): readonly SettingsProblem[] {
  const others = project.warnings.filter(other =>
    warnings.every(
      ({ repository, file, line, message }) =>
        repository !== undefined || file !== other.file || line !== other.line || message !== other.message,
    ),
  );
  return [...warnings, ...others];
}
