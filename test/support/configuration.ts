import {
  type LoadedConfiguration,
  loadConfiguration,
  noConfiguration,
} from '../../src/config/load-configuration.ts';
import type { ConfigurationReader } from '../../src/config/read-configuration-file.ts';
import type { Rule } from '../../src/engine/rule.ts';

/** A rule to be named in configurations. */
export const blockingSleep: Rule = {
  id: 'blocking-sleep',
  theme: 'blocking',
  codes: ['ASYNC251'],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio'],
  summary: 'A call sleeps the whole event loop.',
  words: ['sleep'],
  visit: {},
};

/** Files by their paths. */
export function filesOf(texts: Readonly<Record<string, string>>): ConfigurationReader {
  return {
    async read(path) {
      const text = texts[path];
      return text === undefined ? null : new TextEncoder().encode(text);
    },
  };
}

/** What a `.github/loopwarden.yml` comes to; `null`: there is none. */
export async function configurationOf(yaml: string | null): Promise<LoadedConfiguration> {
  if (yaml === null) return noConfiguration;
  return loadConfiguration(filesOf({ '.github/loopwarden.yml': yaml }), [blockingSleep]);
}
