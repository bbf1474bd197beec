import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './support/run-cli.ts';
import { awaited, forgotten, lost } from './support/sample-programs.ts';
import {
  repositoryAt,
  type TemporaryRepository,
  temporaryFolder,
  temporaryRepository,
} from './support/temporary-repository.ts';

/** A function with an old mistake, far from the place where the tests change something. */
const old = `${forgotten}${'\n\n# far away\n'.repeat(10)}`;

/** What `review --format json` says of a change. */
function reviewOf(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = runCli(folder, ['review', '--format', 'json', ...args]);
  expect(stderr).toBe('');
  return { status, ...JSON.parse(stdout) };
}

function places(report: { findings: readonly { path: string; line: number; placement: string }[] }) {
  return report.findings.map(({ path, line, placement }) => `${path}:${line} ${placement}`);
}

/** A repository with a sound `main`, on a branch of its own. */
function branched(files: Readonly<Record<string, string>> = { 'app.py': awaited }): TemporaryRepository {
  const made = temporaryRepository();
  made.commit(files);
  made.git('switch', '--quiet', '--create', 'topic');
  return made;
}

describe('review --format json', () => {
  it('is what others rely on', () => {
    const made = branched();
    const base = made.git('rev-parse', 'main');
    const head = made.commit({ 'app.py': forgotten });

    const report = reviewOf(made.folder, '--head', 'topic');

    expect(report).toMatchObject({
      status: 1,
      version: 1,
      tool: { name: 'loopwarden' },
      base,
      head,
      mergeBase: base,
      summary: { files: 1, analysed: 1, findings: 1, byRule: { 'missing-await': 1 } },
      findings: [{ rule: 'missing-await', path: 'app.py', line: 5, placement: 'comment' }],
      review: {
        event: 'COMMENT',
        comments: [
          {
            path: 'app.py',
            line: 5,
            side: 'RIGHT',
            body: expect.stringContaining('```suggestion\n    await asyncio.sleep(1)\n```'),
          },
        ],
      },
      checkRun: { name: 'Loopwarden', conclusion: 'failure', output: { title: '1 error' } },
      errors: [],
    });
  });

  it('has only what the change brought in', () => {
    const made = branched({ 'app.py': old });
    made.commit({ 'app.py': `${old}\n\nasync def more():\n    asyncio.sleep(2)\n` });

    expect(places(reviewOf(made.folder, '--head', 'topic'))).toEqual(['app.py:39 comment']);
  });

  it('has nothing for a change without findings', () => {
    const made = branched();
    made.commit({ 'app.py': `${awaited}# a comment\n` });

    expect(reviewOf(made.folder, '--head', 'topic')).toMatchObject({
      status: 0,
      findings: [],
      review: { comments: [] },
      checkRun: { conclusion: 'success' },
    });
  });

  it('has nothing for an empty change', () => {
    const made = branched();

    expect(reviewOf(made.folder)).toMatchObject({ status: 0, head: '', findings: [], summary: { files: 0 } });
  });
});

describe('the change', () => {
  it('ends with the working tree: committed, staged, edited, untracked', () => {
    const made = branched({ 'edited.py': awaited, 'staged.py': awaited });
    made.commit({ 'committed.py': forgotten });
    made.write({ 'staged.py': forgotten });
    made.git('add', 'staged.py');
    made.write({ 'edited.py': forgotten, 'fresh.py': forgotten });

    const report = reviewOf(made.folder);

    expect(report.head).toBe('');
    expect(places(report)).toEqual([
      'committed.py:5 comment',
      'edited.py:5 comment',
      'fresh.py:5 comment',
      'staged.py:5 comment',
    ]);
  });

  it('starts where the branches parted', () => {
    const made = branched();
    made.commit({ 'mine.py': forgotten });
    made.git('switch', '--quiet', 'main');
    made.commit({ 'theirs.py': forgotten });

    expect(places(reviewOf(made.folder, '--base', 'main', '--head', 'topic'))).toEqual(['mine.py:5 comment']);
  });

  it('of a renamed file has only what was edited', () => {
    const made = branched({ 'old.py': old });
    made.git('mv', 'old.py', 'new.py');
    made.commit({ 'new.py': `${old}\n\nasync def more():\n    asyncio.sleep(2)\n` });

    expect(places(reviewOf(made.folder, '--head', 'topic'))).toEqual(['new.py:39 comment']);
  });

  it('of a file that was moved in the working tree brings nothing in', () => {
    const made = branched({ 'old.py': old });
    renameSync(join(made.folder, 'old.py'), join(made.folder, 'new.py'));

    expect(reviewOf(made.folder)).toMatchObject({ status: 0, findings: [], summary: { files: 1 } });
  });

  it('of a removed file is nothing', () => {
    const made = branched({ 'app.py': forgotten });
    made.commit({ 'app.py': null });

    expect(reviewOf(made.folder, '--head', 'topic')).toMatchObject({
      status: 0,
      findings: [],
      summary: { files: 0 },
    });
  });

  it.each(['two words.py', 'ä 雪 🙂.py', 'line\nend.py', 'quo"te.py'])('may be one of %j', name => {
    const made = branched();
    made.write({ [name]: forgotten });

    expect(reviewOf(made.folder)).toMatchObject({
      findings: [{ path: name }],
      review: { comments: [{ path: name }] },
    });
  });

  it('may be one of a bare repository', () => {
    const made = branched();
    made.commit({ 'app.py': forgotten });
    const bare = temporaryFolder();
    repositoryAt(bare).git('clone', '--quiet', '--bare', made.folder, '.');

    expect(places(reviewOf('/', '--repo', bare, '--head', 'topic'))).toEqual(['app.py:5 comment']);
  });

  it('is compared with the default branch of the remote', () => {
    const origin = branched();
    origin.git('branch', '--move', 'main', 'trunk');
    origin.git('switch', '--quiet', 'trunk');
    const clone = repositoryAt(temporaryFolder());
    clone.git('clone', '--quiet', origin.folder, '.');
    clone.write({ 'fresh.py': forgotten });

    expect(reviewOf(clone.folder)).toMatchObject({
      base: origin.git('rev-parse', 'trunk'),
      findings: [{ path: 'fresh.py' }],
    });
  });
});

describe('a file that the change does not touch', () => {
  it('is told of when a function that it calls became a coroutine function', () => {
    const made = branched({
      'shop/__init__.py': 'from .stock import reserve\n',
      'shop/stock.py': 'def reserve(item):\n    return item\n',
      'orders.py':
        'from shop import reserve\n\n\nasync def order(item):\n    reserve(item)\n    return item\n',
      'calm.py': 'from shop import reserve\n\n\nasync def order(item):\n    return reserve\n',
    });
    made.commit({ 'shop/stock.py': 'async def reserve(item):\n    return item\n' });

    const report = reviewOf(made.folder, '--head', 'topic');

    expect(report.status).toBe(1);
    expect(places(report)).toEqual(['orders.py:5 comment']);
    expect(report.review.comments).toMatchObject([
      { path: 'shop/stock.py', line: 1, body: expect.stringContaining('`orders.py:5` (in `order`)') },
    ]);
    expect(report.checkRun.output.annotations).toMatchObject([{ path: 'orders.py', start_line: 5 }]);
  });
});

describe('the configuration', () => {
  it('is that of the base, so that a change cannot silence its own review', () => {
    const made = branched();
    made.commit({ 'app.py': forgotten, '.github/loopwarden.yml': 'rules: {missing-await: off}\n' });

    expect(places(reviewOf(made.folder, '--head', 'topic'))).toEqual(['app.py:5 comment']);
  });

  it('that the change brings is told, committed or not', () => {
    const made = branched({ '.github/loopwarden.yml': 'preset: strict\n' });
    made.write({ '.github/loopwarden.yml': 'preset: all\n' });
    const uncommitted = reviewOf(made.folder);
    made.commit({ 'app.py': awaited });

    const body = expect.stringContaining('- `preset`: `strict` becomes `all`');
    expect(uncommitted).toMatchObject({ review: { body } });
    expect(reviewOf(made.folder, '--head', 'topic')).toMatchObject({ review: { body } });
  });

  it('of the base counts', () => {
    const made = branched({ '.github/loopwarden.yml': 'exclude: [generated]\n' });
    made.write({ 'generated/app.py': forgotten, 'app.py': forgotten });

    expect(places(reviewOf(made.folder))).toEqual(['app.py:5 comment']);
  });

  it('with a mistake is told in the check run and on standard error, and the rest counts', () => {
    const made = branched({ '.github/loopwarden.yml': 'presett: all\nexclude: [generated]\n' });
    made.write({ 'generated/app.py': forgotten, 'app.py': awaited });

    const run = runCli(made.folder, ['review', '--format', 'json']);

    expect(run).toMatchObject({
      status: 2,
      stderr: 'loopwarden: .github/loopwarden.yml:1:1: `presett` is not a setting. Did you mean `preset`?\n',
    });
    expect(JSON.parse(run.stdout)).toMatchObject({
      findings: [],
      checkRun: { output: { annotations: [{ path: '.github/loopwarden.yml', start_line: 1 }] } },
    });
  });
});

describe('the exit status', () => {
  it.each([
    [forgotten, [], 1],
    [lost, [], 0],
    [lost, ['--fail-on', 'warning'], 1],
    [forgotten, ['--fail-on', 'never'], 0],
    [forgotten, ['--ignore', 'missing-await'], 0],
  ])('of %j with %j is %s', (text, args, expected) => {
    const made = branched();
    made.write({ 'app.py': text });

    expect(runCli(made.folder, ['review', ...args])).toMatchObject({ status: expected, stderr: '' });
  });
});

describe('the other formats', () => {
  it('text shows the lines of the head, not of the working tree', () => {
    const made = branched();
    made.commit({ 'app.py': forgotten });
    made.write({ 'app.py': '# rewritten\n' });

    expect(runCli(made.folder, ['review', '--head', 'topic']).stdout).toContain('5 |     asyncio.sleep(1)\n');
  });

  it('text shows the lines of files that the change breaks without touching them', () => {
    const made = branched({
      'lib.py': 'def load():\n    return 1\n',
      'app.py': 'import lib\n\n\nasync def main():\n    lib.load()\n',
    });
    made.commit({ 'lib.py': 'async def load():\n    return 1\n' });

    const { stdout } = runCli(made.folder, ['review', '--head', 'topic']);

    expect(stdout).toContain('5 |     lib.load()\n');
    expect(stdout).toMatch(/\n1 error in 1 file\.\n$/);
  });

  it('github annotates the changed lines', () => {
    const made = branched();
    made.write({ 'app.py': forgotten });

    expect(runCli(made.folder, ['review', '--format', 'github']).stdout).toMatch(
      /^::error file=app\.py,line=5,/,
    );
  });
});

describe('what cannot be done', () => {
  it.each([
    [['--base', 'nowhere'], 'has no commit "nowhere"; fetch it first, or pass another'],
    [['--head', '--all'], 'has no commit "--all"'],
    [['--select', 'nothing-such'], 'No rule is called `nothing-such`.'],
  ])('%j is one line and status 2', (args, expected) => {
    const run = runCli(branched().folder, ['review', ...args]);

    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toMatch(/^loopwarden: [^\n]+\n$/);
    expect(run.stderr).toContain(expected);
  });

  it('a shallow clone without the common commit names the remedy', () => {
    const origin = branched();
    origin.commit({ 'app.py': forgotten });
    origin.git('switch', '--quiet', 'main');
    origin.commit({ 'other.py': awaited });
    const clone = repositoryAt(temporaryFolder());
    clone.git('clone', '--quiet', '--depth=1', '--no-single-branch', `file://${origin.folder}`, '.');

    const run = runCli(clone.folder, ['review', '--base', 'origin/main', '--head', 'origin/topic']);

    expect(run).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^loopwarden: .*git fetch --unshallow.*\n$/),
    });
  });
});
