import { describe, expect, it } from 'vitest';
import { configurationOf } from '../../test/support/configuration.ts';
import { configurationChanges } from './configuration-changes.ts';

async function changesBetween(before: string | null, after: string | null) {
  return configurationChanges(await configurationOf(before), await configurationOf(after));
}

describe('configurationChanges', () => {
  it.each<[string | null, string | null, readonly string[]]>([
    [null, null, []],
    [null, 'preset: recommended\n', []],
    ['preset: strict\n', '# moved\n"preset": "strict"\n', []],
    [null, 'preset: strict\n', ['preset: recommended → strict']],
    ['preset: strict\n', null, ['preset: strict → recommended']],
    ['rules: {blocking-sleep: off}\n', null, ['rules.blocking-sleep: off → -']],
    [
      'rules: {blocking-sleep: error}\n',
      'rules: {blocking-sleep: {severity: error, exclude: [tests]}}\n',
      ['rules.blocking-sleep: error → {"severity":"error","exclude":["tests"]}'],
    ],
    ['comments: {max: 3}\n', 'comments: {max: 0}\n', ['comments.max: 3 → 0']],
    ['exclude: [a]\n', 'exclude: [a, b]\n', ['exclude: ["a"] → ["a","b"]']],
  ])('from %j to %j are %j', async (before, after, expected) => {
    const { settings } = await changesBetween(before, after);

    expect(settings.map(change => `${change.key}: ${change.before} → ${change.after}`)).toEqual(expected);
  });

  it('tell of the mistakes that are new, wherever they stand', async () => {
    const { problems } = await changesBetween('presett: all\n', '# first\npresett: all\nfail-on: errors\n');

    expect(problems.map(({ line, key }) => `${line} ${key}`)).toEqual(['3 fail-on']);
  });
});
