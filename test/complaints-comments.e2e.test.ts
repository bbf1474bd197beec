/*
 * What people complain about in other review bots: comments that fail, come again, or come at several places.
 * Each test names the complaint, and where it was made.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readMarker } from '../src/report/marker.ts';
import type { PullRequest, Repository, ReviewThread } from './github/state/model.ts';
import { type AppUnderTest, commentsOf, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';
import { beginLife, everything } from './support/pull-request-life.ts';
import { base, mistakes, withBodies } from './support/waiting-functions.ts';

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

const { poll, wait } = mistakes;

const reviewsAsked = (repository: Repository) =>
  app.github.log.of('pulls/create-review').filter(one => one.path.includes(`/${repository.owner.login}/`));

const linesOf = (pull: PullRequest) => commentsOf(pull).map(({ thread }) => thread.place.lines?.line);

describe('one comment outside of the diff fails the whole review (parkerbxyz/suggest-changes#28, pr-agent#592)', () => {
  it('complaint: a finding far from the changed lines takes the other comments with it', async () => {
    const far = 'x = 1\n'.repeat(50);
    const life = await beginLife(app, {
      base: { 'app.py': `from asyncio import sleep\n${far}\n\nasync def f():\n    sleep(1)\n` },
      head: {
        'app.py': `from time import sleep\n${far}\n\nasync def f():\n    sleep(1)\n`,
        'b.py': withBodies({ poll }),
      },
    });
    await life.opened();

    life.shows(`
      failure: 2 errors
      annotated: app.py:55
      time.sleep(1): open
    `);
  });

  it('complaint: a finding in a file without a diff takes the other comments with it', async () => {
    const life = await beginLife(app, {
      base: {
        'a.py': 'def load():\n    pass\n',
        'b.py': 'from a import load\n\n\nasync def f():\n    load()\n',
      },
      head: { 'a.py': 'async def load():\n    pass\n' },
    });
    await life.opened();

    life.shows(`
      failure: 1 error
      annotated: b.py:5
      async def load():: open
    `);
  });

  it('complaint: the refused review is sent again and again, and its findings are lost', async () => {
    const { repository, pull, ...life } = await beginLife(app, {
      base: { 'app.py': base },
      head: { 'app.py': withBodies({ poll, wait }) },
    });
    app.github.faults.next({
      path: `/${repository.owner.login}/`,
      operation: 'pulls/create-review',
      fault: 422,
    });
    await life.opened();

    expect(reviewsAsked(repository)).toHaveLength(1);
    expect(pull.reviews).toEqual([]);
    life.shows(`
      failure: 2 errors
      annotated: app.py:6
      annotated: app.py:10
    `);
  });
});

describe('the same finding again on every push (astubbs/parallel-consumer#321, lightningnetwork/lnd#10553)', () => {
  const twoOpen = `
    failure: 2 errors (0 new, 2 still there, 0 mended)
    time.sleep(1): open
    time.sleep(2): open
  `;

  async function twoFindings() {
    const life = await beginLife(app, {
      base: { 'app.py': base },
      head: { 'app.py': withBodies({ poll, wait }) },
    });
    await life.opened();
    return life;
  }

  it('complaint: 25 threads, 24 of them identical, after as many pushes', async () => {
    const life = await twoFindings();
    for (const words of ['One', 'Two', 'Three']) {
      await life.pushed({
        files: { 'app.py': `"""${words}.\n\nMore.\n"""\n\n${withBodies({ poll, wait })}` },
      });
    }

    life.shows(twoOpen);
    expect(life.pull.reviews).toHaveLength(1);
  });

  it('complaint: what a person has resolved is said again (base/base#713)', async () => {
    const life = await twoFindings();
    life.resolved('time.sleep(1)', 'ada');
    await life.pushed({ files: { 'b.py': 'b = 1\n' } });

    life.shows(`
      failure: 2 errors (0 new, 2 still there, 0 mended)
      time.sleep(1): resolved by ada
      time.sleep(2): open
    `);
  });

  it('complaint: it is known by its words, and these have changed (MattJColes/lgtmaybe#275)', async () => {
    const life = await twoFindings();
    for (const comment of commentsOf(life.pull)) {
      comment.body = `An older version said it in another way.\n\n${comment.body.split('\n').at(-1)}`;
    }
    await life.pushed({ files: { 'b.py': 'b = 1\n' } });

    life.shows(twoOpen);
  });

  it('complaint: only the first page of threads is read (max-sixty/tend#552)', async () => {
    const life = await twoFindings();
    const own = life.pull.threads.splice(0);
    for (let id = 0; id < 130; id++) {
      life.pull.threads.push({ ...own[0], id: 800_000 + id, comments: [] } as unknown as ReviewThread);
    }
    life.pull.threads.push(...own);
    await life.pushed({ files: { 'b.py': 'b = 1\n' } });

    expect(commentsOf(life.pull)).toHaveLength(2);
  });

  it('complaint: also twice in one run (alibaba/open-code-review#1359)', async () => {
    const again = 'if True:\n        time.sleep(1)\n    else:\n        time.sleep(1)';
    const life = await beginLife(app, {
      base: { 'app.py': base },
      head: { 'app.py': withBodies({ poll: again }) },
    });
    await life.opened();

    // The same words at two places are two findings; neither has two comments.
    expect(linesOf(life.pull)).toEqual([7, 9]);
    const markers = commentsOf(life.pull).flatMap(({ body }) => readMarker(body));
    expect(new Set(markers).size).toBe(2);
  });
});

describe('dedupe misses one surface (getplumber/plumber#321, devops-thiago/ThrillhouseBot#588)', () => {
  it('complaint: the same thing in a comment, an annotation and the summary', async () => {
    const life = await beginLife(app, {
      base: { 'app.py': base, '.github/loopwarden.yml': 'comments: {max: 1}\n' },
      head: { 'app.py': withBodies({ poll, wait }) },
    });
    await life.opened();
    life.shows(`
      failure: 2 errors
      annotated: app.py:10
      time.sleep(1): open
    `);

    await life.ranAgain();
    life.shows(`
      failure: 2 errors (0 new, 1 still there, 0 mended)
      annotated: app.py:10
      time.sleep(1): open
    `);
    expect(life.pull.reviews[0]?.body).not.toContain('blocks the event loop');
    expect(life.pull.comments).toEqual([]);
  });
});
