import { allRules } from '../../rules/generated/all-rules.ts';
import type { FixSafety } from '../engine/finding.ts';
import { selectRules } from '../engine/select-rules.ts';
import { type LoadedSettings, loadSettings, requireSoundConfiguration } from './load-settings.ts';
import { type CommonOptions, ruleOptions } from './options.ts';
import { warnOfUnfollowed } from './shared-configuration.ts';
import { warnOfProject } from './warn-of-project.ts';

/** The options of `check`. */
export interface CheckOptions extends CommonOptions {
  readonly stdinFilename?: string;
  readonly fix?: true;
  readonly unsafe?: true;
  readonly diff?: true;
}

/** Loads the settings for a folder, and says at once what is wrong in them. Throws `ConfigurationError` and `UsageError`. */
export async function loadCheckedSettings(folder: string, options: CheckOptions): Promise<LoadedSettings> {
  const loaded = await loadSettings(folder, ruleOptions(options));
  requireSoundConfiguration(loaded.loaded);
  selectRules(allRules, loaded.settings);
  if (!options.quiet) {
    await warnOfUnfollowed(loaded.loaded);
    await warnOfProject(loaded.project);
  }
  return loaded;
}

/** Which fixes the options ask for. `--diff` alone shows what `--fix` would do. */
export function safetiesOf({ fix, diff, unsafe }: CheckOptions): readonly FixSafety[] {
  if (!fix && !diff) return [];
  return unsafe ? ['safe', 'review'] : ['safe'];
}
