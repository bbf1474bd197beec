import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CommitContent } from './github/git/fast-import.ts';
import type { Conclusion } from './github/state/model.ts';
import { openPullRequest } from './github/state/pull-requests.ts';
import { type AppUnderTest, commentsOf, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';
import { awaited, forgotten } from './support/sample-programs.ts';

vi.setConfig(e2eTimeouts);

type Files = NonNullable<CommitContent['files']>;

const yaml = '.github/loopwarden.yml';

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest();
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
});

/** Reviews a pull request that brings one error in, in a repository beside others of its account (by their names). */
async function reviewIn(
  owner: string,
  base: Files,
  conclusion: Conclusion,
  options: { beside?: Readonly<Record<string, Files>>; private?: boolean; head?: Files } = {},
) {
  for (const [name, files] of Object.entries(options.beside ?? {})) {
    await app.github.addRepository(`${owner}/${name}`, { files, private: options.private ?? false });
  }
  const shop = await app.github.addRepository(`${owner}/shop`, { files: { 'app.py': awaited, ...base } });
  const files = { 'app.py': forgotten, ...options.head };
  const pull = await openPullRequest(app.github.world, shop, { files });
  const run = await app.review(pull, conclusion);
  return { run, comments: commentsOf(pull).length };
}

describe('settings that several repositories share', () => {
  it.each([
    ['public', false],
    ['private', true],
  ])("are those of the account's %s .github repository, for one that has none", async (kind, isPrivate) => {
    const beside = { '.github': { [yaml]: 'rules: {missing-await: off}\n' } };

    const { run } = await reviewIn(`shared-${kind}`, {}, 'success', { beside, private: isPrivate });

    expect(run.output.summary).toBe('No async mistakes found in 1 changed file.');
  });

  it('are those that a configuration extends', async () => {
    const beside = { rules: { [yaml]: 'fail-on: never\ncomments: {max: 0}\n' } };

    const { comments } = await reviewIn('extending', { [yaml]: '_extends: rules\n' }, 'neutral', { beside });

    expect(comments).toBe(0);
  });

  it('are told to be out of reach where the App may not read them, and the rest counts', async () => {
    await app.github.addRepository('stranger/secret', { files: { [yaml]: 'preset: all\n' }, private: true });
    const text = '_extends: stranger/secret\nrules: {missing-await: off}\n';

    const { run } = await reviewIn('curious', { [yaml]: text }, 'neutral');

    expect(run.output.summary).toContain(
      '`.github/loopwarden.yml:1`: `_extends` names stranger/secret, which is not there, or may not be read',
    );
    expect(run.annotations).toMatchObject([{ path: yaml, start_line: 1, annotation_level: 'warning' }]);
  });
});

describe('a pull request that changes the settings', () => {
  it('is reviewed by the old ones, and told which of them will change', async () => {
    const head = { [yaml]: 'rules: {missing-await: off}\ndrafts: yes\n' };

    const { run, comments } = await reviewIn('changing', { [yaml]: 'fail-on: error\n' }, 'failure', { head });

    expect(comments).toBe(1);
    expect(run.output.summary).toContain('- `fail-on`: `error` becomes `-`');
    expect(run.output.summary).toContain('- `rules.missing-await`: `-` becomes `off`');
    expect(run.output.summary).toContain('- `.github/loopwarden.yml:2`: `drafts` must be `true` or `false`');
    expect(run.annotations).toMatchObject([{ path: yaml, start_line: 2, title: 'Configuration' }]);
  });
});
