import type { RuleDefinition } from '../../src/engine/rule.ts';
import type { LoadedRule } from './load-rules.ts';

/** A rule as the generators see it, for their tests. */
export function exampleRule(overrides: Partial<RuleDefinition> & { theme?: string } = {}): LoadedRule {
  const { theme = 'blocking', ...rest } = overrides;
  const definition: RuleDefinition = {
    id: 'blocking-sleep',
    codes: ['ASYNC251', 'S7488'],
    severity: 'error',
    preset: 'recommended',
    fix: 'safe',
    libraries: ['asyncio', 'trio', 'anyio'],
    summary: '`time.sleep` blocks the event loop.',
    words: ['time'],
    visit: {},
    ...rest,
  };
  return { theme, id: definition.id, path: `rules/${theme}/${definition.id}.ts`, definition };
}
