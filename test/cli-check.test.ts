import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCli } from './support/run-cli.ts';
import { awaited, broken, forgotten, lost } from './support/sample-programs.ts';
import { temporaryFolder } from './support/temporary-repository.ts';

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

  it.each([
    [[], {}, 'there are no Python files in \\.\\.'],
    [['docs'], { 'a.py': awaited, 'docs/a.md': '' }, 'there are no Python files in docs\\.'],
    [
      ['build'],
      { '.gitignore': 'build\n', 'build/a.py': forgotten, '.git/HEAD': '' },
      'git ignores build\\. A file that is named by itself is looked at all the same\\.',
    ],
    [
      ['out/lib'],
      { '.gitignore': '/out/\n', 'out/lib/a.py': forgotten, '.git/HEAD': '' },
      'git ignores out/lib\\. .*',
    ],
    [
      [],
      { 'a.py': forgotten, 'pyproject.toml': '[tool.loopwarden]\ninclude = ["src"]\n' },
      'include and exclude of the configuration leave out the only Python file of \\.\\.',
    ],
  ])('of %j with %j says why nothing was looked at', (paths, files, expected) => {
    const run = runCli(temporaryFolder(files), ['check', ...paths]);

    expect(run).toMatchObject({ status: 0, stdout: 'There was no Python file to look at.\n' });
    expect(run.stderr).toMatch(new RegExp(`^warning: nothing was looked at: ${expected}\n$`));
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

describe('the rest of the project', () => {
  const files = {
    'setup.cfg': '',
    'shop/__init__.py': '',
    'shop/prices.py': 'async def load():\n    return 1\n',
    'shop/orders.py': 'from shop import prices\n\n\nasync def order():\n    prices.load()\n',
  };

  it.each([
    [['.'], 'shop/orders.py'],
    [['shop'], 'orders.py'],
    [['shop/orders.py'], 'shop/orders.py'],
  ])('is known when %j is analysed', (paths, expected) => {
    const run = runCli(temporaryFolder(files), ['check', '--format', 'json', ...paths]);

    expect(JSON.parse(run.stdout).findings).toMatchObject([
      { rule: 'missing-await', path: expected, line: 5 },
    ]);
  });

  it('is known for standard input, too', () => {
    const text = files['shop/orders.py'];

    const run = runCli(temporaryFolder(files), ['check', '--stdin-filename', 'shop/orders.py'], {
      input: text,
    });

    expect(run.stdout).toMatch(/^shop\/orders\.py:5:5 /);
  });

  it('is known when it is fixed', () => {
    const folder = temporaryFolder(files);

    runCli(folder, ['check', '--fix', 'shop']);

    expect(readFileSync(join(folder, 'shop/orders.py'), 'utf8')).toContain('    await prices.load()\n');
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
