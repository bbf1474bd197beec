import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FaultKind } from './github/http/faults.ts';
import { installApp } from './github/state/installations.ts';
import type { PullRequest, Repository } from './github/state/model.ts';
import { openPullRequest, pushTo } from './github/state/pull-requests.ts';
import {
  type AppUnderTest,
  accepted,
  commentsOf,
  e2eTimeouts,
  startAppUnderTest,
} from './support/app-under-test.ts';

vi.setConfig(e2eTimeouts);

const base = 'import asyncio\nimport time\n';
const head = `${base}\n\nasync def f():\n    time.sleep(1)\n\n\nasync def g():\n    time.sleep(2)\n`;

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest();
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
  expect(app.github.faults.pending).toEqual([]);
});

async function openShop(): Promise<{ repository: Repository; pull: PullRequest; path: string }> {
  const repository = await app.addRepository({ files: { 'app.py': base } });
  const pull = await openPullRequest(app.github.world, repository, { files: { 'app.py': head } });
  return { repository, pull, path: `/repos/${repository.owner.login}/` };
}

/** The queries about an organisation's own repositories. */
const askedInQueries = (login: string) =>
  app.github.log.of('graphql').filter(one => {
    const { variables } = one.body as { variables: { owner?: string; repo?: string } };
    return variables.owner === login && variables.repo !== '.github';
  });

describe('posting a review', () => {
  it('that is answered with 502 although it is there, is not repeated', async () => {
    const { pull, path } = await openShop();
    app.github.faults.next({ path, operation: 'pulls/create-review', fault: '502-after-effect' });

    await app.review(pull, 'failure');
    expect(pull.reviews).toHaveLength(1);
    expect(commentsOf(pull)).toHaveLength(2);
  });

  it('that GitHub refuses, leaves the findings to the check run', async () => {
    const { pull, path } = await openShop();
    app.github.faults.next({ path, operation: 'pulls/create-review', fault: 422 });

    const run = await app.review(pull, 'failure');

    expect(pull.reviews).toEqual([]);
    expect(run.conclusion).toBe('failure');
    expect(run.annotations.map(one => one.start_line)).toEqual([6, 10]);
  });

  it('that GitHub forbids, leaves the findings to the check run, which says so', async () => {
    const { pull, path } = await openShop();
    app.github.faults.next({ path, operation: 'pulls/create-review', fault: 403 });

    const run = await app.review(pull, 'failure');

    expect(pull.reviews).toEqual([]);
    expect(run.annotations).toHaveLength(2);
    expect(run.output.summary).toMatch(/There are no new comments, because `GitHub answered 403/);
  });

  it('is not tried for a head that was forced away in the meantime', async () => {
    const { repository, pull, path } = await openShop();
    const { headSha: old } = pull;
    const force = () =>
      pushTo(app.github.world, pull, { on: 'main', files: { 'app.py': `${head}\nx = 1\n` } });
    app.github.faults.next({ path, operation: 'pulls/create-review', fault: { meanwhile: force } });

    // The commit is none of the pull request's any more: GitHub refuses, and the newer push is reviewed instead.
    await app.review(pull, 'skipped');
    expect(pull.reviews).toEqual([]);
    accepted(await app.github.deliver('pull_request', 'synchronize', { pull, before: old }));
    await app.completedRun(repository, pull.headSha, 'failure');
    expect(pull.reviews.map(review => review.commitId)).toEqual([pull.headSha]);
  });
});

describe('reading a pull request', () => {
  it.each<[string, FaultKind]>([
    ['500', 500],
    ['502', 502],
    ['503', 503],
    ['a connection that breaks off', 'reset'],
  ])('goes on after %s', async (_, fault) => {
    const { pull, path } = await openShop();
    app.github.faults.next({ path, operation: 'pulls/list-files', fault });

    await app.review(pull, 'failure');
    expect(commentsOf(pull)).toHaveLength(2);
  });

  it('says nothing good on a list of files that was cut short', async () => {
    const { pull, path } = await openShop();
    app.github.faults.next({ path, operation: 'pulls/list-files', times: 3, fault: 'truncated' });

    await app.review(pull, 'neutral');
    app.github.faults.clear();
  });

  it('goes on when half of a query for files is lost', async () => {
    // No other test has these files, so that the cache does not know them.
    const repository = await app.addRepository({ files: { 'lost.py': `${base}x = 1\n` } });
    const files = { 'lost.py': `${head}x = 1\n` };
    const pull = await openPullRequest(app.github.world, repository, { files });
    app.github.faults.next({ operation: 'graphql Files', fault: 502 });

    await app.review(pull, 'failure');
    expect(commentsOf(pull)).toHaveLength(2);
  });

  it.each<[string, FaultKind]>([
    ['the primary rate limit', 'rate-limited'],
    ['a secondary rate limit', 'secondary'],
    ['429', 429],
  ])('waits when GitHub asks for a pause: %s', async (_, fault) => {
    const { repository, pull, path } = await openShop();
    const { login } = repository.owner;
    app.github.faults.next({ body: `"${login}"`, operation: 'graphql Overview', fault });

    accepted(await app.github.deliver('pull_request', 'opened', { pull }));
    await app.github.until(
      'the refusal',
      () => app.github.log.entries.some(one => one.fault === String(fault)),
      30_000,
    );

    const asked = app.github.log.entries.filter(one => one.path.startsWith(path));
    expect(asked).toEqual([]);
    expect(askedInQueries(login).map(one => one.operation)).toEqual(['graphql Overview']);
  });
});

describe('where less is granted', () => {
  it('than to write reviews, the check run has the findings and says which permission lacks', async () => {
    const { repository, pull } = await openShop();
    installApp(app.github.world, repository.owner, {
      checks: 'write',
      contents: 'read',
      pull_requests: 'read',
    });

    const run = await app.review(pull, 'failure');

    expect(pull.reviews).toEqual([]);
    expect(run.annotations).toHaveLength(2);
    expect(run.output.summary).toContain('it takes pull_requests: write');
  });

  it('than everything, and nothing at all can be done, it is left at that', async () => {
    const { repository, pull } = await openShop();
    installApp(app.github.world, repository.owner, {});

    accepted(await app.github.deliver('pull_request', 'opened', { pull }));
    const { login } = repository.owner;
    await app.github.until('the refusal', () => askedInQueries(login)[0], 30_000);
    expect(pull.reviews).toEqual([]);
  });
});

it('a pull request that is gone is left at that', async () => {
  const { repository, pull, path } = await openShop();
  repository.conversations.delete(pull.number);

  accepted(await app.github.deliver('pull_request', 'opened', { pull }));
  const { login } = repository.owner;
  await app.github.until('the answer', () => askedInQueries(login).find(one => one.status !== null), 30_000);
  expect(app.github.log.entries.filter(one => one.path.startsWith(path))).toEqual([]);
});
