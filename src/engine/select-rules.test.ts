import { describe, expect, it } from 'vitest';
import { UsageError } from '../errors.ts';
import type { Preset, Rule } from './rule.ts';
import { selectRules } from './select-rules.ts';
import { defaultSettings, type EngineSettings } from './settings.ts';

function rule(id: string, codes: readonly string[], preset: Preset): Rule {
  return {
    id,
    codes,
    severity: 'warning',
    preset,
    fix: 'none',
    libraries: ['asyncio'],
    summary: `${id}.`,
    words: [],
    visit: {},
    theme: 'tasks',
  };
}

const rules = [
  rule('blocking-sleep', ['ASYNC251', 'S7488'], 'recommended'),
  rule('blocking-http', ['ASYNC210', 'ASYNC211'], 'recommended'),
  rule('busy-wait', ['ASYNC110'], 'strict'),
  rule('no-checkpoint', ['ASYNC910'], 'off'),
];

function select(settings: Partial<EngineSettings>): readonly string[] {
  return selectRules(rules, { ...defaultSettings, ...settings }).map(({ rule: { id }, severity }) =>
    severity === 'warning' ? id : `${id}: ${severity}`,
  );
}

describe('selectRules', () => {
  it.each<[Partial<EngineSettings>, readonly string[]]>([
    [{ preset: 'recommended' }, ['blocking-sleep', 'blocking-http']],
    [{ preset: 'strict' }, ['blocking-sleep', 'blocking-http', 'busy-wait', 'unused-suppression: advice']],
    [
      { preset: 'all' },
      ['blocking-sleep', 'blocking-http', 'busy-wait', 'no-checkpoint', 'unused-suppression: advice'],
    ],
    [{ select: ['busy-wait'] }, ['busy-wait']],
    [{ select: ['S7488'] }, ['blocking-sleep']],
    [{ select: ['async2'] }, ['blocking-sleep', 'blocking-http']],
    [{ select: ['ASYNC9', 'busy-wait'] }, ['busy-wait', 'no-checkpoint']],
    [{ select: ['ASYNC'], ignore: ['ASYNC2'] }, ['busy-wait', 'no-checkpoint']],
    [{ ignore: ['ASYNC251'] }, ['blocking-http']],
    [{ severities: { 'busy-wait': 'error' } }, ['blocking-sleep', 'blocking-http', 'busy-wait: error']],
    [{ severities: { 'blocking-http': 'off' } }, ['blocking-sleep']],
    [{ select: ['ASYNC2'], severities: { 'blocking-http': 'off' } }, ['blocking-sleep']],
    [{ select: ['blocking-http'], severities: { 'blocking-http': 'off' } }, ['blocking-http']],
    [{ select: ['busy-wait'], severities: { 'blocking-http': 'error' } }, ['busy-wait']],
    [{ severities: { 'busy-wait': 'error' }, ignore: ['busy-wait'] }, ['blocking-sleep', 'blocking-http']],
  ])('%j turns on %j', (settings, expected) => {
    expect(select(settings)).toEqual(expected);
  });

  it('remembers which severity the settings ask for', () => {
    const selected = selectRules(rules, { ...defaultSettings, severities: { 'busy-wait': 'warning' } });
    expect(selected.map(({ severityIsSet }) => severityIsSet ?? false)).toEqual([false, false, true]);
  });

  it.each<[string, boolean]>([
    ['app/main.py', true],
    ['tests/test_main.py', false],
    ['app/generated/client.py', false],
    ['scripts/run.py', false],
  ])('runs a rule with paths in %s: %s', (path, expected) => {
    const rulePaths = {
      ASYNC2: { include: ['app', 'tests'], exclude: ['tests'] },
      'blocking-sleep': { include: [], exclude: ['generated'] },
    };

    const [sleep, http] = selectRules(rules, { ...defaultSettings, rulePaths });

    expect(sleep?.runsIn?.(path)).toBe(expected);
    expect(http?.runsIn?.('app/generated/client.py')).toBe(true);
  });

  it('turns nothing on for having paths', () => {
    const rulePaths = { 'busy-wait': { include: [], exclude: ['tests'] } };

    expect(select({ rulePaths })).toEqual(['blocking-sleep', 'blocking-http']);
  });

  it.each<[string, Partial<EngineSettings>, string]>([
    [
      'select',
      { select: ['blocking-slep'] },
      'No rule is called `blocking-slep`. Did you mean `blocking-sleep`?',
    ],
    ['ignore', { ignore: ['ASYNC215'] }, 'No rule is called `ASYNC215`. Did you mean `ASYNC251`?'],
    ['severities', { severities: { unheard: 'error' } }, 'No rule is called `unheard`.'],
    ['rulePaths', { rulePaths: { unheard: { include: [], exclude: [] } } }, 'No rule is called `unheard`.'],
  ])('refuses a name in %s that no rule has', (_, settings, message) => {
    expect(() => select(settings)).toThrow(new UsageError(message));
  });
});
