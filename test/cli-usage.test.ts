import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { runCli } from './support/run-cli.ts';
import { awaited, forgotten } from './support/sample-programs.ts';
import { temporaryFolder } from './support/temporary-repository.ts';

describe('what cannot be done', () => {
  const usages: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ['check', '--select', 'missing-awiat'],
      /No rule is called `missing-awiat`\. Did you mean `missing-await`\?/,
    ],
    [['check', '--ignore', 'XYZ999'], /No rule is called `XYZ999`/],
    [['check', '--formt', 'json'], /unknown option '--formt' \(Did you mean --format\?\)/],
    [['check', '--format', 'xml'], /Allowed choices are text, json, sarif, github, rdjson, markdown/],
    [['check', '--fail-on', 'info'], /Allowed choices are error, warning, advice, never/],
    [['check', '--target-version', '2.7'], /--target-version 2\.7: should be a version such as 3\.11/],
    [['check', '--unsafe'], /--unsafe needs --fix or --diff/],
    [['check', '--config', 'nowhere.yml'], /--config nowhere\.yml: there is no such file/],
    [
      ['check', '--output', 'no/such/folder.json'],
      /no\/such\/folder\.json cannot be written: no such file or folder/,
    ],
    [['check', '--stdin-filename', 'a.py', 'b.py'], /standard input cannot be checked together with paths/],
    [['chekc'], /unknown command 'chekc' \(Did you mean check\?\)/],
    [['a.py'], /unknown command 'a\.py'.*to analyse it: loopwarden check a\.py/],
    [['explain', 'missing-awiat'], /No rule is called `missing-awiat`\. Did you mean `missing-await`\?/],
    [['explain', 'ASYNC30'], /No rule is called `ASYNC30`\. It begins the codes of .*task-not-stored/],
    [['explain'], /missing required argument 'rule'/],
    [['config', 'nowhere'], /nowhere is not a folder/],
    [['review', '--repo', 'nowhere'], /nowhere does not exist/],
    [['review', '--repo', '.'], /\. is not a git repository; pass the one to review with --repo DIR/],
  ];

  it.each(usages)('%j is one line and status 2', (args, expected) => {
    const run = runCli(temporaryFolder({ 'a.py': awaited }), args);

    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(expected);
    expect(run.stderr).toMatch(/^loopwarden: [^\n]+\n$/);
  });

  it('a path that is not there is an error in the report, and the rest is analysed', () => {
    const folder = temporaryFolder({ 'a.py': forgotten });

    const run = runCli(folder, ['check', 'a.py', 'nowhere.py', '--format', 'json']);

    expect(run).toMatchObject({
      status: 2,
      stderr: 'loopwarden: nowhere.py cannot be read: no such file or folder\n',
    });
    expect(JSON.parse(run.stdout)).toMatchObject({
      findings: [{ path: 'a.py' }],
      errors: [{ path: 'nowhere.py', line: 1, kind: 'unreadable' }],
    });
  });

  it.each([
    ['.github/loopwarden.yml', 'preset: strct\n', '.github/loopwarden.yml:1:9: `preset` must be'],
    [
      '.github/loopwarden.yml',
      'rules:\n  missing-awiat: off\n',
      '.github/loopwarden.yml:2:3: `rules.missing-awiat` is not a rule. Did you mean `missing-await`?',
    ],
    ['.github/loopwarden.yml', 'preset: [\n', '.github/loopwarden.yml:1:10: not valid YAML'],
    [
      '.github/loopwarden.yml',
      '"a\\n::error::b\\e[2J\\u202e": 1\n',
      '.github/loopwarden.yml:1:1: `a ::error::b\\x1b[2J\\x202e` is not a setting',
    ],
    [
      'pyproject.toml',
      '[tool.loopwarden]\npresett = "all"\n',
      'pyproject.toml:2:1: `presett` is not a setting. Did you mean `preset`?',
    ],
  ])('a mistake in %s, %j, is told with its place', (file, text, expected) => {
    const run = runCli(temporaryFolder({ 'a.py': awaited, [file]: text }), ['check']);

    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toMatch(/^loopwarden: [^\n]+\n$/);
    expect(run.stderr).toContain(expected);
  });

  it.each([
    ['acme/base', {}, '`_extends: acme/base` is not followed without GITHUB_TOKEN; the rest'],
    [
      'base',
      { GITHUB_TOKEN: 't' },
      '`_extends: base` is followed with GITHUB_TOKEN where it names the owner, too',
    ],
  ])('_extends: %s with %j is a warning', (name, environment, expected) => {
    const files = { 'a.py': forgotten, '.github/loopwarden.yml': `_extends: ${name}\nfail-on: never\n` };

    const run = runCli(temporaryFolder(files), ['check'], { environment });

    expect(run.status).toBe(0);
    expect(run.stderr).toMatch(/^warning: \.github\/loopwarden\.yml:1:1: [^\n]+\n$/);
    expect(run.stderr).toContain(expected);
  });

  it("a broken file of the project's own is only a warning", () => {
    const run = runCli(temporaryFolder({ 'a.py': awaited, 'tox.ini': 'stray\n' }), ['check']);

    expect(run).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^warning: tox\.ini:1:1: [^\n]+\n$/),
    });
  });
});

describe('what tells of the program itself', () => {
  it('--version', () => {
    expect(runCli('/', ['--version'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^loopwarden \d+\.\d+\.\d+\S*\n$/),
    });
  });

  it('--help names every command', () => {
    const { status, stdout } = runCli('/', ['--help']);

    expect(status).toBe(0);
    for (const command of ['check', 'review', 'rules', 'explain', 'config', 'serve'])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it('without a command the help, and status 2', () => {
    expect(runCli('/', [])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^Usage: loopwarden/),
    });
  });

  it('rules', () => {
    const listed = JSON.parse(runCli('/', ['rules', '--format', 'json']).stdout);

    expect(listed).toContainEqual({
      id: 'missing-await',
      codes: expect.arrayContaining(['reportUnusedCoroutine']),
      theme: 'awaiting',
      severity: 'error',
      preset: 'recommended',
      fix: 'safe',
      libraries: expect.any(Array),
      summary: expect.any(String),
    });
    expect(runCli('/', ['rules']).stdout).toMatch(/^ {2}missing-await {2,}error /m);
  });

  it.each(['missing-await', 'reportunusedcoroutine'])('explain %s', name => {
    expect(runCli('/', ['explain', name])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^missing-await\n\n/),
    });
  });

  it('explain as Markdown', () => {
    expect(runCli('/', ['explain', 'missing-await', '--format', 'markdown']).stdout).toMatch(
      /^# missing-await\n/,
    );
  });

  it('config says where each part comes from', () => {
    const folder = temporaryFolder({
      '.github/loopwarden.yml': '# ours\npreset: strict\n',
      'pyproject.toml': '[project]\nrequires-python = ">=3.11"\n',
    });

    const { stdout } = runCli(folder, ['config']);

    expect(stdout).toMatch(/^preset +strict +\.github\/loopwarden\.yml:2$/m);
    expect(stdout).toMatch(/^target-version +3\.11 +the Python required in pyproject\.toml$/m);
    expect(stdout).toMatch(/^drafts +false +default$/m);
  });

  it('config tells of every mistake, with status 2', () => {
    const folder = temporaryFolder({ '.github/loopwarden.yml': 'preset: strct\ndraft: true\n' });

    const run = runCli(folder, ['config', '--format', 'json']);

    expect(run.status).toBe(2);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(JSON.parse(run.stdout)).toMatchObject({ preset: { value: 'recommended', from: 'default' } });
  });

  it('config --schema accepts what the program accepts', () => {
    const schema = JSON.parse(runCli('/', ['config', '--schema']).stdout);

    const accepts = new Ajv({ strict: true }).compile(schema);

    expect(accepts({ preset: 'all', rules: { 'missing-await': 'off' } })).toBe(true);
    expect(accepts({ preset: 'some' })).toBe(false);
  });
});
