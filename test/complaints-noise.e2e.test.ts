/*
 * What people complain about in other review bots: too many comments, and too many requests.
 * Each test names the complaint, and where it was made.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { githubSecondaryLimits } from './github/http/secondary-limits.ts';
import type { Repository } from './github/state/model.ts';
import { type AppUnderTest, commentsOf, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';
import { beginLife, everything } from './support/pull-request-life.ts';
import { base, manyMistakes, mistakes, withBodies } from './support/waiting-functions.ts';

vi.setConfig(e2eTimeouts);

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest({ permissions: everything, secondaryLimits: githubSecondaryLimits });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
  expect(app.github.faults.pending).toEqual([]);
});

const { poll, wait } = mistakes;

const reviewsAsked = (repository: Repository) =>
  app.github.log.of('pulls/create-review').filter(one => one.path.includes(`/${repository.owner.login}/`));

describe('too many comments (houndci/hound#1262, markstory/lint-review#9, context-labs/loupe#41)', () => {
  async function openWith(settings: string, count: number) {
    const life = await beginLife(app, {
      base: { 'app.py': 'import time\n', '.github/loopwarden.yml': settings },
      head: { 'app.py': manyMistakes(count) },
    });
    await life.opened();
    return life;
  }

  it('complaint: hundreds of messages, the important ones lost among them', async () => {
    const { pull, repository } = await openWith('', 120);

    const [run] = repository.checkSuites.flatMap(({ runs }) => runs);
    expect(commentsOf(pull)).toHaveLength(20);
    expect(commentsOf(pull).every(({ thread }) => thread.diffHunk.includes('time.sleep'))).toBe(true);
    await app.github.until('all annotations', () => run?.annotations.length === 100);
    expect(pull.reviews).toHaveLength(1);
  });

  it('complaint: the next hundred come with the next push', async () => {
    const life = await openWith('', 120);
    await life.pushed({ files: { 'b.py': 'b = 1\n' } });

    expect(commentsOf(life.pull)).toHaveLength(20);
  });

  it('complaint: so many at once that GitHub refuses them all, as "submitted too quickly" (src-d/lookout#264)', async () => {
    const { pull } = await openWith('comments: {max: 500}\n', 120);

    expect(commentsOf(pull)).toHaveLength(30);
    expect(pull.reviews).toHaveLength(1);
  });

  it('complaint: on installed code that was committed', async () => {
    const head = { 'lib/site-packages/x.py': manyMistakes(4), 'node_modules/y.py': manyMistakes(4) };
    const life = await beginLife(app, {
      base: { 'app.py': base },
      head: { ...head, 'z.py': withBodies({ poll }) },
    });
    await life.opened();

    life.shows(`
      failure: 1 error
      time.sleep(1): open
    `);
  });

  it('complaint: nothing to turn them down with', async () => {
    const { pull } = await openWith('comments: {min-severity: error}\n', 12);
    expect(commentsOf(pull)).toHaveLength(6);

    const silent = await openWith('comments: {max: 0}\n', 2);
    silent.shows(`
      failure: 1 error and 1 warning
      annotated: app.py:14
      annotated: app.py:10
    `);
  });
});

describe('secondary rate limits (prontolabs/pronto#133, anc95/ChatGPT-CodeReview#201)', () => {
  it('complaint: a request for each comment', async () => {
    const life = await beginLife(app, {
      base: { 'app.py': base },
      head: { 'app.py': withBodies(mistakes) },
    });
    await life.opened();

    expect(commentsOf(life.pull)).toHaveLength(5);
    expect(reviewsAsked(life.repository)).toHaveLength(1);
  });

  it('complaint: who is told to wait asks again at once (alibaba/open-code-review#158)', async () => {
    const life = await beginLife(app, { base: { 'app.py': base }, head: { 'app.py': withBodies({ poll }) } });
    const retryAfter = 3;
    app.github.faults.next({
      path: `/${life.repository.owner.login}/`,
      operation: 'pulls/create-review',
      fault: 'secondary',
      retryAfter,
    });
    await life.opened();
    await app.github.until('the review', () => life.pull.reviews[0], 60_000);

    const [refused, posted] = reviewsAsked(life.repository);
    expect((posted?.startedAt ?? 0) - (refused?.startedAt ?? 0)).toBeGreaterThanOrEqual(retryAfter * 1000);
    expect(reviewsAsked(life.repository)).toHaveLength(2);
    expect(commentsOf(life.pull)).toHaveLength(1);
  });
});

describe('double posting after 5xx (src-d/lookout#264)', () => {
  it('complaint: 32 comments were there although the answer was a 502, and came again', async () => {
    const life = await beginLife(app, {
      base: { 'app.py': base },
      head: { 'app.py': withBodies({ poll, wait }) },
    });
    app.github.faults.next({
      path: `/${life.repository.owner.login}/`,
      operation: 'pulls/create-review',
      fault: '502-after-effect',
    });
    await life.opened();

    life.shows(`
      failure: 2 errors
      time.sleep(1): open
      time.sleep(2): open
    `);
    expect(reviewsAsked(life.repository)).toHaveLength(1);
  });
});
