import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { deleteFork } from './github/state/pull-requests.ts';
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

it('a life in a fork: all but the commits of the App', async () => {
  const life = await beginLife(app, {
    base: { 'app.py': base },
    head: { 'app.py': withBodies(mistakes) },
    fromFork: true,
    draft: true,
  });

  await life.opened();
  life.shows(`
    skipped: Not reviewed
  `);

  await life.madeReady();
  life.shows(`
    failure: 5 errors
    time.sleep(1): open
    time.sleep(2): open
    time.sleep(3): open
    asyncio.sleep(4): open
    time.sleep(5): open
  `);

  // Ada wrote it, and may not silence it.
  await life.answered('time.sleep(3)', 'ada', '/loopwarden ignore', { reply: true });
  await life.answered('time.sleep(3)', 'mary', '/loopwarden ignore', { review: true });
  await life.said('ada', '/loopwarden fix', { reply: true });
  await life.said('mary', '/loopwarden fix', { reply: true });
  life.shows(`
    failure: 4 errors (0 new, 4 still there, 0 mended, 1 ignored by mary)
    time.sleep(1): open
    time.sleep(2): open
    time.sleep(3): resolved by loopwarden[bot] | ada: /loopwarden ignore 👀😕 | loopwarden[bot]: \`ignore\` needs write access to this repository. A comment in the code silences a finding, too: \`# noqa\` with one of its codes. | mary: /loopwarden ignore 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): open
    ada: /loopwarden fix 👀😕
    loopwarden[bot]: \`fix\` needs write access to this repository. Whoever may push to the branch can commit the suggestions, or run \`loopwarden check --fix\` in a checkout of it.
    mary: /loopwarden fix 👀😕
    loopwarden[bot]: The branch is a fork's, where Loopwarden cannot commit. Commit the suggestions in its comments instead, or run \`loopwarden check --fix app.py\` in a checkout of the branch and push.
  `);
  life.pull.comments.splice(0);

  await life.committedSuggestion('time.sleep(1)', 'ada', { resolving: false });
  await life.committedSuggestion('time.sleep(2)', 'ada');
  life.shows(`
    failure: 2 errors (0 new, 2 still there, 2 mended, 1 ignored by mary)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): resolved by ada
    time.sleep(3): resolved by loopwarden[bot] | ada: /loopwarden ignore 👀😕 | loopwarden[bot]: \`ignore\` needs write access to this repository. A comment in the code silences a finding, too: \`# noqa\` with one of its codes. | mary: /loopwarden ignore 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): open
  `);

  await life.pushed({
    on: 'main',
    renames: { 'app.py': 'service.py' },
    files: { 'service.py': withBodies({ pause: mistakes.pause }) },
  });
  life.shows(`
    failure: 1 error (0 new, 1 still there, 4 mended)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): resolved by ada
    time.sleep(3): resolved by loopwarden[bot] | ada: /loopwarden ignore 👀😕 | loopwarden[bot]: \`ignore\` needs write access to this repository. A comment in the code silences a finding, too: \`# noqa\` with one of its codes. | mary: /loopwarden ignore 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): resolved by loopwarden[bot]
  `);

  expect((await life.queued()).conclusion).toBe('neutral');
  await life.merged('mary');
  life.shows(`
    failure: 1 error (0 new, 1 still there, 4 mended)
    time.sleep(1): resolved by loopwarden[bot]
    time.sleep(2): resolved by ada
    time.sleep(3): resolved by loopwarden[bot] | ada: /loopwarden ignore 👀😕 | loopwarden[bot]: \`ignore\` needs write access to this repository. A comment in the code silences a finding, too: \`# noqa\` with one of its codes. | mary: /loopwarden ignore 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): resolved by loopwarden[bot]
  `);
});

it('a life in a fork that is deleted: reviewed as it was, from what the base repository keeps of it', async () => {
  const life = await beginLife(app, {
    base: { 'app.py': base },
    head: { 'app.py': withBodies(mistakes) },
    fromFork: true,
  });
  deleteFork(app.github.world, life.pull);

  await life.opened();
  const reviewed = `
    failure: 5 errors
    time.sleep(1): open
    time.sleep(2): open
    time.sleep(3): open
    asyncio.sleep(4): open
    time.sleep(5): open
  `;
  life.shows(reviewed);

  await life.answered('time.sleep(3)', 'mary', '/loopwarden ignore', { review: true });
  await life.said('mary', '/loopwarden fix', { reply: true });
  life.shows(`
    failure: 4 errors (0 new, 4 still there, 0 mended, 1 ignored by mary)
    time.sleep(1): open
    time.sleep(2): open
    time.sleep(3): resolved by loopwarden[bot] | mary: /loopwarden ignore 👀🚀
    asyncio.sleep(4): open
    time.sleep(5): open
    mary: /loopwarden fix 👀😕
    loopwarden[bot]: The fork that the branch was in has been deleted: nobody can commit to it any more.
  `);

  await life.closed();
});
