import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkRunsOf, suiteOf } from './github/state/check-runs.ts';
import type { PullRequest, Repository } from './github/state/model.ts';
import { closePullRequest, openPullRequest } from './github/state/pull-requests.ts';
import {
  type AppUnderTest,
  accepted,
  commentsOf,
  e2eTimeouts,
  startAppUnderTest,
} from './support/app-under-test.ts';
import { createFastPace } from './support/fast-clock.ts';

vi.setConfig(e2eTimeouts);

const base = 'import time\n';
const head = `${base}\n\nasync def f():\n    time.sleep(1)\n`;

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest({ pace: createFastPace(20) });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
  expect(app.github.faults.pending).toEqual([]);
});

async function openShop(): Promise<{ readonly repository: Repository; readonly pull: PullRequest }> {
  const repository = await app.addRepository({ files: { 'app.py': base } });
  const pull = await openPullRequest(app.github.world, repository, { files: { 'app.py': head } });
  return { repository, pull };
}

const conclusionsOf = (repository: Repository) => checkRunsOf(repository).map(run => run.conclusion);

/** Done after all that came before it: a review of another pull request, asked for last. */
async function letItCatchUp(): Promise<void> {
  const { pull } = await openShop();
  await app.review(pull, 'failure');
}

it('a push whose own event was lost is reviewed because of its checks', async () => {
  const { repository, pull } = await openShop();
  const suite = suiteOf(app.github.world, repository, pull.headSha);

  accepted(await app.github.deliver('check_suite', 'requested', { suite }));
  await app.completedRun(repository, pull.headSha, 'failure');

  expect(commentsOf(pull)).toHaveLength(1);
});

it('a push of which both events come is reviewed once', async () => {
  const { repository, pull } = await openShop();
  await app.review(pull, 'failure');
  const suite = suiteOf(app.github.world, repository, pull.headSha);

  accepted(await app.github.deliver('check_suite', 'requested', { suite }));
  const asked = () =>
    app.github.log
      .of('checks/list-for-ref')
      .filter(({ path }) => path.includes(`${pull.headSha}/check-runs`) && !path.includes('in_progress'));
  await app.github.until('the look for a check run', () => asked()[0]?.status, 60_000);
  await letItCatchUp();

  expect(conclusionsOf(repository)).toEqual(['failure']);
});

it('another base is another change, and another title is none', async () => {
  const { repository, pull } = await openShop();
  await app.review(pull, 'failure');
  const { baseSha: main } = pull;

  const title = { title: { from: 'Old' } };
  accepted(await app.github.deliver('pull_request', 'edited', { pull, changes: title }));
  await letItCatchUp();
  expect(conclusionsOf(repository)).toEqual(['failure']);

  // A branch that has it already.
  await repository.git.setReference('refs/heads/next', pull.headSha);
  Object.assign(pull, { baseBranch: 'next', baseSha: pull.headSha });
  const changes = { base: { ref: { from: 'main' }, sha: { from: main } } };
  accepted(await app.github.deliver('pull_request', 'edited', { pull, changes }));
  await app.completedRun(repository, pull.headSha, 'success', 2);
});

it('a pull request that is closed under way gets no comments, and no check that hangs', async () => {
  const { repository, pull } = await openShop();
  const close = async () => {
    closePullRequest(app.github.world, pull);
    accepted(await app.github.deliver('pull_request', 'closed', { pull }));
  };
  app.github.faults.next({
    operation: 'pulls/list-files',
    path: repository.owner.login,
    fault: { meanwhile: close },
  });

  await app.review(pull, 'skipped');
  await letItCatchUp();

  expect(conclusionsOf(repository)).toEqual(['skipped']);
  expect(pull.reviews).toEqual([]);
});

it('a pull request that is opened again is reviewed, in whatever order the events come', async () => {
  const { repository, pull } = await openShop();

  accepted(await app.github.deliver('pull_request', 'reopened', { pull }));
  accepted(await app.github.deliver('pull_request', 'closed', { pull }));
  await app.github.until('a review', () => conclusionsOf(repository).includes('failure'), 60_000);

  expect(commentsOf(pull)).toHaveLength(1);
});
