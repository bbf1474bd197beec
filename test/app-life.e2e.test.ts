import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accountOf } from './github/state/accounts.ts';
import { checkRunsOf } from './github/state/check-runs.ts';
import { addReaction } from './github/state/conversations.ts';
import { installApp } from './github/state/installations.ts';
import type { CheckRun, Conclusion, PullRequest, Repository, ReviewThread } from './github/state/model.ts';
import { openPullRequest, pushTo } from './github/state/pull-requests.ts';
import { replyTo } from './github/state/reviews.ts';
import { expireTokens } from './github/state/tokens.ts';
import {
  type AppUnderTest,
  accepted,
  commentsOf,
  e2eTimeouts,
  startAppUnderTest,
} from './support/app-under-test.ts';

vi.setConfig(e2eTimeouts);

const permissions = { checks: 'write', contents: 'write', issues: 'write', pull_requests: 'write' } as const;

const base =
  'import asyncio\nimport time\n\n\nasync def first():\n    pass\n\n\nasync def second():\n    pass\n';
const first = (text: string) => text.replace('first():\n    pass', 'first():\n    time.sleep(1)');
const second = (text: string) => text.replace('second():\n    pass', 'second():\n    time.sleep(2)');
const both = first(second(base));
const twice = first(base).replace('time.sleep(1)', 'time.sleep(1); time.sleep(2)');

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest({ permissions: { ...permissions, members: 'read' } });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
  expect(app.github.faults.pending).toEqual([]);
});

interface Shop {
  readonly repository: Repository;
  readonly pull: PullRequest;
}

/** A pull request that was reviewed, with a thread on each of its two mistakes. */
async function openReviewed(granted = permissions as Record<string, 'read' | 'write'>): Promise<Shop> {
  const repository = await app.addRepository({
    files: { 'app.py': base },
    collaborators: { mary: 'write', rita: 'read' },
  });
  installApp(app.github.world, repository.owner, granted);
  const pull = await openPullRequest(app.github.world, repository, {
    files: { 'app.py': both },
    author: 'ada',
  });
  await app.review(pull, 'failure');
  expect(pull.threads).toHaveLength(2);
  return { repository, pull };
}

async function push(
  { repository, pull }: Shop,
  content: Parameters<typeof pushTo>[2],
  conclusion: Conclusion,
): Promise<CheckRun> {
  const before = await pushTo(app.github.world, pull, content);
  accepted(await app.github.deliver('pull_request', 'synchronize', { pull, before }));
  return app.completedRun(repository, pull.headSha, conclusion);
}

/** Has the head reviewed again: the `count`-th time. */
async function again({ repository, pull }: Shop, conclusion: Conclusion, count: number): Promise<CheckRun> {
  const run = checkRunsOf(repository).find(one => one.suite.headSha === pull.headSha);
  if (run === undefined) throw new Error('There is no check run.');
  accepted(await app.github.deliver('check_run', 'rerequested', { run }));
  return app.completedRun(repository, pull.headSha, conclusion, count);
}

const bot = 'loopwarden[bot]';
const resolvers = (pull: PullRequest) => pull.threads.map(thread => thread.resolvedBy?.login ?? null);
const hidden = (pull: PullRequest) =>
  pull.threads.map(({ comments: [comment] }) => comment?.minimized?.reason ?? null);

function threadAt(pull: PullRequest, index: number): ReviewThread {
  const thread = pull.threads[index];
  if (thread === undefined) throw new Error(`There is no thread ${index}.`);
  return thread;
}

function answer(thread: ReviewThread, login: string, body: string) {
  return replyTo(app.github.world, thread, accountOf(app.github.world, login), body);
}

describe('what is mended', () => {
  it('has its thread resolved, and the check run tells the present state', async () => {
    const shop = await openReviewed();
    const run = await push(shop, { files: { 'app.py': second(base) } }, 'failure');

    expect(resolvers(shop.pull)).toEqual([bot, null]);
    expect(run.output.summary).toContain('0 new, 1 still there, 1 mended');
    expect(commentsOf(shop.pull)).toHaveLength(2);

    const last = await push(shop, { files: { 'app.py': base, 'b.py': 'b = 1\n' } }, 'success');
    expect(resolvers(shop.pull)).toEqual([bot, bot]);
    expect(last.output.title).toBe('No async mistakes left');
    expect(last.output.summary).toContain('0 new, 0 still there, 2 mended');
  });

  it('has its comment hidden as resolved where we may not resolve threads', async () => {
    const shop = await openReviewed({ ...permissions, contents: 'read' });
    await push(shop, { files: { 'app.py': second(base) } }, 'failure');

    expect(hidden(shop.pull)).toEqual(['RESOLVED', null]);
    expect(resolvers(shop.pull)).toEqual([null, null]);
    expect(app.github.log.of('graphql ResolveReviewThread').filter(one => one.status === 403)).toEqual([]);
  });

  it('is left to the people who talk about it, with one short note', async () => {
    const shop = await openReviewed();
    answer(threadAt(shop.pull, 0), 'rita', 'Is that really so bad?');
    await push(shop, { files: { 'app.py': second(base) } }, 'failure');
    const note = `No longer found at ${shop.pull.headSha.slice(0, 7)}.`;
    await push(shop, { files: { 'app.py': `${second(base)}\nx = 1\n` } }, 'failure');

    expect(resolvers(shop.pull)).toEqual([null, null]);
    expect(threadAt(shop.pull, 0).comments.map(({ body }) => body.split('\n')[0])).toEqual([
      expect.stringContaining('time.sleep'),
      'Is that really so bad?',
      note,
    ]);
  });

  it('is no matter of talk where people have only given commands', async () => {
    const shop = await openReviewed();
    answer(threadAt(shop.pull, 0), 'mary', '/loopwarden fix');
    await push(shop, { files: { 'app.py': second(base) } }, 'failure');

    expect(resolvers(shop.pull)).toEqual([bot, null]);
  });

  it('and comes back, has its thread opened again and no second comment', async () => {
    const shop = await openReviewed();
    await push(shop, { files: { 'app.py': second(base) } }, 'failure');
    expect(resolvers(shop.pull)).toEqual([bot, null]);

    const run = await push(shop, { files: { 'app.py': both } }, 'failure');
    expect(resolvers(shop.pull)).toEqual([null, null]);
    expect(commentsOf(shop.pull)).toHaveLength(2);
    expect(run.output.summary).toContain('0 new, 2 still there, 0 mended');
  });

  it('and comes back where its comment was hidden, is annotated', async () => {
    const shop = await openReviewed({ ...permissions, contents: 'read' });
    await push(shop, { files: { 'app.py': second(base) } }, 'failure');

    const run = await push(shop, { files: { 'app.py': both } }, 'failure');
    expect(commentsOf(shop.pull)).toHaveLength(2);
    expect(run.annotations.map(one => one.start_line)).toEqual([6]);
  });

  it('is not believed of a file that could not be looked at', async () => {
    const shop = await openReviewed();
    const broken = `${second(base)}\n\ndef broken(:\n    pass\n`;
    await push(shop, { files: { 'app.py': broken } }, 'failure');

    expect(resolvers(shop.pull)).toEqual([null, null]);
  });
});

describe('what a person resolved', () => {
  it('stays so, and is not said again', async () => {
    const shop = await openReviewed();
    threadAt(shop.pull, 0).resolvedBy = accountOf(app.github.world, 'mary');
    const run = await push(shop, { files: { 'app.py': `${both}\nx = 1\n` } }, 'failure');

    expect(resolvers(shop.pull)).toEqual(['mary', null]);
    expect(commentsOf(shop.pull)).toHaveLength(2);
    expect(run.annotations).toEqual([]);
  });

  it('is still said when a hundred threads of others stand before it', async () => {
    const shop = await openReviewed();
    const own = shop.pull.threads.splice(0);
    const noise = threadAt({ ...shop.pull, threads: own }, 0);
    for (let index = 0; index < 120; index++) {
      shop.pull.threads.push({ ...noise, id: 900_000 + index, comments: [] } as ReviewThread);
    }
    shop.pull.threads.push(...own);
    await push(shop, { files: { 'app.py': `${both}\nx = 1\n` } }, 'failure');

    expect(commentsOf(shop.pull)).toHaveLength(2);
  });
});

describe('what has moved', () => {
  it.each<[string, Parameters<typeof pushTo>[2]]>([
    [
      'down and into a block',
      { files: { 'app.py': both.replace('    time.sleep(1)', '    if True:\n        time.sleep(1)') } },
    ],
    ['to a file of another name', { files: { 'service.py': both }, renames: { 'app.py': 'service.py' } }],
    ['into a function of another name', { files: { 'app.py': both.replace('first', 'begin') } }],
    [
      'into a function of another name, and into a block',
      {
        files: {
          'app.py': both
            .replace('first', 'begin')
            .replace('    time.sleep(1)', '    if True:\n        time.sleep(1)'),
        },
      },
    ],
    [
      'to a file and into functions of other names',
      {
        files: { 'service.py': both.replace('first', 'begin').replace('second', 'go_on'), 'app.py': null },
      },
    ],
    ['with a force push', { on: 'main', files: { 'app.py': `"""Rebased."""\n${both}` } }],
  ])('is not said again: %s', async (_where, content) => {
    const shop = await openReviewed();
    const run = await push(shop, content, 'failure');

    expect(commentsOf(shop.pull)).toHaveLength(2);
    expect(resolvers(shop.pull)).toEqual([null, null]);
    expect(run.output.summary).toContain('0 new, 2 still there, 0 mended');
  });

  it.each<[string, Parameters<typeof pushTo>[2]]>([
    ['to a file of another name', { renames: { 'app.py': 'service.py' } }],
    [
      'to a file and into a function of other names',
      { files: { 'service.py': twice.replace('first', 'begin'), 'app.py': null } },
    ],
  ])('is not said again where one comment tells of two on its line: %s', async (_where, content) => {
    const repository = await app.addRepository({ files: { 'app.py': base } });
    const pull = await openPullRequest(app.github.world, repository, { files: { 'app.py': twice } });
    await app.review(pull, 'failure');

    const run = await push({ repository, pull }, content, 'failure');

    expect(run.output.summary).toContain('0 new, 2 still there, 0 mended');
    expect(commentsOf(pull)).toHaveLength(1);
  });

  it('out of a file that was removed brings nothing new', async () => {
    const repository = await app.addRepository({ files: { 'old.py': both } });
    const pull = await openPullRequest(app.github.world, repository, {
      files: {
        'old.py': null,
        'a.py': first(base),
        'b.py': 'import time\n\n\nasync def second():\n    time.sleep(2)\n',
      },
    });
    await app.review(pull, 'success');

    expect(pull.threads).toEqual([]);
  });
});

describe('what was silenced', () => {
  it('is counted, its thread is resolved, and it comes back with the comment gone', async () => {
    const shop = await openReviewed();
    const silence = answer(threadAt(shop.pull, 0), 'mary', '/loopwarden ignore it runs before the loop');
    const run = await again(shop, 'failure', 2);
    expect(run.output.summary).toContain('0 new, 1 still there, 0 mended, 1 ignored by mary');
    expect(resolvers(shop.pull)).toEqual([bot, null]);

    silence.thread.comments.pop();
    await again(shop, 'failure', 3);
    expect(resolvers(shop.pull)).toEqual([null, null]);
  });

  it('by somebody who may not, is not silenced', async () => {
    const shop = await openReviewed();
    answer(threadAt(shop.pull, 0), 'rita', '/loopwarden ignore');
    const run = await again(shop, 'failure', 2);

    expect(run.output.summary).toContain('0 new, 2 still there, 0 mended');
  });
});

describe('the most comments that there may be', () => {
  it('counts those that are there: no push brings the next ones until some are mended', async () => {
    const repository = await app.addRepository({
      files: { 'app.py': base, '.github/loopwarden.yml': 'comments:\n  max: 1\n' },
    });
    const pull = await openPullRequest(app.github.world, repository, { files: { 'app.py': both } });
    installApp(app.github.world, repository.owner, permissions);
    await app.review(pull, 'failure');
    expect(commentsOf(pull).map(comment => comment.thread.place.lines?.line)).toEqual([6]);

    const shop = { repository, pull };
    const run = await push(shop, { files: { 'app.py': `${both}\nx = 1\n` } }, 'failure');
    expect(commentsOf(pull)).toHaveLength(1);
    expect(run.annotations.map(one => one.start_line)).toEqual([10]);

    await push(shop, { files: { 'app.py': second(base) } }, 'failure');
    expect(resolvers(pull)[0]).toBe(bot);
    await again(shop, 'failure', 2);
    expect(commentsOf(pull).map(comment => comment.thread.place.lines?.line)).toEqual([6, 10]);
  });
});

it('a token that GitHub takes no more is replaced', async () => {
  const shop = await openReviewed();
  expireTokens(app.github.world);
  await push(shop, { files: { 'app.py': second(base) } }, 'failure');

  expect(resolvers(shop.pull)).toEqual([bot, null]);
});

it('counts what people think of its comments, each once', async () => {
  const shop = await openReviewed();
  const metrics = async () => (await fetch(`${app.url}/metrics`)).text();
  const judged = async (judgement: string) => {
    const line = `loopwarden_comments_judged_total{rule="blocking-sleep",judgement="${judgement}"} `;
    const found = (await metrics()).split('\n').find(one => one.startsWith(line));
    return Number(found?.slice(line.length) ?? 0);
  };
  const dismissed = await judged('dismissed');
  const [comment] = threadAt(shop.pull, 0).comments;
  if (comment) addReaction(app.github.world, comment, accountOf(app.github.world, 'rita'), '-1');
  threadAt(shop.pull, 1).resolvedBy = accountOf(app.github.world, 'mary');
  await again(shop, 'failure', 2);
  await again(shop, 'failure', 3);

  expect(await judged('thumbs_down')).toBe(1);
  expect(await judged('dismissed')).toBe(dismissed + 1);
  expect(await metrics()).toMatch(/^loopwarden_reviews_total\{outcome="reviewed"\} \d+$/m);
  expect(await metrics()).toMatch(/^loopwarden_job_duration_seconds_count\{kind="review"\} \d+$/m);
});
