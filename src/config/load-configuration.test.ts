import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify as stringifyYaml } from 'yaml';
import { blockingSleep, filesOf } from '../../test/support/configuration.ts';
import { defaultConfiguration } from './configuration.ts';
import { loadConfiguration, loadConfigurationFile } from './load-configuration.ts';

function loadYaml(text: string) {
  return loadConfiguration(filesOf({ '.github/loopwarden.yml': text }), [blockingSleep]);
}

function loadToml(text: string) {
  return loadConfiguration(filesOf({ 'pyproject.toml': text }), [blockingSleep]);
}

/** Warnings as `line:column key message`. */
async function warningsOf(loading: ReturnType<typeof loadYaml>): Promise<readonly string[]> {
  const { warnings } = await loading;
  return warnings.map(({ line, column, key, message }) => `${line}:${column} ${key} ${message}`);
}

describe('loadConfiguration', () => {
  it('understands every key in YAML', async () => {
    const { configuration, warnings, file } = await loadYaml(`
_extends: acme/base
preset: strict
rules:
  blocking-sleep: off
  ASYNC251:
    severity: advice
    include: [app]
    exclude: ["tests/**"]
include: [app]
exclude:
  - "**/migrations"
target-version: "3.11"
async-library: trio
blocking-calls:
  billing.client.*: billing.aio
not-blocking: [cache.get]
fail-on: never
comments:
  max: 5
  min-severity: warning
  suggestions: false
drafts: true
labels-to-skip: [wip]
bots: false
author-may-ignore: true
`);

    expect(warnings).toEqual([]);
    expect(file).toBe('.github/loopwarden.yml');
    expect(configuration).toEqual({
      extends: 'acme/base',
      preset: 'strict',
      rules: { 'blocking-sleep': 'off', ASYNC251: 'advice' },
      rulePaths: { ASYNC251: { include: ['app'], exclude: ['tests/**'] } },
      include: ['app'],
      exclude: ['**/migrations'],
      targetVersion: { major: 3, minor: 11 },
      asyncLibrary: 'trio',
      blockingCalls: { 'billing.client.*': 'billing.aio' },
      notBlocking: ['cache.get'],
      failOn: 'never',
      comments: { max: 5, minSeverity: 'warning', suggestions: false },
      drafts: true,
      labelsToSkip: ['wip'],
      bots: false,
      authorMayIgnore: true,
    });
  });

  it('understands the same in TOML', async () => {
    const { configuration, warnings, file } = await loadToml(`
[project]
name = "shop"

[tool.loopwarden]
preset = "strict"
target-version = "3.11"
comments = { max = 5 }
labels-to-skip = ["wip"]
bots = false
author-may-ignore = true

[tool.loopwarden.rules]
blocking-sleep = "off"
`);

    expect(warnings).toEqual([]);
    expect(file).toBe('pyproject.toml');
    expect(configuration).toEqual({
      ...defaultConfiguration,
      preset: 'strict',
      rules: { 'blocking-sleep': 'off' },
      targetVersion: { major: 3, minor: 11 },
      comments: { max: 5, minSeverity: 'advice', suggestions: true },
      labelsToSkip: ['wip'],
      bots: false,
      authorMayIgnore: true,
    });
  });

  it.each([
    ['no file', {}],
    ['a pyproject.toml without a table', { 'pyproject.toml': '[project]\nname = "shop"\n' }],
    ['a pyproject.toml that is broken elsewhere', { 'pyproject.toml': '[project\n' }],
  ])('is the default with %s', async (_, texts) => {
    expect(await loadConfiguration(filesOf(texts), [])).toEqual({
      configuration: defaultConfiguration,
      file: null,
      origins: new Map(),
      warnings: [],
      unfollowed: null,
    });
  });

  it.each(['', '# nothing yet\n', '{}\n'])('is the default with the YAML %j', async text => {
    const { configuration, warnings } = await loadYaml(text);

    expect(configuration).toEqual(defaultConfiguration);
    expect(warnings).toEqual([]);
  });

  it('takes the YAML file where there are both', async () => {
    const files = filesOf({
      '.github/loopwarden.yml': 'preset: all\n',
      'pyproject.toml': '[tool.loopwarden]\npreset = "strict"\n',
    });

    expect((await loadConfiguration(files, [])).configuration.preset).toBe('all');
  });

  it('says where each setting stands', async () => {
    const { origins } = await loadYaml('preset: all\n\ncomments:\n  max: 3\n');

    expect([...origins]).toEqual([
      ['preset', { file: '.github/loopwarden.yml', line: 1, column: 1 }],
      ['comments.max', { file: '.github/loopwarden.yml', line: 4, column: 3 }],
    ]);
  });

  it.each(['3.10', '"3.10"', "'3.10'"])('reads %s as Python 3.10, not 3.1', async version => {
    const expected = { major: 3, minor: 10 };

    expect((await loadYaml(`target-version: ${version}\n`)).configuration.targetVersion).toEqual(expected);
    expect(
      (await loadToml(`[tool.loopwarden]\ntarget-version = ${version}\n`)).configuration.targetVersion,
    ).toEqual(expected);
  });
});

describe('a warning', () => {
  it.each([
    ['presett: all\n', '1:1 presett `presett` is not a setting. Did you mean `preset`?'],
    ['preset: all\nzzz: 1\n', '2:1 zzz `zzz` is not a setting'],
    [
      'preset: strct\n',
      '1:9 preset `preset` must be `recommended`, `strict` or `all`. Did you mean `strict`?',
    ],
    ['preset: [all]\n', '1:9 preset `preset` must be `recommended`, `strict` or `all`'],
    ['drafts: sometimes\n', '1:9 drafts `drafts` must be `true` or `false`'],
    ['comments:\n  max: many\n', '2:8 comments.max `comments.max` must be a whole number'],
    ['comments:\n  max: 1.5\n', '2:8 comments.max `comments.max` must be a whole number'],
    ['comments:\n  max: -1\n', '2:8 comments.max `comments.max` must be 0 or more'],
    ['comments:\n  maxx: 3\n', '2:3 comments.maxx `comments.maxx` is not a setting. Did you mean `max`?'],
    ['comments: none\n', '1:11 comments `comments` must be a mapping of settings'],
    ['rules: all\n', '1:8 rules `rules` must be a mapping of rules to severities'],
    [
      'rules:\n  blocking-sleep: erro\n',
      '2:19 rules.blocking-sleep `rules.blocking-sleep` must be `off`, `error`, `warning` or `advice`. Did you mean `error`?',
    ],
    [
      'rules:\n  blocking-slep: off\n',
      '2:3 rules.blocking-slep `rules.blocking-slep` is not a rule. Did you mean `blocking-sleep`?',
    ],
    [
      'rules:\n  blocking-sleep: {sevrity: off}\n',
      '2:20 rules.blocking-sleep.sevrity `rules.blocking-sleep.sevrity` is not a setting. Did you mean `severity`?',
    ],
    [
      'rules:\n  blocking-sleep: {severity: of}\n',
      '2:30 rules.blocking-sleep.severity `rules.blocking-sleep.severity` must be `off`, `error`, `warning` or `advice`. Did you mean `off`?',
    ],
    [
      'rules:\n  blocking-sleep:\n    exclude: [a, "!b"]\n',
      '3:18 rules.blocking-sleep.exclude.1 `rules.blocking-sleep.exclude.1` starts with `!`, which is not supported: use `include` and `exclude`',
    ],
    [
      'rules:\n  blocking-sleep: [off]\n',
      '2:19 rules.blocking-sleep `rules.blocking-sleep` must be `off`, `error`, `warning` or `advice`',
    ],
    ['include: app\n', '1:10 include `include` must be a list of patterns'],
    ['exclude:\n  - app\n  - 3\n', '3:5 exclude.1 `exclude.1` must be a text'],
    [
      'exclude: ["!app"]\n',
      '1:11 exclude.0 `exclude.0` starts with `!`, which is not supported: use `include` and `exclude`',
    ],
    [
      'target-version: 2.7\n',
      '1:17 target-version `target-version` must be a version of Python such as "3.11"',
    ],
    [
      'fail-on: errors\n',
      '1:10 fail-on `fail-on` must be `error`, `warning`, `advice` or `never`. Did you mean `error`?',
    ],
    ['- preset\n', '1:1  the configuration must be a mapping of settings to values'],
    ['preset: all\npreset: strict\n', '2:1  this key stands here for the second time'],
  ])('in YAML of %j is %s', async (text, expected) => {
    expect(await warningsOf(loadYaml(text))).toEqual([expected]);
  });

  it.each([
    ['presett = "all"\n', '2:1 presett `presett` is not a setting. Did you mean `preset`?'],
    [
      'preset = "strct"\n',
      '2:10 preset `preset` must be `recommended`, `strict` or `all`. Did you mean `strict`?',
    ],
    ['comments.max = "many"\n', '2:16 comments.max `comments.max` must be a whole number'],
    ['comments = { max = "many" }\n', '2:20 comments.max `comments.max` must be a whole number'],
    [
      '[tool.loopwarden.comments]\nmaxx = 3\n',
      '3:1 comments.maxx `comments.maxx` is not a setting. Did you mean `max`?',
    ],
    ['exclude = [\n  "app", # why\n  3,\n]\n', '4:3 exclude.1 `exclude.1` must be a text'],
  ])('in TOML of %j is %s', async (text, expected) => {
    expect(await warningsOf(loadToml(`[tool.loopwarden]\n${text}`))).toEqual([expected]);
  });

  it.each([
    ['preset: all\n---\npreset: strict\n', /^2:1 {2}not valid YAML: there are several documents .* `---`/],
    ['preset: all\n  drafts: true\n', /^1:9 {2}not valid YAML: the `:` is in the wrong place/],
    ['preset:all\ndrafts: true\n', /^1:1 {2}not valid YAML: the `:` is in the wrong place/],
    ['preset: "all\n', /^1:13 {2}not valid YAML: a text that begins with `"` does not end with one/],
    ['comments:\n\tmax: 3\n', /^2:1 {2}not valid YAML: a tab does not indent/],
    ['exclude: [a, b\ndrafts: true\n', /^2:1 {2}not valid YAML: this line is not indented .* bracket/],
    ['{drafts: true\n', /^1:14 {2}not valid YAML: a `}` is missing/],
    ['preset: all\ndrafts\n', /^2:1 {2}not valid YAML: a key without a value/],
    ['labels-to-skip: [@wip]\n', /^1:18 {2}not valid YAML: no value begins with this/],
    ['exclude: ["app\\x.py", "a\\_"]\n', /^1:15 {2}not valid YAML: there is no such escape/],
    ['exclude: ["a" b]\n', /^1:15 {2}not valid YAML: (?:a `,` is missing|this does not belong)/],
    ['exclude:\n  - tests/**\n  - **/conftest.py\n', /^3:5 {2}not valid YAML: .*`"\*\*\/conftest\.py"`$/],
    [
      'a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n',
      /^1:1 {2}not valid YAML: its aliases .* too many values$/,
    ],
  ])('of YAML that cannot be read, %j, fits %s', async (text, expected) => {
    const warnings = await warningsOf(loadYaml(text));

    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(expected);
  });

  it('of a file that is too long does not wait for a parser', async () => {
    expect(await warningsOf(loadYaml('['.repeat(10_000_000)))).toEqual([
      '1:1  is longer than 50000 characters',
    ]);
    expect(await warningsOf(loadToml(`[tool.loopwarden]\n${'x'.repeat(10_000_000)}`))).toEqual([
      '1:1  is longer than 300000 characters',
    ]);
  });

  it('of many is enough', async () => {
    const warnings = await warningsOf(
      loadYaml(Array.from({ length: 60 }, (_, index) => `k${index}: 1\n`).join('')),
    );

    expect(warnings).toHaveLength(51);
    expect(warnings.at(-1)).toBe('1:1  there are 10 more mistakes');
  });

  it.each([
    ['preset = \n', '2:10  not valid TOML: this is no value: a text stands in quotation marks'],
    ['preset = all\n', '2:10  not valid TOML: this is no value: a text stands in quotation marks'],
    [
      'preset = "all\n',
      '2:14  not valid TOML: a text that begins with a quotation mark does not end with one on its line',
    ],
    ['preset: all\n', '2:7  not valid TOML: a key ends with `=` and a value, the name of a table with `]`'],
    ['exclude = ["a" "b"]\n', '2:16  not valid TOML: a `,` or a closing bracket is missing'],
    [
      'drafts = true\ndrafts = false\n',
      '3:1  not valid TOML: this key or table stands here for the second time',
    ],
    ['target-version = 3.10.1\n', /^2:\d+ {2}not valid TOML: this is no number: a text stands in quotation/],
    ['exclude = ["\\q"]\n', /^2:\d+ {2}not valid TOML: there is no such escape sequence/],
  ])('of TOML that cannot be read, %j, fits %s', async (text, expected) => {
    const [warning, ...others] = await warningsOf(loadToml(`[tool.loopwarden]\n${text}`));

    expect(others).toEqual([]);
    expect(warning).toMatch(expected);
  });

  it('leaves the rest as it is', async () => {
    const { configuration, warnings } = await loadYaml(
      'preset: strict\ndraft: true\nexclude: [1, app, 2]\nrules: {blocking-sleep: off, nonsense: off}\ncomments: {max: x, suggestions: false}\n',
    );

    expect(warnings.map(({ key }) => key)).toEqual([
      'draft',
      'exclude.0',
      'exclude.2',
      'rules.nonsense',
      'comments.max',
    ]);
    expect(configuration).toEqual({
      ...defaultConfiguration,
      preset: 'strict',
      exclude: ['app'],
      rules: { 'blocking-sleep': 'off' },
      comments: { ...defaultConfiguration.comments, suggestions: false },
    });
  });
});

describe('a rule of the configuration', () => {
  it('with paths alone is neither turned on nor off', async () => {
    const { configuration, warnings } = await loadYaml('rules:\n  blocking-sleep: {exclude: [tests]}\n');

    expect(warnings).toEqual([]);
    expect(configuration.rules).toEqual({});
    expect(configuration.rulePaths).toEqual({ 'blocking-sleep': { include: [], exclude: ['tests'] } });
  });

  it('keeps what is right of it', async () => {
    const { configuration } = await loadYaml(
      'rules:\n  blocking-sleep: {severity: no, exclude: [3, tests], zzz: 1}\n',
    );

    expect(configuration.rulePaths).toEqual({ 'blocking-sleep': { include: [], exclude: ['tests'] } });
  });
});

describe('whatever a file holds', () => {
  const keys = [
    'preset',
    'rules',
    '_extends',
    'severity',
    'include',
    'comments',
    'max',
    'target-version',
    'blocking-sleep',
    'nonsense',
    '__proto__',
  ];
  const { value } = fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('all', 'off', 'error', '3.11', null, true, 3, -1, 0.5, '!x', ''),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 4 }),
    ),
  }));

  it('each fault in YAML is told inside the file, and the rest is a configuration', async () => {
    await fc.assert(
      fc.asyncProperty(value, async written => {
        const text = stringifyYaml(written);
        const { configuration, warnings } = await loadYaml(text);

        expect(Object.keys(configuration)).toEqual(Object.keys(defaultConfiguration));
        for (const { line, column, message } of warnings) {
          expect(text.split('\n')[line - 1]?.length).toBeGreaterThanOrEqual(column - 1);
          expect(message).not.toContain('\n');
        }
      }),
    );
  });

  it.each([
    ['YAML', loadYaml],
    ['TOML', (text: string) => loadToml(`[tool.loopwarden]\n${text}`)],
  ])('no %s makes it throw', async (_, load) => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[a-z:{}[\]"'#=.&*!|> \n-]{0,40}$/),
    );
    await fc.assert(
      fc.asyncProperty(text, async written => {
        expect(await load(written)).toHaveProperty('configuration');
      }),
      { numRuns: 200 },
    );
  });
});

describe('loadConfigurationFile', () => {
  it('is null for a file that is not there', async () => {
    expect(await loadConfigurationFile(filesOf({}), 'own.yml', [])).toBeNull();
  });

  it('reads a file of any name', async () => {
    const files = filesOf({ 'own.yaml': 'preset: all\n' });

    expect((await loadConfigurationFile(files, 'own.yaml', []))?.configuration.preset).toBe('all');
  });
});
