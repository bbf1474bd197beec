import { describe, expect, it } from 'vitest';
import { configurationOf } from '../../test/support/configuration.ts';
import { defaultSettings } from '../engine/settings.ts';
import { describeConfiguration, placeInRepository, settingText } from './describe-configuration.ts';

const nothing = { ...defaultSettings.project, python: null };

async function rowsOf(yaml: string | null, project: Parameters<typeof describeConfiguration>[1] = nothing) {
  const rows = describeConfiguration(await configurationOf(yaml), project);
  return rows.map(({ key, value, origin }) => `${key} = ${settingText(value)} (${origin})`);
}

describe('describeConfiguration', () => {
  it('tells every setting of a project that has none', async () => {
    expect(await rowsOf(null)).toEqual([
      'preset = recommended (default)',
      'rules = - (default)',
      'include = - (default)',
      'exclude = - (default)',
      'target-version = - (default)',
      'async-library = - (default)',
      'blocking-calls = - (default)',
      'not-blocking = - (default)',
      'fail-on = - (default: error for a review, warning for check)',
      'comments.max = 20 (default)',
      'comments.min-severity = advice (default)',
      'comments.suggestions = true (default)',
      'drafts = false (default)',
      'labels-to-skip = - (default)',
      'bots = true (default)',
      'author-may-ignore = false (default)',
      'asyncio_mode = - (default)',
      'anyio_mode = - (default)',
    ]);
  });

  it.each([
    ['preset: all\n', 'preset = all (.github/loopwarden.yml:1)'],
    ['rules:\n  blocking-sleep: off\n', 'rules.blocking-sleep = off (.github/loopwarden.yml:2)'],
    [
      'rules:\n  blocking-sleep:\n    exclude: [tests]\n',
      'rules.blocking-sleep = {"exclude":["tests"]} (.github/loopwarden.yml:2)',
    ],
    ['blocking-calls:\n  db.*: ""\n', 'blocking-calls.db.* = "" (.github/loopwarden.yml:2)'],
    ['comments:\n  max: 3\n', 'comments.max = 3 (.github/loopwarden.yml:2)'],
    ['comments:\n  max: 3\n', 'comments.suggestions = true (default)'],
    ['target-version: 3.10\n', 'target-version = 3.10 (.github/loopwarden.yml:1)'],
    ['_extends: acme/base\n', '_extends = acme/base (.github/loopwarden.yml:1)'],
  ])('of %j has %s', async (yaml, expected) => {
    expect(await rowsOf(yaml)).toContain(expected);
  });

  it('says what comes from the project itself', async () => {
    const project = {
      ...nothing,
      python: { version: { major: 3, minor: 11 }, file: 'setup.cfg' },
      pytestAsyncioMode: 'auto',
    } as const;

    const rows = await rowsOf(null, project);

    expect(rows).toContain('target-version = 3.11 (the Python required in setup.cfg)');
    expect(rows).toContain("asyncio_mode = auto (pytest's configuration)");
  });
});

describe('placeInRepository', () => {
  it.each([
    [undefined, 'a.yml:3'],
    ['acme/.github', 'a.yml:3 of acme/.github'],
  ])('with the repository %s is %s', (repository, expected) => {
    const origin = { file: 'a.yml', line: 3, column: 1, ...(repository !== undefined && { repository }) };

    expect(placeInRepository(origin)).toBe(expected);
  });
});
