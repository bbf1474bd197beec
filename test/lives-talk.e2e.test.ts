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

const { poll, wait, refresh } = mistakes;

it('a life in which people talk in threads: these are theirs', async () => {
  const life = await beginLife(app, {
    base: { 'app.py': base },
    head: { 'app.py': withBodies({ poll, wait, refresh }) },
  });

  await life.opened();
  await life.answered('time.sleep(1)', 'rita', 'Is that really so bad?');
  await life.answered('time.sleep(1)', 'ada', 'I do not think so.');
  await life.answered('time.sleep(2)', 'ada', 'Good catch.');
  await life.ranAgain();
  life.shows(`
    failure: 3 errors (0 new, 3 still there, 0 mended)
    time.sleep(1): open | rita: Is that really so bad? | ada: I do not think so.
    time.sleep(2): open | ada: Good catch.
    time.sleep(3): open
  `);

  // One short note, and the thread stays open for those who talk in it.
  await life.pushed({ files: { 'app.py': withBodies({ wait, refresh }) } });
  life.shows(`
    failure: 2 errors (0 new, 2 still there, 1 mended)
    time.sleep(1): open | rita: Is that really so bad? | ada: I do not think so. | loopwarden[bot]: No longer found at commit 2.
    time.sleep(2): open | ada: Good catch.
    time.sleep(3): open
  `);

  await life.answered('time.sleep(3)', 'ada', '/loopwarden explain', { reply: true });
  expect(life.pull.threads[2]?.comments.at(-1)?.body).toMatch(/^\*\*\[blocking-sleep\]\(/);
  // Deleted again, so that the pictures stay small.
  life.pull.threads[2]?.comments.splice(1);

  // Whoever gives a command as the last word has done with talking: what it brings about needs no note.
  await life.answered('time.sleep(2)', 'mary', '/loopwarden fix', { reply: true, commit: true });
  await life.answered('time.sleep(3)', 'rita', 'We know.');
  await life.answered('time.sleep(3)', 'mary', '/loopwarden ignore we know', { review: true });
  life.shows(`
    success: No async mistakes left (0 new, 0 still there, 2 mended, 1 ignored by mary)
    time.sleep(1): open | rita: Is that really so bad? | ada: I do not think so. | loopwarden[bot]: No longer found at commit 2.
    time.sleep(2): resolved by loopwarden[bot] | ada: Good catch. | mary: /loopwarden fix 👀🚀 | loopwarden[bot]: Fixed 1 finding in commit 3.
    time.sleep(3): resolved by loopwarden[bot] | rita: We know. | mary: /loopwarden ignore we know 👀🚀
  `);

  // It is back, and was mended again: nothing more is said, here or anywhere.
  await life.pushed({ files: { 'app.py': withBodies({ poll, refresh }) } });
  await life.pushed({ files: { 'app.py': withBodies({ refresh }) } });
  life.resolved('time.sleep(1)', 'rita');
  await life.pushed({ files: { 'app.py': withBodies({ poll, wait, refresh }) } });
  life.shows(`
    failure: 2 errors (0 new, 2 still there, 0 mended, 1 ignored by mary)
    time.sleep(1): resolved by rita | rita: Is that really so bad? | ada: I do not think so. | loopwarden[bot]: No longer found at commit 2.
    time.sleep(2): open | ada: Good catch. | mary: /loopwarden fix 👀🚀 | loopwarden[bot]: Fixed 1 finding in commit 3.
    time.sleep(3): resolved by loopwarden[bot] | rita: We know. | mary: /loopwarden ignore we know 👀🚀
  `);

  await life.closed();
  await life.answered('time.sleep(2)', 'mary', '/loopwarden fix', { reply: true });
  life.shows(`
    failure: 2 errors (0 new, 2 still there, 0 mended, 1 ignored by mary)
    time.sleep(1): resolved by rita | rita: Is that really so bad? | ada: I do not think so. | loopwarden[bot]: No longer found at commit 2.
    time.sleep(2): open | ada: Good catch. | mary: /loopwarden fix 👀🚀 | loopwarden[bot]: Fixed 1 finding in commit 3. | mary: /loopwarden fix 👀😕 | loopwarden[bot]: The pull request is closed: nothing was changed.
    time.sleep(3): resolved by loopwarden[bot] | rita: We know. | mary: /loopwarden ignore we know 👀🚀
  `);
});

it('a life in which somebody deletes a comment: it stays away', async () => {
  const life = await beginLife(app, {
    base: { 'app.py': base },
    head: { 'app.py': withBodies({ poll, wait }) },
  });
  await life.opened();

  life.deleted('time.sleep(1)');
  await life.ranAgain();
  life.shows(`
    failure: 2 errors (0 new, 2 still there, 0 mended)
    annotated: app.py:6
    time.sleep(2): open
  `);

  await life.pushed({ files: { 'app.py': withBodies({ wait }) } });
  life.shows(`
    failure: 1 error (0 new, 1 still there, 0 mended)
    time.sleep(2): open
  `);
});
