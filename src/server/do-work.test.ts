import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { answerBlobs, blobId } from '../../test/support/graphql-blobs.ts';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { answerOverview } from '../../test/support/overview.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { GitHubError } from '../errors.ts';
import { createMemoryBlobCache } from '../github/blob-cache.ts';
import { createGitHubClient } from '../github/github-client.ts';
import { silentLog } from '../jobs/log.ts';
import { createMemoryQueue } from '../jobs/memory-queue.ts';
import type { Job } from '../jobs/queue.ts';
import { doWork, giveUp } from './do-work.ts';
import { keyOf, type ReviewWork, type Work } from './work.ts';
import { createWorkMetrics } from './work-metrics.ts';
import type { Workshop } from './workshop.ts';

const place = { owner: 'acme', repo: 'shop', repositoryId: 42, installation: 5 };
const review: ReviewWork = { kind: 'review', place, number: 7 };
const signal = new AbortController().signal;
const jobOf = (work: Work): Job<Work> => ({ id: '1', key: keyOf(work), data: work, attempt: 0 });

function setUp() {
  const queue = createMemoryQueue<Work>(createFakeClock());
  const asked: { settings: EngineSettings; pages: string | undefined; paths: string[] }[] = [];
  const workshop: Workshop = {
    queue,
    clients: {
      clientFor: async () => createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 }),
      readerFor: async () => null,
      committerFor: async () => null,
    },
    shared: { othersOf: ({ owner, repo }) => ({ own: { owner, name: repo }, open: async () => null }) },
    identity: {
      get: async () => ({ login: 'lw[bot]', pages: 'https://lw.example/rules', asksToCommit: true }),
    },
    cache: createMemoryBlobCache(1_000_000),
    threads: {
      analyserFor: (settings, pages) => ({
        async analyse(files) {
          asked.push({ settings, pages, paths: files.map(file => file.path) });
          return files.map(({ path }) => ({ path, analysed: true, findings: [], errors: [] }));
        },
        signatures: async files => files.map(() => ({})),
      }),
      close: async () => {},
    },
    metrics: createWorkMetrics(queue),
    log: silentLog,
  };
  return { workshop, queue, asked };
}

/** Prepares GitHub's answer of the pull request, so often. */
function answerPull(times: number, parts: object = {}) {
  gitHub()
    .get('/repos/acme/shop/pulls/7')
    .times(times)
    .reply(200, {
      state: 'open',
      draft: false,
      labels: [],
      user: { login: 'ada', type: 'User' },
      head: { sha: 'head', ref: 'topic', repo: { id: 42 } },
      base: { sha: 'tip', repo: { id: 42 } },
      changed_files: 1,
      ...parts,
    });
}

/** Prepares the check run's beginning and its end, and gives what it ends with. */
function answerCheckRun() {
  const ends: { conclusion?: string; output?: { title?: string; summary?: string } }[] = [];
  gitHub().get('/repos/acme/shop/commits/head/check-runs').query(true).reply(200, { check_runs: [] });
  gitHub().post('/repos/acme/shop/check-runs').reply(201, { id: 99 });
  gitHub()
    .patch('/repos/acme/shop/check-runs/99')
    .reply(200, (_uri, body) => {
      ends.push(body as object);
      return { id: 99 };
    });
  return ends;
}

describe('a review', () => {
  it('is made by the settings of the base, and links to the pages of this server', async () => {
    const { workshop, asked } = setUp();
    const ends = answerCheckRun();
    answerPull(1);
    const base = {
      'tip:pyproject.toml': '[project]\nrequires-python = ">=3.12"\n[tool.loopwarden]\npreset = "strict"\n',
    };
    answerOverview({ files: base });
    gitHub()
      .post('/graphql')
      .reply(answerBlobs({ 'head:a.py': 'x = 1\n' }));
    gitHub()
      .get('/repos/acme/shop/pulls/7/files')
      .query(true)
      .reply(200, [
        {
          filename: 'a.py',
          sha: blobId('x = 1\n'),
          status: 'added',
          changes: 1,
          patch: '@@ -0,0 +1 @@\n+x = 1',
        },
      ]);
    gitHub()
      .get('/repos/acme/shop/compare/tip...head')
      .query(true)
      .reply(200, { merge_base_commit: { sha: 'fork' } });
    gitHub()
      .get('/repos/acme/shop/git/trees/head')
      .query({ recursive: '1' })
      .reply(200, {
        truncated: false,
        tree: [{ path: 'a.py', mode: '100644', type: 'blob', sha: blobId('x = 1\n') }],
      });

    await doWork(workshop, jobOf(review), signal);

    expect(ends).toMatchObject([{ conclusion: 'success' }]);
    expect(asked[0]).toMatchObject({
      settings: { preset: 'strict', targetVersion: { major: 3, minor: 12 } },
      pages: 'https://lw.example/rules',
      paths: ['a.py'],
    });
  });

  it('is left to a newer job', async () => {
    const { workshop, queue, asked } = setUp();
    const ends = answerCheckRun();
    answerOverview({ pull: { changedFiles: 0 } });
    gitHub()
      .get('/repos/acme/shop/compare/tip...head')
      .query(true)
      .reply(200, { merge_base_commit: { sha: 'fork' } });
    await queue.enqueue(keyOf(review), review);

    await doWork(workshop, jobOf(review), signal);

    expect(ends).toMatchObject([{ conclusion: 'skipped', output: { title: 'Superseded' } }]);
    expect(asked).toEqual([]);
  });

  it('fails, to be tried again, when GitHub does', async () => {
    const { workshop } = setUp();
    gitHub().post('/graphql').reply(503, { message: 'unavailable' });

    await expect(doWork(workshop, jobOf(review), signal)).rejects.toMatchObject({ retry: 'later' });
  });

  it('that was given up says so in its check run', async () => {
    const { workshop } = setUp();
    const ends = answerCheckRun();
    answerPull(1);

    await giveUp(workshop, review, new GitHubError('server', 'GitHub answered 502 to GET /x: sorry'));

    expect(ends).toMatchObject([{ conclusion: 'neutral', output: { title: 'Not reviewed' } }]);
    expect(ends[0]?.output?.summary).toContain('GitHub answered 502 to GET /x: sorry');
  });

  it('that was given up because of a bug does not tell the world which', async () => {
    const { workshop } = setUp();
    const ends = answerCheckRun();
    answerPull(1);

    await giveUp(workshop, review, new TypeError('token is undefined'));

    expect(ends[0]?.output?.summary).not.toContain('undefined');
  });
});

describe('checks that are to be run again', () => {
  it('bring a review of each pull request with that head', async () => {
    const { workshop, queue } = setUp();
    gitHub()
      .get('/repos/acme/shop/commits/abc/pulls')
      .query(true)
      .reply(
        200,
        [7, 8].map(number => ({ number, state: 'open', head: { sha: 'abc' } })),
      );

    await doWork(workshop, jobOf({ kind: 'rerun', place, head: 'abc' }), signal);

    expect(await queue.hasWaiting('review acme/shop#7')).toBe(true);
    expect(await queue.hasWaiting('review acme/shop#8')).toBe(true);
  });
});

describe('checks after a push', () => {
  const work: Work = { kind: 'rerun', place, head: 'abc', unlessDone: true };
  const answerPulls = () =>
    gitHub()
      .get('/repos/acme/shop/commits/abc/pulls')
      .query(true)
      .reply(200, [{ number: 7, state: 'open', head: { sha: 'abc' } }]);
  const answerRuns = (check_runs: readonly object[]) =>
    gitHub().get('/repos/acme/shop/commits/abc/check-runs').query(true).reply(200, { check_runs });

  it.each([
    ['there is none yet', [], true],
    ['one is under way', [{ id: 1, status: 'in_progress', external_id: '7' }], false],
    ['one is done', [{ id: 1, status: 'completed', external_id: '7' }], false],
  ])('bring a review only where %s', async (_when, runs, expected) => {
    const { workshop, queue } = setUp();
    answerPulls();
    answerRuns(runs);

    await doWork(workshop, jobOf(work), signal);

    expect(await queue.hasWaiting(keyOf(review))).toBe(expected);
  });

  it('ask no more where there is no pull request', async () => {
    const { workshop } = setUp();
    gitHub().get('/repos/acme/shop/commits/abc/pulls').query(true).reply(200, []);

    await expect(doWork(workshop, jobOf(work), signal)).resolves.toBeUndefined();
  });
});

describe('a label', () => {
  const base = { 'tip:.github/loopwarden.yml': 'labels-to-skip: [wip]\n' };

  it.each([
    ['wip', true],
    ['bug', false],
  ])('brings a review where it decides about one: %s', async (label, expected) => {
    const { workshop, queue } = setUp();
    answerOverview({ files: base });

    await doWork(workshop, jobOf({ kind: 'label', place, number: 7, label }), signal);

    expect(await queue.hasWaiting(keyOf(review))).toBe(expected);
  });
});

describe('a pull request that was closed', () => {
  const closed: Work = { kind: 'close', place, number: 7 };

  it('takes the place of a review that waits', async () => {
    const { queue } = setUp();
    await queue.enqueue(keyOf(review), review);
    await queue.enqueue(keyOf(closed), closed);

    expect((await queue.take(1000))?.data).toEqual(closed);
    expect(await queue.take(1000)).toBeNull();
  });

  it('leaves no check open', async () => {
    const { workshop } = setUp();
    answerOverview({ pull: { state: 'CLOSED' } });
    gitHub()
      .get('/repos/acme/shop/commits/head/check-runs')
      .query(true)
      .reply(200, { check_runs: [{ id: 99, status: 'in_progress', external_id: '7' }] });
    const completed = gitHub()
      .patch('/repos/acme/shop/check-runs/99', body => body.conclusion === 'skipped')
      .reply(200, { id: 99 });

    await doWork(workshop, jobOf(closed), signal);

    expect(completed.isDone()).toBe(true);
  });
});

describe('a command', () => {
  it('brings a review', async () => {
    const { workshop, queue } = setUp();
    gitHub().post('/repos/acme/shop/issues/comments/31/reactions', { content: 'eyes' }).reply(201, {});
    gitHub().post('/repos/acme/shop/issues/comments/31/reactions', { content: 'rocket' }).reply(201, {});
    const work: Work = {
      kind: 'command',
      place,
      number: 7,
      comment: { id: 31, thread: null },
      commands: [{ name: 'review', argument: '' }],
      commander: { login: 'ada', isAuthor: true, association: 'NONE' },
      isOpen: true,
      isPrivate: false,
    };

    await doWork(workshop, jobOf(work), signal);

    expect(await queue.hasWaiting('review acme/shop#7')).toBe(true);
  });

  it('that was given up is answered with a shake of the head and the reason', async () => {
    const { workshop } = setUp();
    const said: unknown[] = [];
    gitHub()
      .post('/repos/acme/shop/pulls/comments/32/reactions', { content: 'confused' })
      .reply(201, {})
      .post('/repos/acme/shop/pulls/7/comments/30/replies')
      .reply(201, (_uri, body) => {
        said.push(body);
        return {};
      });
    const work: Work = {
      kind: 'command',
      place,
      number: 7,
      comment: { id: 32, thread: 30 },
      commands: [{ name: 'fix', argument: '' }],
      commander: { login: 'ada', isAuthor: true, association: 'NONE' },
      isOpen: true,
      isPrivate: false,
    };

    await giveUp(workshop, work, new GitHubError('server', 'GitHub answered 502 to GET /x: sorry'));

    expect(said).toEqual([
      {
        body: 'That failed, and will not be tried again by itself. GitHub answered 502 to GET /x: sorry',
      },
    ]);
  });
});
