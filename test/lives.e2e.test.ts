import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type AppUnderTest, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';
import { beginLife, everything, textAt } from './support/pull-request-life.ts';
import { base, mistakes, withBodies } from './support/waiting-functions.ts';

vi.setConfig(e2eTimeouts);

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest({ permissions: everything });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
});

it('a life with everything in it, where the App may commit', async () => {
  const life = await beginLife(app, { base: { 'app.py': base }, head: { 'app.py': withBodies(mistakes) } });

  await life.opened();
  life.shows(`
    failure: 5 errors
    time.sleep(1): open
    time.sleep(2): open
    time.sleep(3): open
    asyncio.sleep(4): open
    time.sleep(5): open
  `);

  const { poll: _, ...partlyFixed } = mistakes;
  await life.pushed({ files: { 'app.py': withBodies(partlyFixed) } });
  life.shows(`
    failure: 4 errors (0 new, 4 still there, 1 mended)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): open
    time.sleep(3): open
    asyncio.sleep(4): open
    time.sleep(5): open
  `);

  life.resolved('time.sleep(2)', 'mary');
  await life.ranAgain();
  life.shows(`
    failure: 4 errors (0 new, 4 still there, 1 mended)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): resolved by mary
    time.sleep(3): open
    asyncio.sleep(4): open
    time.sleep(5): open
  `);

  await life.answered('time.sleep(3)', 'mary', '/loopwarden ignore the loop is not running yet', {
    review: true,
  });
  life.shows(`
    failure: 3 errors (0 new, 3 still there, 1 mended, 1 ignored by mary)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): resolved by mary
    time.sleep(3): resolved by loopwarden[bot] | mary: /loopwarden ignore the loop is not running yet 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): open
  `);

  await life.pushed({ on: 'main', files: { 'app.py': `"""Rebased."""\n${withBodies(partlyFixed)}` } });
  life.shows(`
    failure: 3 errors (0 new, 3 still there, 1 mended, 1 ignored by mary)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): resolved by mary
    time.sleep(3): resolved by loopwarden[bot] | mary: /loopwarden ignore the loop is not running yet 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): open
  `);

  await life.pushed({ renames: { 'app.py': 'service.py' } });
  life.shows(`
    failure: 3 errors (0 new, 3 still there, 1 mended, 1 ignored by mary)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): resolved by mary
    time.sleep(3): resolved by loopwarden[bot] | mary: /loopwarden ignore the loop is not running yet 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): open
  `);

  await life.madeDraft();
  life.shows(`
    skipped: Not reviewed
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): resolved by mary
    time.sleep(3): resolved by loopwarden[bot] | mary: /loopwarden ignore the loop is not running yet 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): open
  `);

  await life.pushed({ files: { 'service.py': withBodies({ ...partlyFixed, poll: 'time.sleep(6)' }) } });
  await life.madeReady();
  life.shows(`
    failure: 4 errors (1 new, 3 still there, 1 mended, 1 ignored by mary)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): resolved by mary
    time.sleep(3): resolved by loopwarden[bot] | mary: /loopwarden ignore the loop is not running yet 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): open
    time.sleep(6): open
  `);

  await life.committedSuggestion('time.sleep(6)', 'mary');
  life.shows(`
    failure: 3 errors (0 new, 3 still there, 2 mended, 1 ignored by mary)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): resolved by mary
    time.sleep(3): resolved by loopwarden[bot] | mary: /loopwarden ignore the loop is not running yet 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): open
    time.sleep(6): resolved by mary
  `);

  await life.said('mary', '/loopwarden fix', { reply: true, commit: true });
  const fixed = `
    success: No async mistakes left (0 new, 0 still there, 5 mended, 1 ignored by mary)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): resolved by mary
    time.sleep(3): resolved by loopwarden[bot] | mary: /loopwarden ignore the loop is not running yet 👀🚀
    asyncio.sleep(4): resolved by loopwarden[bot]
    time.sleep(5): resolved by loopwarden[bot]
    time.sleep(6): resolved by mary
    mary: /loopwarden fix 👀🚀
    loopwarden[bot]: Fixed 3 findings in commit 7.
  `;
  life.shows(fixed);
  expect(await textAt(life.pull, 'service.py')).toBe(
    withBodies({
      poll: 'await asyncio.sleep(6)',
      wait: 'await asyncio.sleep(2)',
      refresh: 'time.sleep(3)',
      pause: 'await asyncio.sleep(4)',
      back_off: 'await asyncio.sleep(5)',
    }),
  );

  const { output } = await life.queued();
  expect(output.title).toBe('Reviewed in the pull requests');
  life.shows(fixed);

  await life.merged('mary');
  life.shows(fixed);
});
