import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { runCli } from './support/run-cli.ts';
import { temporaryFolder } from './support/temporary-repository.ts';

/** One error, with a safe fix. */
const forgotten = 'import asyncio\n\n\nasync def main():\n    asyncio.sleep(1)\n';
const awaited = 'import asyncio\n\n\nasync def main():\n    await asyncio.sleep(1)\n';
/** One warning, without a fix. */
const lost = 'import asyncio\n\n\nasync def main():\n    asyncio.create_task(asyncio.sleep(1))\n';
const broken = 'import asyncio\n\n\nasync def main(:\n    pass\n';

describe('the text report', () => {
  it('shows each finding with its place, and sums up', () => {
    const folder = temporaryFolder({ 'app/main.py': forgotten, 'app/other.py': 'x = 1\n' });

    expect(runCli(folder, ['check'])).toEqual({
      status: 1,
      stderr: '',
      stdout: `app/main.py:5:5  error  missing-await (reportUnusedCoroutine)
  \`asyncio.sleep\` is never awaited.
  4 | async def main():
  5 |     asyncio.sleep(1)
    |     ^^^^^^^^^^^^^^^^
  help: Calling it only makes a coroutine: nothing of it runs, and no error is raised. Await it.
  fix: Await the call

1 error in 1 of 2 files. To be fixed: 1 with --fix.
`,
    });
  });

  it('says in one line that there is nothing', () => {
    const folder = temporaryFolder({ 'a.py': awaited });

    expect(runCli(folder, ['check'])).toEqual({ status: 0, stderr: '', stdout: 'No findings in 1 file.\n' });
  });

  it('says nothing at all with --quiet', () => {
    const folder = temporaryFolder({ 'a.py': awaited });

    expect(runCli(folder, ['check', '--quiet'])).toEqual({ status: 0, stderr: '', stdout: '' });
  });

  it('names paths as they can be opened from here', () => {
    const folder = temporaryFolder({ 'app/main.py': forgotten });

    expect(runCli(folder, ['check', 'app']).stdout).toMatch(/^app\/main\.py:5:5/);
    expect(runCli('/', ['check', folder]).stdout).toContain('/app/main.py:5:5');
  });

  it('counts the findings of each rule with --statistics', () => {
    const folder = temporaryFolder({ 'a.py': forgotten, 'b.py': forgotten });

    expect(runCli(folder, ['check', '--statistics']).stdout).toMatch(
      /\n2 {2}missing-await .* in 2 files, 2 with a fix\n$/,
    );
  });

  it.each([
    [{}, [], false],
    [{ FORCE_COLOR: '1' }, [], true],
    [{ NO_COLOR: '1' }, ['--color', 'always'], true],
  ])('with %j and %j has colours: %s', (environment, args, expected) => {
    const folder = temporaryFolder({ 'a.py': forgotten });

    expect(runCli(folder, ['check', ...args], { environment }).stdout.includes('\u001b[')).toBe(expected);
  });
});

describe('JSON', () => {
  it('is what others rely on', () => {
    const folder = temporaryFolder({ 'app/main.py': `s = "🙂"; ${forgotten}`, 'app/other.py': 'x = 1\n' });

    const run = runCli(folder, ['check', 'app', '--format', 'json']);
    const report = JSON.parse(run.stdout);

    expect(report).toEqual({
      version: 1,
      tool: { name: 'loopwarden', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
      summary: {
        files: 2,
        analysed: 1,
        findings: 1,
        bySeverity: { error: 1 },
        byRule: { 'missing-await': 1 },
        durationMs: expect.any(Number),
      },
      findings: [
        {
          rule: 'missing-await',
          codes: ['reportUnusedCoroutine'],
          severity: 'error',
          path: 'main.py',
          line: 5,
          column: 5,
          endLine: 5,
          endColumn: 21,
          message: '`asyncio.sleep` is never awaited.',
          help: expect.any(String),
          url: expect.stringContaining('missing-await'),
          fingerprint: expect.stringMatching(/^\S+$/),
          fix: {
            title: 'Await the call',
            safety: 'safe',
            edits: [{ line: 5, column: 5, endLine: 5, endColumn: 5, text: 'await ' }],
          },
        },
      ],
      errors: [],
    });
  });

  it('counts columns in code points', () => {
    const folder = temporaryFolder({
      'a.py': 'import asyncio\nasync def f():\n    s = "🙂"; asyncio.sleep(1)\n',
    });

    const { findings } = JSON.parse(runCli(folder, ['check', '--format', 'json']).stdout);

    expect(findings).toMatchObject([{ line: 3, column: 14, endColumn: 30 }]);
  });

  it('orders by path, line, column and rule, whatever is done first', () => {
    const many =
      'import asyncio\nasync def f():\n    asyncio.sleep(1); asyncio.sleep(2)\n    asyncio.sleep(3)\n';
    const folder = temporaryFolder({ 'b.py': many, 'a/z.py': many, 'a.py': many });

    const { findings } = JSON.parse(runCli(folder, ['check', '--format', 'json']).stdout);

    expect(
      findings.map(
        (found: { path: string; line: number; column: number }) =>
          `${found.path}:${found.line}:${found.column}`,
      ),
    ).toEqual(['a.py', 'a/z.py', 'b.py'].flatMap(path => [`${path}:3:5`, `${path}:3:23`, `${path}:4:5`]));
  });

  it('tells of files that cannot be read as a whole, which does not make the check fail', () => {
    const folder = temporaryFolder({
      'broken.py': broken,
      'latin.py': Buffer.from('import asyncio\nasync def f():\n    "\xe4"\n', 'latin1'),
    });

    const run = runCli(folder, ['check', '--format', 'json']);

    expect(JSON.parse(run.stdout).errors).toMatchObject([
      { path: 'broken.py', line: 4, kind: 'syntax', message: expect.any(String) },
      { path: 'latin.py', line: 3, kind: 'encoding', message: expect.any(String) },
    ]);
    expect(run).toMatchObject({ status: 0, stderr: '' });
  });

  it('goes to a file', () => {
    const folder = temporaryFolder({ 'a.py': forgotten });

    const run = runCli(folder, ['check', '--format', 'json', '--output', 'out.json']);

    expect(run).toEqual({ status: 1, stdout: '', stderr: '' });
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')).summary.findings).toBe(1);
  });
});

describe('the other formats', () => {
  const folder = () => temporaryFolder({ 'app/main.py': forgotten });

  it('sarif names the rule, its page and the place', () => {
    const report = JSON.parse(runCli(folder(), ['check', 'app', '--format', 'sarif']).stdout);

    expect(report.runs[0]).toMatchObject({
      tool: {
        driver: {
          rules: [{ id: 'missing-await', help: { markdown: expect.stringContaining('# missing-await') } }],
        },
      },
      results: [
        {
          ruleId: 'missing-await',
          locations: [{ physicalLocation: { artifactLocation: { uri: 'app/main.py' } } }],
        },
      ],
    });
  });

  it('github annotates files from the root of the checkout', () => {
    const { stdout } = runCli(folder(), ['check', 'app', '--format', 'github']);

    expect(stdout).toMatch(/^::error file=app\/main\.py,line=5,endLine=5,col=5,endColumn=21,title=[^\n]+\n$/);
  });

  it('rdjson counts bytes and carries the suggestion', () => {
    const report = JSON.parse(runCli(folder(), ['check', '--format', 'rdjson']).stdout);

    expect(report.diagnostics).toMatchObject([
      {
        location: { path: 'app/main.py', range: { start: { line: 5, column: 5 } } },
        suggestions: [{ text: 'await ' }],
      },
    ]);
  });

  it('markdown has a heading for the file', () => {
    expect(runCli(folder(), ['check', '--format', 'markdown']).stdout).toContain('### `app/main.py`');
  });
});

describe('the exit status', () => {
  it.each([
    [forgotten, [], 1],
    [lost, [], 1],
    [lost, ['--fail-on', 'error'], 0],
    [forgotten, ['--fail-on', 'never'], 0],
    [forgotten, ['--ignore', 'reportUnused'], 0],
    [forgotten, ['--select', 'ASYNC3'], 0],
    [lost, ['--select', 'ASYNC3'], 1],
  ])('of %j with %j is %s', (text, args, expected) => {
    const folder = temporaryFolder({ 'a.py': text });

    expect(runCli(folder, ['check', ...args])).toMatchObject({ status: expected, stderr: '' });
  });
});

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
    ['.github/loopwarden.yml', 'preset: [\n', '.github/loopwarden.yml:2:1: not valid YAML'],
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

  it("a broken file of the project's own is only a warning", () => {
    const run = runCli(temporaryFolder({ 'a.py': awaited, 'tox.ini': 'stray\n' }), ['check']);

    expect(run).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^warning: tox\.ini:1:1: [^\n]+\n$/),
    });
  });
});

describe('the configuration', () => {
  it.each([
    ['exclude: [generated]\n', ['app/generated/a.py'], []],
    ['exclude: [generated]\n', ['app/a.py'], ['app/a.py']],
    ['include: [app]\n', ['app/a.py', 'lib/a.py'], ['app/a.py']],
    ['rules: {missing-await: off}\n', ['a.py'], []],
  ])('%j of %j leaves %j', (text, paths, expected) => {
    const files = Object.fromEntries(paths.map(path => [path, forgotten]));
    const folder = temporaryFolder({ '.github/loopwarden.yml': text, ...files });

    const { findings } = JSON.parse(runCli(folder, ['check', '--format', 'json']).stdout);

    expect(findings.map((finding: { path: string }) => finding.path)).toEqual(expected);
  });

  it('counts for a folder inside, with patterns from where it stands', () => {
    const folder = temporaryFolder({
      'pyproject.toml': '[tool.loopwarden]\nexclude = ["app/generated"]\n',
      'app/generated/a.py': forgotten,
      'app/a.py': forgotten,
    });

    const { findings } = JSON.parse(runCli(folder, ['check', 'app', '--format', 'json']).stdout);

    expect(findings.map((finding: { path: string }) => finding.path)).toEqual(['a.py']);
  });

  it('does not keep a file from being analysed that is named by itself', () => {
    const folder = temporaryFolder({ '.github/loopwarden.yml': 'exclude: [a.py]\n', 'a.py': forgotten });

    expect(runCli(folder, ['check', 'a.py']).status).toBe(1);
  });

  it('fails on what it says, unless the command line says otherwise', () => {
    const folder = temporaryFolder({ '.github/loopwarden.yml': 'fail-on: never\n', 'a.py': forgotten });

    expect(runCli(folder, ['check']).status).toBe(0);
    expect(runCli(folder, ['check', '--fail-on', 'error']).status).toBe(1);
  });

  it('comes from another file with --config', () => {
    const folder = temporaryFolder({
      'own.toml': '[tool.loopwarden]\nfail-on = "never"\n',
      'a.py': forgotten,
    });

    expect(runCli(folder, ['check', '--config', 'own.toml']).status).toBe(0);
  });
});

describe('--fix', () => {
  it('writes the safe fixes, and reports what is left', () => {
    const folder = temporaryFolder({ 'a.py': forgotten, 'b.py': lost });

    const run = runCli(folder, ['check', '--fix']);

    expect(readFileSync(join(folder, 'a.py'), 'utf8')).toBe(awaited);
    expect(run).toMatchObject({ status: 1, stderr: 'Fixed 1 finding in 1 file.\n' });
    expect(run.stdout).toMatch(/^b\.py:5:5 {2}warning {2}task-not-stored/);
  });

  it('keeps byte order mark, line ends, tabs and encoding', () => {
    const latin = (text: string) => Buffer.from(`# -*- coding: latin-1 -*-\n# \xe4\n${text}`, 'latin1');
    const variants: Readonly<Record<string, (text: string) => string | Buffer>> = {
      'bom.py': text => `\ufeff${text}`,
      'crlf.py': text => text.replaceAll('\n', '\r\n'),
      'no-end.py': text => text.trimEnd(),
      'tabs.py': text => text.replaceAll('    ', '\t'),
      'latin.py': latin,
    };
    const all = Object.entries(variants);
    const folder = temporaryFolder(Object.fromEntries(all.map(([name, vary]) => [name, vary(forgotten)])));

    runCli(folder, ['check', '--fix']);

    for (const [name, vary] of all) {
      expect(readFileSync(join(folder, name)).equals(Buffer.from(vary(awaited))), name).toBe(true);
    }
  });

  it('keeps the mode, and a link a link', () => {
    const folder = temporaryFolder({ 'real.py': forgotten });
    chmodSync(join(folder, 'real.py'), 0o755);
    symlinkSync('real.py', join(folder, 'link.py'));

    runCli(folder, ['check', '--fix', 'link.py']);

    expect(readFileSync(join(folder, 'real.py'), 'utf8')).toBe(awaited);
    expect(statSync(join(folder, 'real.py')).mode & 0o777).toBe(0o755);
  });

  it.each([['--diff'], ['--fix', '--diff']])('%s prints what would change, and writes nothing', (...args) => {
    const folder = temporaryFolder({ 'app/a.py': forgotten });

    const run = runCli(folder, ['check', ...args]);

    expect(run).toEqual({
      status: 1,
      stdout: `--- a/app/a.py
+++ b/app/a.py
@@ -2,4 +2,4 @@
 
 
 async def main():
-    asyncio.sleep(1)
+    await asyncio.sleep(1)
`,
      stderr: 'Would fix 1 finding in 1 file.\n',
    });
    expect(readFileSync(join(folder, 'app/a.py'), 'utf8')).toBe(forgotten);
  });

  it('prints a diff that git can apply', () => {
    const folder = temporaryFolder({
      'two words.py': forgotten.replaceAll('\n', '\r\n').trimEnd(),
      'ä\n.py': forgotten,
    });
    const { stdout } = runCli(folder, ['check', '--diff']);

    const applied = spawnSync('git', ['apply', '-'], { cwd: folder, input: stdout, encoding: 'utf8' });

    expect(applied).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, 'two words.py'), 'utf8')).toBe(
      awaited.replaceAll('\n', '\r\n').trimEnd(),
    );
    expect(readFileSync(join(folder, 'ä\n.py'), 'utf8')).toBe(awaited);
  });

  it('prints paths from where it runs', () => {
    const folder = temporaryFolder({ 'app/a.py': forgotten });

    expect(runCli(folder, ['check', 'app', '--diff']).stdout).toMatch(/^--- a\/app\/a\.py\n/);
  });

  it('says that there is nothing to fix', () => {
    const folder = temporaryFolder({ 'a.py': lost });

    expect(runCli(folder, ['check', '--fix']).stderr).toBe('Nothing to fix.\n');
    expect(readFileSync(join(folder, 'a.py'), 'utf8')).toBe(lost);
  });
});

describe('standard input', () => {
  it.each([
    [['--stdin-filename', 'app/a.py'], 'app/a.py'],
    [['-'], 'stdin.py'],
    [['--stdin-filename', 'a.py', '-'], 'a.py'],
  ])('with %j is called %s', (args, expected) => {
    const run = runCli(temporaryFolder(), ['check', '--format', 'json', ...args], { input: forgotten });

    expect(run.status).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ summary: { files: 1 }, findings: [{ path: expected }] });
  });

  it('shows lines of what was read', () => {
    const run = runCli(temporaryFolder(), ['check', '-'], { input: forgotten });

    expect(run.stdout).toContain('5 |     asyncio.sleep(1)\n');
  });

  it('is written mended with --fix', () => {
    const run = runCli(temporaryFolder(), ['check', '--fix', '-'], { input: `\ufeff${forgotten}` });

    expect(run).toEqual({ status: 0, stdout: `\ufeff${awaited}`, stderr: '' });
  });

  it('is compared with --diff', () => {
    const run = runCli(temporaryFolder(), ['check', '--diff', '--stdin-filename', 'a.py'], {
      input: forgotten,
    });

    expect(run).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^--- a\/a\.py\n\+\+\+ b\/a\.py\n@@ /),
    });
  });

  it('may be empty', () => {
    expect(runCli(temporaryFolder(), ['check', '-'])).toEqual({
      status: 0,
      stdout: 'No findings in 1 file.\n',
      stderr: '',
    });
  });
});

describe('many files', () => {
  it('give the same in threads as in one', () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`m${index}.py`, forgotten]));
    const folder = temporaryFolder(files);

    const report = JSON.parse(runCli(folder, ['check', '--format', 'json']).stdout);

    expect(report.summary).toMatchObject({ files: 200, analysed: 200, findings: 200 });
    expect(report.findings.map((finding: { path: string }) => finding.path)).toEqual(
      Object.keys(files).toSorted(),
    );
  });

  it('are no trouble for a reader that stops early', () => {
    const files = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`m${index}.py`, forgotten.repeat(20)]),
    );
    const program = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

    const run = spawnSync(
      'sh',
      ['-c', '"$0" "$1" check --format json | head -n 1', process.execPath, program],
      {
        cwd: temporaryFolder(files),
        encoding: 'utf8',
      },
    );

    expect(run).toMatchObject({ stdout: '{\n', stderr: '' });
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
