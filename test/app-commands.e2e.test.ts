import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readAppManifest } from './github/app-manifest.ts';
import type { FileContent } from './github/git/fast-import.ts';
import { gitText } from './github/git/git.ts';
import type { FaultPlan } from './github/http/faults.ts';
import { accountOf } from './github/state/accounts.ts';
import { checkRunsOf } from './github/state/check-runs.ts';
import { addIssueComment } from './github/state/conversations.ts';
import { installApp } from './github/state/installations.ts';
import { enqueue } from './github/state/merge-groups.ts';
import type {
  CheckRun,
  IssueComment,
  Permissions,
  PullRequest,
  Repository,
  ReviewComment,
} from './github/state/model.ts';
import { closePullRequest, openPullRequest, pushTo } from './github/state/pull-requests.ts';
import { replyTo } from './github/state/reviews.ts';
import {
  type AppUnderTest,
  accepted,
  commentsOf,
  e2eTimeouts,
  startAppUnderTest,
} from './support/app-under-test.ts';

vi.setConfig(e2eTimeouts);

const base = 'import asyncio\nimport time\n\n\nasync def old():\n    time.sleep(1)\n';
const head = `${base}\n\nasync def first():\n    time.sleep(2)\n\n\nasync def second():\n    time.sleep(3)\n`;

let app: AppUnderTest;
const permissions = { ...readAppManifest()?.permissions, contents: 'write' } as const;

beforeAll(async () => {
  app = await startAppUnderTest({ permissions });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
  expect(app.github.faults.pending).toEqual([]);
});

interface ShopOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly changed?: Readonly<Record<string, FileContent>>;
  readonly fromFork?: boolean;
  readonly private?: boolean;
}

async function openShop(options: ShopOptions = {}): Promise<{ repository: Repository; pull: PullRequest }> {
  const repository = await app.addRepository({
    files: { 'app.py': base, ...options.files },
    collaborators: { mary: 'write', rita: 'read', tim: 'triage' },
    ...(options.private !== undefined && { private: options.private }),
  });
  const pull = await openPullRequest(app.github.world, repository, {
    files: { 'app.py': head, ...options.changed },
    author: 'ada',
    ...(options.fromFork !== undefined && { fromFork: options.fromFork }),
  });
  return { repository, pull };
}

/** Says something in the conversation, and waits until it is answered by a reaction. */
async function say(pull: PullRequest, login: string, body: string): Promise<IssueComment> {
  const author = accountOf(app.github.world, login);
  const comment = addIssueComment(app.github.world, pull, { author, body });
  accepted(await app.github.deliver('issue_comment', 'created', { comment }, { sender: login }));
  await answered(comment);
  return comment;
}

/** Replies in the thread of a comment, and waits until it is answered by a reaction. */
async function reply(to: ReviewComment, login: string, body: string): Promise<ReviewComment> {
  const comment = replyTo(app.github.world, to.thread, accountOf(app.github.world, login), body);
  accepted(
    await app.github.deliver('pull_request_review_comment', 'created', { comment }, { sender: login }),
  );
  await answered(comment);
  return comment;
}

async function answered(comment: IssueComment | ReviewComment): Promise<void> {
  await app.github.until('the answer to a command', () => comment.reactions.length === 2, 60_000);
}

const reactionsTo = ({ reactions }: IssueComment | ReviewComment) => reactions.map(one => one.content);

/** The last words in a conversation, waited for: a reply comes after the reaction. */
async function lastWords(pull: PullRequest, count: number): Promise<string> {
  await app.github.until('a reply', () => pull.comments.length >= count, 30_000);
  return pull.comments.at(-1)?.body ?? '';
}

async function textAt(pull: PullRequest, path: string): Promise<string> {
  const blob = await pull.headRepository.git.objects.read(`${pull.headSha}:${path}`);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(blob?.bytes);
}

const commitsSince = (pull: PullRequest, before: string) =>
  gitText(pull.headRepository.git.folder, 'log', '--format=%an: %B', `${before}..${pull.headSha}`);

describe('fix', () => {
  it('commits what the pull request brought in, and only that, in one commit', async () => {
    const { pull } = await openShop();
    const before = pull.headSha;

    const comment = await say(pull, 'mary', '/loopwarden fix');

    expect(reactionsTo(comment)).toEqual(['eyes', 'rocket']);
    expect(await textAt(pull, 'app.py')).toBe(head.replaceAll(/time(?=\.sleep\([23])/g, 'await asyncio'));
    expect(await commitsSince(pull, before)).toBe(
      [
        'loopwarden[bot]: Fix 2 async mistakes in app.py',
        '',
        '- app.py:10 blocking-sleep: Await `asyncio.sleep`'.replaceAll('`', ''),
        '- app.py:14 blocking-sleep: Await asyncio.sleep',
      ].join('\n'),
    );
    expect(await lastWords(pull, 2)).toBe(`Fixed 2 findings in ${pull.headSha}.`);
  });

  it('is not done again for its own commit', async () => {
    const { repository, pull } = await openShop();
    await app.review(pull, 'failure');
    const before = pull.headSha;
    await say(pull, 'mary', '/loopwarden fix');
    const fixed = pull.headSha;

    const sender = 'loopwarden[bot]';
    accepted(await app.github.deliver('pull_request', 'synchronize', { pull, before }, { sender }));
    await app.completedRun(repository, fixed, 'success');

    expect(pull.headSha).toBe(fixed);
  });

  it('keeps byte order mark and line ends', async () => {
    const windows = `\uFEFF${head.replaceAll('\n', '\r\n')}`;
    const { pull } = await openShop({
      files: { 'app.py': `\uFEFF${base.replaceAll('\n', '\r\n')}` },
      changed: { 'app.py': windows },
    });

    await say(pull, 'mary', '/loopwarden fix');

    expect(await textAt(pull, 'app.py')).toBe(windows.replaceAll(/time(?=\.sleep\([23])/g, 'await asyncio'));
  });

  it('keeps the encoding', async () => {
    const latin1 = (text: string) =>
      Buffer.from(`# -*- coding: latin-1 -*-\n# für später\n${text}`, 'latin1');
    const { pull } = await openShop({ changed: { 'app.py': latin1(head) } });

    await say(pull, 'mary', '/loopwarden fix');

    const blob = await pull.headRepository.git.objects.read(`${pull.headSha}:app.py`);
    expect(Buffer.from(blob?.bytes ?? []).toString('latin1')).toBe(
      latin1(head)
        .toString('latin1')
        .replaceAll(/time(?=\.sleep\([23])/g, 'await asyncio'),
    );
  });

  it('mends callers that the pull request breaks without touching them', async () => {
    const caller = 'from loader import load\n\n\nasync def main():\n    load()\n';
    const { pull } = await openShop({
      files: { 'loader.py': 'def load():\n    pass\n', 'main.py': caller },
      changed: { 'loader.py': 'async def load():\n    pass\n', 'app.py': base },
    });

    await say(pull, 'mary', '/loopwarden fix');

    expect(await textAt(pull, 'main.py')).toBe(caller.replace('    load()', '    await load()'));
    expect(await textAt(pull, 'app.py')).toBe(base);
  });

  it('in a thread commits the fix of that finding', async () => {
    const { pull } = await openShop();
    await app.review(pull, 'failure');
    const [, second] = commentsOf(pull);
    if (second === undefined) throw new Error('there are two comments');

    const comment = await reply(second, 'mary', '/loopwarden fix');
    await app.github.until('a reply', () => second.thread.comments.length === 3, 30_000);

    expect(reactionsTo(comment)).toEqual(['eyes', 'rocket']);
    expect(await textAt(pull, 'app.py')).toBe(head.replace('time.sleep(3)', 'await asyncio.sleep(3)'));
    expect(second.thread.comments[2]?.body).toBe(`Fixed 1 finding in ${pull.headSha}.`);
    expect(pull.comments).toEqual([]);
  });

  it('does nothing when somebody pushes in the meantime', async () => {
    const { repository, pull } = await openShop();
    const push = () => pushTo(app.github.world, pull, { files: { 'b.py': 'b = 1\n' } });
    app.github.faults.next({
      path: `${repository.owner.login}/shop/pulls/1/files`,
      fault: { meanwhile: push },
    });

    const comment = await say(pull, 'mary', '/loopwarden fix');

    expect(reactionsTo(comment)).toEqual(['eyes', 'confused']);
    expect(await lastWords(pull, 2)).toMatch(/^There are new commits on the branch by now/);
    expect(await textAt(pull, 'app.py')).toBe(head);
  });

  it('is refused to whoever may not push, and told what else there is', async () => {
    const { pull } = await openShop();

    const comment = await say(pull, 'ada', '/loopwarden fix');

    expect(reactionsTo(comment)).toEqual(['eyes', 'confused']);
    expect(await lastWords(pull, 2)).toMatch(/^`fix` needs write access/);
    expect(await textAt(pull, 'app.py')).toBe(head);
  });

  it('is refused to a reader without a word', async () => {
    const { pull } = await openShop();

    const comment = await say(pull, 'stranger', '/loopwarden fix');

    expect(reactionsTo(comment)).toEqual(['eyes', 'confused']);
    expect(pull.comments).toEqual([comment]);
  });

  it('cannot be done in a fork', async () => {
    const { pull } = await openShop({ fromFork: true });

    const comment = await say(pull, 'mary', '/loopwarden fix');

    expect(reactionsTo(comment)).toEqual(['eyes', 'confused']);
    expect(await lastWords(pull, 2)).toMatch(/a fork's.*`loopwarden check --fix app\.py`/);
  });

  it('cannot be done without the permission to write contents', async () => {
    const { repository, pull } = await openShop();
    installApp(app.github.world, repository.owner, { ...permissions, contents: 'read' });

    const comment = await say(pull, 'mary', '/loopwarden fix');

    expect(reactionsTo(comment)).toEqual(['eyes', 'confused']);
    expect(await lastWords(pull, 2)).toMatch(/needs write access to contents/);
    expect(await textAt(pull, 'app.py')).toBe(head);
  });

  it('leaves executable files alone, whose mode the API would not keep', async () => {
    const script = 'import time\n\n\nasync def run():\n    time.sleep(1)\n';
    const { pull } = await openShop({ changed: { 'bin/run.py': { executable: script } } });

    await say(pull, 'mary', '/loopwarden fix');

    expect(await lastWords(pull, 2)).toMatch(/^Fixed 2 findings .*`loopwarden check --fix bin\/run\.py`/);
    expect(await textAt(pull, 'bin/run.py')).toBe(script);
  });

  it('makes no second commit when the answer about the first was lost', async () => {
    const { pull } = await openShop();
    const before = pull.headSha;
    app.github.faults.next({ operation: 'graphql CommitFiles', fault: '502-after-effect' });

    await say(pull, 'mary', '/loopwarden fix');

    expect((await commitsSince(pull, before)).match(/loopwarden\[bot\]:/g)).toHaveLength(1);
    expect(await lastWords(pull, 2)).toBe(`Fixed 2 findings in ${pull.headSha}.`);
  });
});

describe('ignore', () => {
  it('silences a rule in the pull request, until the comment is deleted', async () => {
    const { repository, pull } = await openShop();
    await app.review(pull, 'failure');

    const comment = await say(pull, 'mary', '/loopwarden ignore blocking-sleep');
    expect(reactionsTo(comment)).toEqual(['eyes', 'rocket']);
    const run = await app.completedRun(repository, pull.headSha, 'success', 2);
    expect(run.annotations).toEqual([]);
    expect(pull.comments).toEqual([comment]);

    pull.comments.splice(0);
    await say(pull, 'mary', '/loopwarden review');
    await app.completedRun(repository, pull.headSha, 'failure', 3);
  });

  it('in a thread silences that finding, and fix leaves it alone', async () => {
    const { repository, pull } = await openShop();
    await app.review(pull, 'failure');
    const [first] = commentsOf(pull);
    if (first === undefined) throw new Error('there are two comments');

    await reply(first, 'mary', '/loopwarden ignore it runs before the loop');
    const run = await app.completedRun(repository, pull.headSha, 'failure', 2);
    expect(run.output.title).toBe('1 error');

    await say(pull, 'mary', '/loopwarden fix');
    expect(await textAt(pull, 'app.py')).toBe(head.replace('time.sleep(3)', 'await asyncio.sleep(3)'));
  });

  it('is not for readers, and their comments do not count later either', async () => {
    const { repository, pull } = await openShop();
    const comment = await say(pull, 'ada', '/loopwarden ignore blocking-sleep');

    await app.review(pull, 'failure');

    expect(reactionsTo(comment)).toEqual(['eyes', 'confused']);
    expect(await lastWords(pull, 2)).toMatch(/^`ignore` needs write access/);
    expect(checkRunsOf(repository)).toHaveLength(1);
  });

  it('is for the author where the configuration allows it', async () => {
    const files = { '.github/loopwarden.yml': 'author-may-ignore: true\n' };
    const { repository, pull } = await openShop({ files });

    const comment = await say(pull, 'ada', '/loopwarden ignore ASYNC251');

    expect(reactionsTo(comment)).toEqual(['eyes', 'rocket']);
    await app.completedRun(repository, pull.headSha, 'success');
  });
});

describe('a fix for which a request fails', () => {
  it.each<[string, FaultPlan['fault']]>([
    ['graphql Overview', 500],
    ['repos/get-collaborator-permission-level', 'reset'],
    ['reactions/create-for-issue-comment', 502],
    ['pulls/list-files', 502],
    ['git/get-tree', 'truncated'],
    ['graphql Modes', 500],
    ['issues/create-comment', '502-after-effect'],
  ])('is made all the same, once: %s', async (operation, fault) => {
    const { repository, pull } = await openShop();
    const before = pull.headSha;
    const path = operation.startsWith('graphql') ? 'graphql' : `/repos/${repository.owner.login}/`;
    app.github.faults.next({ operation, path, fault });

    const author = accountOf(app.github.world, 'mary');
    const comment = addIssueComment(app.github.world, pull, { author, body: '/loopwarden fix' });
    accepted(await app.github.deliver('issue_comment', 'created', { comment }, { sender: 'mary' }));

    expect(await lastWords(pull, 2)).toBe(`Fixed 2 findings in ${pull.headSha}.`);
    expect((await commitsSince(pull, before)).match(/^loopwarden\[bot\]:/gm)).toHaveLength(1);
    expect(pull.comments).toHaveLength(2);
  });
});

describe('a command of a bot (The-PR-Agent/pr-agent#2398, finos/cla-bot#87)', () => {
  it.each(['loopwarden[bot]', 'robot[bot]'])('is not heard: %s', async login => {
    const { pull } = await openShop();
    const author = accountOf(app.github.world, login, 'Bot');
    const comment = addIssueComment(app.github.world, pull, { author, body: '/loopwarden fix' });

    accepted(await app.github.deliver('issue_comment', 'created', { comment }, { sender: login }));
    // Another command of the same pull request is answered after it would have been.
    await say(pull, 'mary', '/loopwarden review');

    expect(comment.reactions).toEqual([]);
    expect(await textAt(pull, 'app.py')).toBe(head);
  });
});

describe('explain, config and help', () => {
  it.each([
    ['explain ASYNC251', /^\*\*\[blocking-sleep\]\(.*\/rules\/blocking-sleep\)\*\*.*An event loop runs/s],
    ['config', /^In force.*\| `preset` \| `strict` \| \.github\/loopwarden\.yml:1 \|/s],
    ['help', /^\| Command \|/],
    ['hlep', /^There is no command `hlep`\. Did you mean `help`\?$/],
  ])('answer in one comment: %s', async (words, expected) => {
    const { pull } = await openShop({ files: { '.github/loopwarden.yml': 'preset: strict\n' } });

    await say(pull, 'ada', `/loopwarden ${words}`);

    expect(await lastWords(pull, 2)).toMatch(expected);
    expect(pull.comments).toHaveLength(2);
  });

  it('are for readers of a private repository, too', async () => {
    const { pull } = await openShop({ private: true });

    const comment = await say(pull, 'rita', '/loopwarden help');

    expect(reactionsTo(comment)).toEqual(['eyes', 'rocket']);
  });
});

describe('the check', () => {
  it('of a merge queue is completed at once, lest it stalls (mergeability/mergeable#716)', async () => {
    const { repository, pull } = await openShop();
    const group = await enqueue(pull);

    accepted(await app.github.deliver('merge_group', 'checks_requested', { group }));
    const run = await app.completedRun(repository, group.headSha, 'neutral');

    expect(run.output.summary).toContain('was reviewed before');
  });

  it('of a pull request that gets a label to skip is skipped, and made again without it', async () => {
    const files = { '.github/loopwarden.yml': 'labels-to-skip: [WIP]\n' };
    const { repository, pull } = await openShop({ files });
    await app.review(pull, 'failure');
    const label = { id: 1, name: 'wip', color: 'ededed' };

    pull.labels = [label];
    accepted(await app.github.deliver('pull_request', 'labeled', { pull, label }));
    const skipped = await app.completedRun(repository, pull.headSha, 'skipped', 2);
    expect(skipped.output.summary).toBe('The pull request has the label "wip".');

    pull.labels = [];
    accepted(await app.github.deliver('pull_request', 'unlabeled', { pull, label }));
    await app.completedRun(repository, pull.headSha, 'failure', 3);
  });

  it("of a bot's pull request is skipped where the configuration says so", async () => {
    const repository = await app.addRepository({
      files: { 'app.py': base, '.github/loopwarden.yml': 'bots: false\n' },
    });
    accountOf(app.github.world, 'robot[bot]', 'Bot');
    const pull = await openPullRequest(app.github.world, repository, {
      files: { 'app.py': head },
      author: 'robot[bot]',
    });

    const run = await app.review(pull, 'skipped');

    expect(run.output.summary).toBe('The pull request was opened by a bot.');
  });

  it('of a pull request that becomes a draft says so', async () => {
    const { repository, pull } = await openShop();
    await app.review(pull, 'failure');

    pull.draft = true;
    accepted(await app.github.deliver('pull_request', 'converted_to_draft', { pull }));

    const run = await app.completedRun(repository, pull.headSha, 'skipped', 2);
    expect(run.output.summary).toBe('The pull request is a draft.');
  });

  it('of a pull request that is closed while it waits is left alone', async () => {
    const { repository, pull } = await openShop();
    await app.review(pull, 'failure');

    closePullRequest(app.github.world, pull);
    accepted(await app.github.deliver('pull_request', 'closed', { pull }));
    await say(pull, 'mary', '/loopwarden help');

    expect(checkRunsOf(repository).map(run => run.conclusion)).toEqual(['failure']);
  });
});

describe('the buttons of a check run', () => {
  const press = async (run: CheckRun, requestedAction: string, sender: string) =>
    accepted(await app.github.deliver('check_run', 'requested_action', { run, requestedAction }, { sender }));
  const labelsOf = (run: CheckRun) => run.actions.map(action => action.label);

  it('commit the safe fixes for whoever may push', async () => {
    const { pull } = await openShop();
    const run = await app.review(pull, 'failure');
    const before = pull.headSha;
    expect(labelsOf(run)).toEqual(['Fix all safe', 'Re-run']);

    await press(run, 'fix-safe', 'mary');
    await app.github.until('the commit', () => pull.headSha !== before, 60_000);

    expect(await commitsSince(pull, before)).toMatch(/^loopwarden\[bot\]: Fix 2 async mistakes in app\.py/);
    expect(pull.comments).toEqual([]);
  });

  it('do nothing for others', async () => {
    const { repository, pull } = await openShop();
    const run = await app.review(pull, 'failure');
    const before = pull.headSha;

    await press(run, 'fix-safe', 'rita');
    await press(run, 'rerun', 'stranger');
    await press(run, 'rerun', 'mary');
    await app.completedRun(repository, pull.headSha, 'failure', 2);

    expect(pull.headSha).toBe(before);
    expect(checkRunsOf(repository)).toHaveLength(2);
  });

  it('say so when they were pressed for an older state', async () => {
    const { pull } = await openShop();
    const run = await app.review(pull, 'failure');
    await pushTo(app.github.world, pull, { files: { 'b.py': 'b = 1\n' } });

    await press(run, 'fix-safe', 'mary');

    expect(await lastWords(pull, 1)).toMatch(/^"Fix all safe", as mary asked for: There are new commits/);
    expect(await textAt(pull, 'app.py')).toBe(head);
  });

  it.each<[string, ShopOptions, Permissions]>([
    ['a fork', { fromFork: true }, permissions],
    ['a repository that we may not write to', {}, { ...permissions, contents: 'read' }],
  ])('are only there for what can be done: not for %s', async (_where, options, granted) => {
    const { repository, pull } = await openShop(options);
    installApp(app.github.world, repository.owner, granted);

    expect(labelsOf(await app.review(pull, 'failure'))).toEqual(['Re-run']);
  });

  it('come with a page that shows the code', async () => {
    const { pull } = await openShop();
    const { output } = await app.review(pull, 'failure');

    expect(output.text).toContain('10 |     time.sleep(2)\n   |     ^^^^^^^^^^^^^');
  });
});
