import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type AppUnderTest, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';
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
});

it('a life where the App may not write contents: it hides what is mended, and does not commit', async () => {
  const life = await beginLife(app, {
    base: { 'app.py': base },
    head: { 'app.py': withBodies(mistakes) },
    permissions: { ...everything, contents: 'read' },
  });

  await life.opened();
  life.shows(`
    failure: 5 errors
    time.sleep(1): open
    time.sleep(2): open
    time.sleep(3): open
    asyncio.sleep(4): open
    time.sleep(5): open
  `);

  const { poll, ...partlyFixed } = mistakes;
  await life.pushed({ files: { 'app.py': withBodies(partlyFixed) } });
  life.resolved('time.sleep(2)', 'ada');
  await life.answered('time.sleep(3)', 'mary', '/loopwarden ignore', { review: true });
  const known = `
    failure: 3 errors (0 new, 3 still there, 1 mended, 1 ignored by mary)
    time.sleep(1): open, hidden as RESOLVED
    time.sleep(2): resolved by ada
    time.sleep(3): open, hidden as RESOLVED | mary: /loopwarden ignore 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): open
  `;
  life.shows(known);

  await life.pushed({ on: 'main', files: { 'app.py': `"""Rebased."""\n${withBodies(partlyFixed)}` } });
  life.shows(known);

  await life.said('mary', '/loopwarden fix', { reply: true });
  const refused = `
    mary: /loopwarden fix 👀😕
    loopwarden[bot]: Loopwarden may not commit here: it needs write access to contents, which whoever installed it can grant. Commit the suggestions in its comments instead, or run \`loopwarden check --fix app.py\` in a checkout of the branch and push.
  `;
  life.shows(known.trimEnd() + refused);

  await life.committedSuggestion('asyncio.sleep(4)', 'mary');
  await life.committedSuggestion('time.sleep(5)', 'mary', { resolving: false });
  life.shows(
    `
    failure: 1 error (0 new, 1 still there, 3 mended, 1 ignored by mary)
    time.sleep(1): open, hidden as RESOLVED
    time.sleep(2): resolved by ada
    time.sleep(3): open, hidden as RESOLVED | mary: /loopwarden ignore 👀🚀
    asyncio.sleep(4): resolved by mary
    time.sleep(5): open, hidden as RESOLVED`.trimEnd() + refused,
  );

  // What is back is seen again, although its comment is hidden and no second one is written.
  await life.pushed({ files: { 'app.py': withBodies({ poll, refresh: mistakes.refresh }) } });
  life.shows(
    `
    failure: 1 error (0 new, 1 still there, 3 mended, 1 ignored by mary)
    annotated: app.py:6
    time.sleep(1): open, hidden as RESOLVED
    time.sleep(2): resolved by ada
    time.sleep(3): open, hidden as RESOLVED | mary: /loopwarden ignore 👀🚀
    asyncio.sleep(4): resolved by mary
    time.sleep(5): open, hidden as RESOLVED`.trimEnd() + refused,
  );

  await life.closed();
  await life.pushed({ files: { 'app.py': withBodies({ refresh: mistakes.refresh }) } });
  life.shows(
    `
    skipped: Not reviewed
    time.sleep(1): open, hidden as RESOLVED
    time.sleep(2): resolved by ada
    time.sleep(3): open, hidden as RESOLVED | mary: /loopwarden ignore 👀🚀
    asyncio.sleep(4): resolved by mary
    time.sleep(5): open, hidden as RESOLVED`.trimEnd() + refused,
  );

  await life.reopenedByAda();
  life.shows(
    `
    success: No async mistakes left (0 new, 0 still there, 4 mended, 1 ignored by mary)
    time.sleep(1): open, hidden as RESOLVED
    time.sleep(2): resolved by ada
    time.sleep(3): open, hidden as RESOLVED | mary: /loopwarden ignore 👀🚀
    asyncio.sleep(4): resolved by mary
    time.sleep(5): open, hidden as RESOLVED`.trimEnd() + refused,
  );
});
