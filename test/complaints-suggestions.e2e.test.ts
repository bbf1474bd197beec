/*
 * What people complain about in the suggestions of other review bots: each test names the complaint, commits every suggestion
 * of a review one after the other, as GitHub would, and compares the file with what a careful person would have made of it.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accountOf } from './github/state/accounts.ts';
import type { PullRequest } from './github/state/model.ts';
import { openPullRequest } from './github/state/pull-requests.ts';
import { commitSuggestion } from './github/state/suggested-changes.ts';
import { suggestionIn } from './github/suggestions.ts';
import {
  type AppUnderTest,
  accepted,
  commentsOf,
  e2eTimeouts,
  startAppUnderTest,
} from './support/app-under-test.ts';
import { dedent } from './support/dedent.ts';
import { textAt } from './support/pull-request-life.ts';

vi.setConfig(e2eTimeouts);

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest();
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
});

/** A reviewed pull request that makes `after` of `before`. */
async function reviewed(before: string, after: string, settings = ''): Promise<PullRequest> {
  const files = { 'app.py': before, '.github/loopwarden.yml': settings };
  const repository = await app.addRepository({ files });
  const pull = await openPullRequest(app.github.world, repository, { files: { 'app.py': after } });
  accepted(await app.github.deliver('pull_request', 'opened', { pull }));
  await app.github.until('the review', () => pull.reviews[0], 60_000);
  return pull;
}

/** Commits all suggestions of a review; gives how many there were and what has become of the file. */
async function committed(pull: PullRequest): Promise<{ readonly count: number; readonly text: string }> {
  const mary = accountOf(app.github.world, 'mary');
  const suggesting = commentsOf(pull).filter(({ body }) => suggestionIn(body) !== null);
  for (const comment of suggesting) await commitSuggestion(app.github.world, comment, mary);
  return { count: suggesting.length, text: await textAt(pull, 'app.py') };
}

describe('a suggestion breaks the code: indentation lost (Nikita-Filonov/ai-review#103, xieziyu/duetlens#8)', () => {
  const deep = dedent(`
    import asyncio
    import time


    class Poller:
        async def run(self):
            while True:
                try:
                    time.sleep(1)
                except OSError:
                    asyncio.sleep(2)
  `);
  const mended = deep
    .replace('time.sleep(1)', 'await asyncio.sleep(1)')
    .replace(' asyncio.sleep(2)', ' await asyncio.sleep(2)');

  it.each([
    ['blanks', '    '],
    ['two blanks', '  '],
    ['tabs (pr-agent#2429)', '\t'],
  ])('complaint: the blanks before the line are gone: %s', async (_what, indent) => {
    const indented = (text: string) => text.replaceAll('    ', indent);
    const pull = await reviewed('import asyncio\nimport time\n', indented(deep));

    expect(await committed(pull)).toEqual({ count: 2, text: indented(mended) });
  });
});

describe('a suggestion doubles or swallows lines (warpdotdev/oz-for-oss#232, worktrunk#1607, mistralai/cookbook#378)', () => {
  it('complaint: a call over several lines loses some of them', async () => {
    const call = dedent(`
      import asyncio


      async def load(url, *, tries):
          return url, tries


      async def main():
          # Before.
          load(
              "https://example.com",  # twice
              tries=2,
          )
          # After.
          return 1
    `);
    const pull = await reviewed('import asyncio\n', call);

    expect(await committed(pull)).toEqual({
      count: 1,
      text: call.replace('    load(\n', '    await load(\n'),
    });
  });

  it('complaint: two findings on one line spoil each other', async () => {
    const both = 'import asyncio\nimport time\n\n\nasync def main():\n    time.sleep(1); time.sleep(2)\n';
    const pull = await reviewed('import asyncio\n', both);

    const { count, text } = await committed(pull);
    expect(commentsOf(pull)).toHaveLength(1);
    expect(count).toBe(1);
    expect(text).toBe(both.replaceAll('time.sleep(', 'await asyncio.sleep('));
  });

  it('complaint: what stands beside the call on its line is lost', async () => {
    const line =
      'import asyncio\nimport time\n\n\nasync def main(x):\n    if x: time.sleep(1)  # noqa: E701, keep\n    return "```"\n';
    const pull = await reviewed('import asyncio\n', line);

    expect((await committed(pull)).text).toBe(line.replace('time.sleep(1)', 'await asyncio.sleep(1)'));
  });

  it('complaint: an import that the suggestion needs is missing', async () => {
    const short = 'import time\n\n\nasync def main():\n    time.sleep(1)\n';
    const pull = await reviewed('import time\n', short);

    const { count, text } = await committed(pull);
    expect(count).toBe(1);
    expect(text).toBe('import asyncio\nimport time\n\n\nasync def main():\n    await asyncio.sleep(1)\n');
  });

  it('complaint: a file without a line end at its end', async () => {
    const open = 'import asyncio\nimport time\n\n\nasync def main():\n    time.sleep(1)';
    const pull = await reviewed('import asyncio\n', open);

    expect((await committed(pull)).text).toBe(open.replace('time.sleep(1)', 'await asyncio.sleep(1)'));
  });

  it('complaint: line ends are mixed', async () => {
    const windows = 'import asyncio\r\nimport time\r\n\r\n\r\nasync def main():\r\n    time.sleep(1)\r\n';
    const pull = await reviewed('import asyncio\r\n', windows);

    // Nobody documents what GitHub makes of it: the words say how to fix it instead.
    expect(commentsOf(pull).map(({ body }) => [suggestionIn(body), /^Fix: .*$/m.exec(body)?.[0]])).toEqual([
      [null, 'Fix: Await `asyncio.sleep`. `loopwarden check --fix` applies it.'],
    ]);
  });
});

describe('deleting suggestions (googleapis/code-suggester#127, ckeditor/github-writer#246)', () => {
  it('complaint: a line that is to go leaves an empty one behind', async () => {
    const silenced = dedent(`
      import asyncio


      # loopwarden: ignore-file[blocking-http]
      async def main():
          await asyncio.sleep(1)
    `);
    const pull = await reviewed('import asyncio\n', silenced, 'preset: strict\n');

    expect(commentsOf(pull).map(({ body }) => suggestionIn(body))).toEqual([[]]);
    expect((await committed(pull)).text).toBe(silenced.replace(/# loopwarden.*\n/, ''));
  });
});
