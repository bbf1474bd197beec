import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accountOf } from './github/state/accounts.ts';
import { checkRunsOf } from './github/state/check-runs.ts';
import { addIssueComment } from './github/state/conversations.ts';
import type { PullRequest, Repository } from './github/state/model.ts';
import { openPullRequest, pushTo } from './github/state/pull-requests.ts';
import { applySuggestion, suggestionIn } from './github/suggestions.ts';
import {
  type AppUnderTest,
  accepted,
  commentsOf,
  e2eTimeouts,
  startAppUnderTest,
} from './support/app-under-test.ts';

vi.setConfig(e2eTimeouts);

const before = `import asyncio
import time


async def refresh(store):
    await asyncio.sleep(1)
    return store


def report(store):
    print(store)
`;

const after = `import asyncio
import time

import requests


async def refresh(store):
    time.sleep(1)
    return store


async def load(url):
    response = requests.get(url)
    return response.json()


async def main(store):
    refresh(store)
    asyncio.create_task(load("https://example.com"))


def report(store):
    print(store)
`;

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest();
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
});

async function openShop(
  files: Readonly<Record<string, string>> = {},
): Promise<{ repository: Repository; pull: PullRequest }> {
  const repository = await app.addRepository({
    files: { 'app.py': before, ...files },
    collaborators: { mary: 'write' },
  });
  const pull = await openPullRequest(app.github.world, repository, { files: { 'app.py': after } });
  return { repository, pull };
}

describe('a new pull request', () => {
  it('gets one review with suggestions that work, and a completed check run', async () => {
    const { repository, pull } = await openShop();

    const run = await app.review(pull, 'failure');

    expect(pull.reviews.map(review => [review.author.login, review.state, review.commitId])).toEqual([
      ['loopwarden[bot]', 'COMMENTED', pull.headSha],
    ]);
    expect(commentsOf(pull).map(comment => comment.thread.place.lines?.line)).toEqual([8, 13, 18, 19]);
    expect(run.name).toBe('Loopwarden');
    expect(checkRunsOf(repository)).toHaveLength(1);
    expect(pull.comments).toEqual([]);

    const suggestions = commentsOf(pull).filter(comment => suggestionIn(comment.body) !== null);
    expect(suggestions.length).toBeGreaterThanOrEqual(2);
    for (const { body, thread } of suggestions) {
      const { line, startLine } = thread.place.lines ?? { line: 0, startLine: null };
      const changed = applySuggestion(after, { body, line, startLine });
      expect(changed).not.toBe(after);
      expectToCompile(changed);
    }
  });
});

it('tells of a caller that the pull request does not touch but breaks', async () => {
  const caller = 'from loader import load\n\n\nasync def main():\n    load()\n';
  const repository = await app.addRepository({
    files: { 'loader.py': 'def load():\n    pass\n', 'main.py': caller },
  });
  const files = { 'loader.py': 'async def load():\n    pass\n' };
  const pull = await openPullRequest(app.github.world, repository, { files });

  const run = await app.review(pull, 'failure');

  expect(run.annotations.map(one => [one.path, one.start_line])).toEqual([['main.py', 5]]);
});

describe('the next push', () => {
  it('repeats no comment, and comments on what is new', async () => {
    const { repository, pull } = await openShop();
    await app.review(pull, 'failure');
    const first = commentsOf(pull).length;

    const before = await pushTo(app.github.world, pull, { files: { 'app.py': `"""Moved."""\n\n${after}` } });
    accepted(await app.github.deliver('pull_request', 'synchronize', { pull, before }));
    await app.completedRun(repository, pull.headSha, 'failure');
    expect(commentsOf(pull)).toHaveLength(first);

    const worse = `${after}\n\nasync def tell(store):\n    time.sleep(2)\n`;
    const then = await pushTo(app.github.world, pull, { files: { 'app.py': worse } });
    accepted(await app.github.deliver('pull_request', 'synchronize', { pull, before: then }));
    await app.completedRun(repository, pull.headSha, 'failure');
    expect(commentsOf(pull)).toHaveLength(first + 1);
    expect(commentsOf(pull).at(-1)?.thread.place.lines?.line).toBe(worse.split('\n').length - 1);
  });

  it('that comes while a review is under way is the one that is reviewed', async () => {
    const { repository, pull } = await openShop();
    const { headSha: old } = pull;
    const push = () => pushTo(app.github.world, pull, { files: { 'app.py': `${after}\nx = 1\n` } });
    app.github.faults.next({
      path: `${repository.owner.login}/shop/pulls/1/files`,
      fault: { meanwhile: push },
    });

    await app.review(pull, 'skipped');
    expect(pull.headSha).not.toBe(old);
    expect(pull.reviews).toEqual([]);

    accepted(await app.github.deliver('pull_request', 'synchronize', { pull, before: old }));
    await app.completedRun(repository, pull.headSha, 'failure');
    expect(pull.reviews.map(review => review.commitId)).toEqual([pull.headSha]);
  });
});

describe('being asked again', () => {
  it('reviews again when the check run is run again, without a second comment', async () => {
    const { repository, pull } = await openShop();
    const run = await app.review(pull, 'failure');

    accepted(await app.github.deliver('check_run', 'rerequested', { run }));
    await app.completedRun(repository, pull.headSha, 'failure', 2);

    expect(pull.reviews).toHaveLength(1);
  });

  it('finds the pull request of a fork when all checks are run again', async () => {
    const repository = await app.addRepository({ files: { 'app.py': before } });
    const pull = await openPullRequest(app.github.world, repository, {
      author: 'bob',
      fromFork: true,
      files: { 'app.py': after },
    });
    const run = await app.review(pull, 'failure');

    accepted(await app.github.deliver('check_suite', 'rerequested', { suite: run.suite }));
    await app.completedRun(repository, pull.headSha, 'failure', 2);

    expect(pull.reviews).toHaveLength(1);
  });

  it('obeys a slash command of those who may give it', async () => {
    const { repository, pull } = await openShop();
    await app.review(pull, 'failure');
    const comment = command(pull, 'mary', '/loopwarden review');

    accepted(await app.github.deliver('issue_comment', 'created', { comment }, { sender: 'mary' }));
    await app.completedRun(repository, pull.headSha, 'failure', 2);

    await app.github.until('the second reaction', () => comment.reactions.length === 2);
    expect(comment.reactions.map(one => one.content)).toEqual(['eyes', 'rocket']);
    expect(pull.reviews).toHaveLength(1);
  });

  it('says what it can do', async () => {
    const { pull } = await openShop();
    const comment = command(pull, 'mary', '/loopwarden help');

    accepted(await app.github.deliver('issue_comment', 'created', { comment }, { sender: 'mary' }));
    const answer = await app.github.until('an answer', () => pull.comments[1], 30_000);

    expect(answer).toMatchObject({ author: { login: 'loopwarden[bot]' }, byApp: true });
    expect(answer.body).toContain('/loopwarden review');
  });

  it('does not obey strangers', async () => {
    const { pull } = await openShop();
    const comment = command(pull, 'eve', '/loopwarden review');

    accepted(await app.github.deliver('issue_comment', 'created', { comment }, { sender: 'eve' }));
    await app.github.until(
      'a refusal',
      () => comment.reactions.some(one => one.content === 'confused'),
      30_000,
    );

    expect(pull.comments).toEqual([comment]);
    expect(pull.reviews).toEqual([]);
  });
});

describe('what is left alone', () => {
  it('a draft, until it is ready', async () => {
    const { repository, pull } = await openShop();
    pull.draft = true;
    await app.review(pull, 'skipped');
    expect(pull.reviews).toEqual([]);

    pull.draft = false;
    accepted(await app.github.deliver('pull_request', 'ready_for_review', { pull }));
    await app.completedRun(repository, pull.headSha, 'failure', 2);
    expect(pull.reviews).toHaveLength(1);
  });

  it('a pull request without mistakes: a good check run, and no comment', async () => {
    const repository = await app.addRepository({ files: { 'app.py': before } });
    const files = { 'app.py': before.replace('sleep(1)', 'sleep(2)'), 'notes.md': 'time.sleep(1)\n' };
    const pull = await openPullRequest(app.github.world, repository, { files });

    await app.review(pull, 'success');
    expect(pull.reviews).toEqual([]);
  });

  it("a mistake of the base branch's", async () => {
    const repository = await app.addRepository({ files: { 'app.py': after } });
    const pull = await openPullRequest(app.github.world, repository, {
      files: { 'app.py': `${after}\nx = 1\n` },
    });

    await app.review(pull, 'success');
    expect(pull.reviews).toEqual([]);
  });

  it('a symbolic link, new or in the place of a file', async () => {
    const repository = await app.addRepository({ files: { 'async_app.py': after, 'old.py': before } });
    const files = {
      'link.py': { linkTo: '../async_app.py' },
      'old.py': { linkTo: 'async def.py' },
      'moved.py': after,
      'async_app.py': null,
      'async/app.py': { linkTo: '../moved.py' },
    };
    const pull = await openPullRequest(app.github.world, repository, { files });

    const { output } = await app.review(pull, 'success');
    expect(output.summary).toBe('No async mistakes found in 1 changed file.');
    expect(pull.reviews).toEqual([]);
  });

  it('what the configuration at the base turns off, whatever the pull request says of it', async () => {
    const off = 'rules:\n  blocking-sleep: off\n';
    const silenced = 'rules:\n  blocking-http: off\n';
    const { repository } = await openShop({ '.github/loopwarden.yml': off });
    const pull = await openPullRequest(app.github.world, repository, {
      files: { 'app.py': after, '.github/loopwarden.yml': silenced },
    });

    await app.review(pull, 'failure');
    expect(commentsOf(pull).map(comment => comment.thread.place.lines?.line)).toEqual([13, 18, 19]);
  });
});

describe('webhooks', () => {
  it('with a wrong signature are refused', async () => {
    const { repository, pull } = await openShop();
    const delivered = await app.github.deliver('pull_request', 'opened', { pull }, { secret: 'guessed' });

    expect(delivered.status).toBe(401);
    expect(requestsFor(repository)).toEqual([]);
  });

  it('are answered long before the review is done', async () => {
    const { pull } = await openShop();
    const delivered = await app.github.deliver('pull_request', 'opened', { pull });

    expect(delivered.status).toBe(202);
    expect(pull.reviews).toEqual([]);
    await app.completedRun(pull.repository, pull.headSha, 'failure');
  });

  it('of the same event twice make one review', async () => {
    const { repository, pull } = await openShop();
    await app.github.deliver('pull_request', 'opened', { pull }, { id: 'twice' });
    await app.github.deliver('pull_request', 'opened', { pull }, { id: 'twice' });
    await app.github.until('the review', () => pull.reviews[0], 30_000);

    // Jobs of one pull request come one after the other: when this one is done, all before it are.
    const [run] = checkRunsOf(repository);
    if (run) accepted(await app.github.deliver('check_run', 'rerequested', { run }));
    await app.github.until('all to be done', () => {
      const runs = checkRunsOf(repository);
      return runs.length > 1 && runs.every(one => one.status === 'completed');
    });
    expect(pull.reviews).toHaveLength(1);
  });
});

function command(pull: PullRequest, login: string, body: string) {
  return addIssueComment(app.github.world, pull, { author: accountOf(app.github.world, login), body });
}

/** What was asked about a repository. */
function requestsFor(repository: Repository) {
  const { login } = repository.owner;
  return app.github.log.entries.filter(
    one => one.path.includes(`/${login}/`) || JSON.stringify(one.body ?? '').includes(login),
  );
}

/** Has Python read a program, where there is a Python. */
function expectToCompile(program: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'loopwarden-suggestion-'));
  try {
    writeFileSync(join(folder, 'app.py'), program);
    const { error, status, stderr } = spawnSync('python3', ['-m', 'py_compile', 'app.py'], { cwd: folder });
    if (error === undefined) expect({ status, stderr: String(stderr), program }).toMatchObject({ status: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
