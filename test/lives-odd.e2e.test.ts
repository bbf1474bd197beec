import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkRunsOf } from './github/state/check-runs.ts';
import {
  type AppUnderTest,
  accepted,
  commentsOf,
  e2eTimeouts,
  startAppUnderTest,
} from './support/app-under-test.ts';
import { beginLife, everything, type Life } from './support/pull-request-life.ts';

vi.setConfig(e2eTimeouts);

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest({ permissions: everything });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
  expect(app.github.faults.pending).toEqual([]);
});

const base =
  'import asyncio\nimport time\n\n\nasync def first():\n    pass\n\n\nasync def second():\n    pass\n';
const first = (text: string) => text.replace('first():\n    pass', 'first():\n    time.sleep(1)');
const second = (text: string) => text.replace('second():\n    pass', 'second():\n    time.sleep(2)');

const begin = (head: string): Promise<Life> =>
  beginLife(app, { base: { 'app.py': base }, head: { 'app.py': head } });

it('a force push back to an old head, and away from it again', async () => {
  const life = await begin(first(base));
  await life.opened();
  const old = life.pull.headSha;
  await life.pushed({ files: { 'app.py': second(first(base)) } });
  await life.pushed({ on: old });
  life.shows(`
    failure: 1 error (0 new, 1 still there, 1 mended)
    time.sleep(1): open
    time.sleep(2): resolved by loopwarden[bot]
  `);

  await life.pushed({ files: { 'app.py': second(first(base)) }, on: old });
  life.shows(`
    failure: 2 errors (0 new, 2 still there, 0 mended)
    time.sleep(1): open
    time.sleep(2): open
  `);
});

it('no file of Python, then one, then none', async () => {
  const life = await beginLife(app, { base: { 'a.txt': 'a\n' }, head: { 'a.txt': 'b\n' } });
  await life.opened();
  life.shows(`
    success: No async mistakes found
  `);

  await life.pushed({ files: { 'app.py': first(base) } });
  life.shows(`
    failure: 1 error
    time.sleep(1): open
  `);

  await life.pushed({ files: { 'app.py': null } });
  life.shows(`
    success: No async mistakes left (0 new, 0 still there, 1 mended)
    time.sleep(1): resolved by loopwarden[bot]
  `);
});

it('people who rewrite our comment, or hide it: it is not written again, and the check run tells of it', async () => {
  const life = await begin(second(first(base)));
  await life.opened();
  const [rewritten, hidden] = commentsOf(life.pull);
  if (rewritten === undefined || hidden === undefined) throw new Error('There are two comments.');
  Object.assign(rewritten, { body: 'Edited by mary.' });
  Object.assign(hidden, { minimized: { reason: 'OFF_TOPIC' } });

  await life.pushed({ files: { 'b.py': 'b = 1\n' } });
  life.shows(`
    failure: 2 errors (0 new, 2 still there, 0 mended)
    annotated: app.py:6
    annotated: app.py:10
    time.sleep(1): open
    time.sleep(2): open, hidden as OFF_TOPIC
  `);
});

it('a comment that is deleted, and then its file gets another name', async () => {
  const life = await begin(first(base));
  await life.opened();
  life.deleted('time.sleep(1)');

  await life.pushed({ renames: { 'app.py': 'service.py' } });
  life.shows(`
    failure: 1 error (0 new, 1 still there, 0 mended)
    annotated: service.py:6
  `);
});

it('a line that is edited after its thread was resolved, and changes of mind after that', async () => {
  const life = await begin(first(base));
  await life.opened();
  life.resolved('time.sleep(1)', 'mary');
  await life.pushed({ files: { 'app.py': first(base).replace('sleep(1)', 'sleep(10)') } });
  life.shows(`
    failure: 1 error (1 new, 0 still there, 1 mended)
    time.sleep(1): resolved by mary
    time.sleep(10): open
  `);

  await life.closed();
  await life.reopenedByAda();
  for (let times = 0; times < 2; times++) {
    await life.madeDraft();
    await life.madeReady();
  }
  life.shows(`
    failure: 1 error (0 new, 1 still there, 1 mended)
    time.sleep(1): resolved by mary
    time.sleep(10): open
  `);
});

it('"Re-run" of an old head, and a base that is changed while the review of the new one runs', async () => {
  const { github } = app;
  const life = await begin(first(base));
  const { pull, repository } = life;
  await life.opened();
  const [old] = checkRunsOf(repository);
  if (old === undefined) throw new Error('There is a check run.');
  const before = pull.headSha;
  await life.pushed({ files: { 'app.py': second(first(base)) } });

  // The old head is the tip of a branch that the pull request is aimed at now.
  await repository.git.setReference('refs/heads/next', before);
  const changes = { base: { ref: { from: 'main' }, sha: { from: pull.baseSha } } };
  const aim = async () => {
    Object.assign(pull, { baseBranch: 'next', baseSha: before });
    accepted(await github.deliver('pull_request', 'edited', { pull, changes }));
  };
  const path = `/${repository.owner.login}/`;
  github.faults.next({ path, operation: 'pulls/list-files', fault: { meanwhile: aim } });
  accepted(await github.deliver('check_run', 'rerequested', { run: old }));
  await app.completedRun(repository, pull.headSha, 'skipped', 2);
  await app.completedRun(repository, pull.headSha, 'failure', 3);

  life.shows(`
    failure: 1 error (0 new, 1 still there, 0 mended)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): open
  `);
  expect(old.conclusion).toBe('failure');
});
