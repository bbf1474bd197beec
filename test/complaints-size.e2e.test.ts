/*
 * What people complain about in other review bots when a pull request is large: what was not looked at passes as good, and
 * what is too long is not said at all. Each test names the complaint, and where it was made.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { githubLimits } from './github/state/world.ts';
import { type AppUnderTest, commentsOf, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';
import { beginLife, everything } from './support/pull-request-life.ts';
import { base, mistakes, withBodies } from './support/waiting-functions.ts';

vi.setConfig(e2eTimeouts);

let app: AppUnderTest;

beforeAll(async () => {
  const limits = { diff: { ...githubLimits.diff, fileLines: 1000 } };
  app = await startAppUnderTest({ permissions: everything, limits });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
});

const { poll } = mistakes;
const files = (count: number, text: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`pkg/m${String(n).padStart(3, '0')}.py`, text]),
  );

describe('big pull requests are cut off silently (OpenHands/extensions#234, can1357/oh-my-pi#5354)', () => {
  it('complaint: only the first 30 files are looked at (ThrillhouseBot#190)', async () => {
    const clean = files(150, base);
    const [last] = Object.keys(clean).slice(-1);
    const head = { ...files(150, `${base}x = 1\n`), [last ?? '']: withBodies({ poll }) };
    const life = await beginLife(app, { base: clean, head });
    await life.opened();

    life.shows(`
      failure: 1 error
      time.sleep(1): open
    `);
  });

  it('complaint: a file without a patch is taken for one without changes (Aletheore#471, thekbb#182)', async () => {
    const long = 'x = 1\n'.repeat(1100);
    const life = await beginLife(app, {
      base: { 'a.py': base },
      head: { 'a.py': base.replace('pass', 'return 1'), 'long.py': long + withBodies({ poll }) },
    });
    await life.opened();

    life.shows(`
      failure: 1 error
      annotated: long.py:1106
    `);
  });

  // GitHub lists no more than 3,000 files of a pull request: in the order of their paths.
  const documents = Object.fromEntries(
    Array.from({ length: 3000 }, (_, n) => [`docs/${String(n).padStart(4, '0')}.txt`, 'Words.\n']),
  );

  it('complaint: "no issues" on what was only read in part (thunderbird/thunderbolt#1042)', async () => {
    const head = { ...documents, 'z.py': withBodies({ poll }) };
    const life = await beginLife(app, { base: { 'z.py': base }, head });
    await life.opened();

    life.shows(`
      neutral: Not everything could be looked at
    `);
    const [run] = life.repository.checkSuites.flatMap(({ runs }) => runs);
    expect(run?.output.summary).toMatch(/^No async mistakes found, but .* not looked at/);
    expect(run?.output.summary).toMatch(/Not looked at, or not as a whole:\n\n- .*3,?000/);
  });

  it('complaint: old comments go because the list of files ends before theirs', async () => {
    const life = await beginLife(app, { base: { 'z.py': base }, head: { 'z.py': withBodies({ poll }) } });
    await life.opened();
    await life.pushed({ files: { ...documents, 'z.py': withBodies({ poll }) } });

    life.shows(`
      neutral: Not everything could be looked at (0 new, 0 still there, 0 mended)
      time.sleep(1): open
    `);
  });
});

describe('a body is too long (octopusreview/octopus#511, ThrillhouseBot#462, peter-evans/create-pull-request#1915)', () => {
  const longest = 65_535;

  /** Files with names as long as git takes them, each with a mistake. */
  const named = (count: number, text: string) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`${`${'é'.repeat(100)}/`.repeat(8)}${n}.py`, text]),
    );

  it('complaint: nothing at all is said where there is too much to say', async () => {
    const broken = 'async def f(:\n    pass\n';
    const head = { ...named(250, broken), 'app.py': withBodies({ poll }) };
    const life = await beginLife(app, { base: { 'app.py': base }, head });
    await life.opened();

    expect(commentsOf(life.pull)).toHaveLength(1);
    const [run] = life.repository.checkSuites.flatMap(({ runs }) => runs);
    for (const text of [run?.output.summary, life.pull.reviews[0]?.body]) {
      expect(Buffer.byteLength(text ?? '')).toBeLessThanOrEqual(longest);
      expect(text).toMatch(/\n- and \d+ more(?:\n\n<!-- loopwarden .* -->)?$/);
    }
  });

  it('complaint: an update that is too long fails, and the old words stay (peter-evans/create-or-update-comment#271)', async () => {
    const life = await beginLife(app, { base: { 'app.py': base }, head: { 'app.py': withBodies({ poll }) } });
    await life.opened();
    const noise = `    ${'x'.repeat(400)} = "${'ü'.repeat(4000)}"\n`;
    const many = Array.from(
      { length: 100 },
      (_, n) => `\n\nasync def f${n}():\n${noise}    time.sleep(${n + 1})\n`,
    );
    await life.pushed({ files: { 'app.py': `${withBodies({ poll })}${many.join('')}` } });

    const runs = life.repository.checkSuites.flatMap(suite => suite.runs);
    const { output } = runs.find(run => run.suite.headSha === life.pull.headSha) ?? {};
    expect(output?.title).toBe('101 errors');
    for (const text of [output?.summary, output?.text, ...commentsOf(life.pull).map(({ body }) => body)]) {
      expect(Buffer.byteLength(text ?? '')).toBeLessThanOrEqual(longest);
    }
  });

  it('complaint: a fence or a character is cut in two', async () => {
    const long = `time.sleep(len("${'🦊'.repeat(20_000)}"))`;
    const life = await beginLife(app, {
      base: { 'app.py': base },
      head: { 'app.py': withBodies({ poll: long }) },
    });
    await life.opened();

    const [comment] = commentsOf(life.pull);
    expect(comment?.body).not.toContain('suggestion\n');
    for (const text of [
      comment?.body,
      ...life.repository.checkSuites.flatMap(({ runs }) => runs.map(run => run.output.text)),
    ]) {
      expect(text?.isWellFormed()).toBe(true);
      expect((text?.match(/^`{3,}/gm) ?? []).length % 2).toBe(0);
    }
  });
});
