import { defaultSettings } from '../engine/settings.ts';
import { describeConfiguration, settingText } from './describe-configuration.ts';
import type { ConfigurationWarning, LoadedConfiguration } from './load-configuration.ts';

/** A setting that two versions of a configuration have differently. */
export interface SettingChange {
  /** Dotted: `comments.max`, `rules.blocking-sleep`. */
  readonly key: string;
  /** The values in one line of plain text; `-` where nothing is set. */
  readonly before: string;
  readonly after: string;
}

/** What another version of a configuration would change. */
export interface ConfigurationChanges {
  readonly settings: readonly SettingChange[];
  /** The mistakes that it has and the present one has not. */
  readonly problems: readonly ConfigurationWarning[];
}

/** Compares two versions of a configuration, by what they come to and not by how they are written. */
export function configurationChanges(
  before: LoadedConfiguration,
  after: LoadedConfiguration,
): ConfigurationChanges {
  const [old, fresh] = [valuesOf(before), valuesOf(after)];
  const keys = [...new Set([...old.keys(), ...fresh.keys()])];
  const known = new Set(before.warnings.map(nameOf));
  return {
    settings: keys
      .map(key => ({ key, before: old.get(key) ?? '-', after: fresh.get(key) ?? '-' }))
      .filter(change => change.before !== change.after),
    problems: after.warnings.filter(warning => !known.has(nameOf(warning))),
  };
}

function valuesOf(loaded: LoadedConfiguration): ReadonlyMap<string, string> {
  const nothing = { ...defaultSettings.project, python: null };
  return new Map(describeConfiguration(loaded, nothing).map(({ key, value }) => [key, settingText(value)]));
}

/** A mistake that only moved to another line is the same one. */
function nameOf({ repository, file, key, message }: ConfigurationWarning): string {
  return [repository, file, key, message].join('\0');
}
