import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accountOf } from './github/state/accounts.ts';
import { checkRunsOf } from './github/state/check-runs.ts';
import { addIssueComment } from './github/state/conversations.ts';
import { installApp } from './github/state/installations.ts';
import type { Account, CheckRun, IssueComment, Permissions, PullRequest } from './github/state/model.ts';
import { openPullRequest, pushTo } from './github/state/pull-requests.ts';
import { replyTo } from './github/state/reviews.ts';
import {
  type AppUnderTest,
  accepted,
  commentsOf,
  e2eTimeouts,
  startAppUnderTest,
} from './support/app-under-test.ts';

vi.setConfig(e2eTimeouts);

const permissions = { checks: 'write', contents: 'write', pull_requests: 'write' } as const;
const base = 'import asyncio\nimport time\n';
const head = `${base}\n\nasync def f():\n    time.sleep(1)\n`;

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest({ permissions });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
  expect(app.github.faults.pending).toEqual([]);
});

/** Where a command is given. `ada` has opened the pull request. */
interface Shop {
  readonly fromFork?: boolean;
  readonly isPublic?: boolean;
  readonly granted?: Permissions;
  /** Something that stands in the way. */
  readonly prepare?: (pull: PullRequest) => void;
}

async function openShop(shop: Shop = {}): Promise<PullRequest> {
  const { world } = app.github;
  const repository = await app.addRepository({
    files: { 'app.py': base },
    collaborators: { mary: 'write', rita: 'read', tim: 'triage' },
    private: shop.isPublic !== true,
  });
  installApp(world, repository.owner, shop.granted ?? permissions);
  const options = { files: { 'app.py': head }, author: 'ada', fromFork: shop.fromFork === true };
  const pull = await openPullRequest(world, repository, options);
  shop.prepare?.(pull);
  return pull;
}

async function write(pull: PullRequest, author: Account, body: string): Promise<IssueComment> {
  const comment = addIssueComment(app.github.world, pull, { author, body });
  accepted(await app.github.deliver('issue_comment', 'created', { comment }, { sender: author.login }));
  return comment;
}

type Reacted = Pick<IssueComment, 'reactions'>;

const reactionsTo = ({ reactions }: Reacted) => reactions.map(({ content }) => content);
const answered = (comment: Reacted) =>
  app.github.until('the answer to a command', () => comment.reactions.length === 2, 60_000);

/** A command of somebody whom it hears, which is done after all that came before. */
async function letItCatchUp(pull: PullRequest): Promise<void> {
  const count = pull.comments.length;
  await answered(await write(pull, accountOf(app.github.world, 'mary'), '/loopwarden help'));
  await app.github.until('the help', () => pull.comments.length === count + 2, 60_000);
  pull.comments.splice(count);
}

/** What a command that is refused must not have done. */
function expectUntouched(pull: PullRequest, before: string): void {
  expect(pull.headSha).toBe(before);
  expect(checkRunsOf(pull.repository)).toEqual([]);
  expect(pull.threads).toEqual([]);
}

describe('a command that cannot be obeyed', () => {
  const pushed = (pull: PullRequest) => pushTo(app.github.world, pull, { files: { 'b.py': 'b = 1\n' } });
  const instead = 'Commit the suggestions in its comments instead, or run `loopwarden check --fix app.py`';

  it.each<[string, Shop, string, string, string | null]>([
    [
      'without contents: write',
      { granted: { ...permissions, contents: 'read' } },
      'mary',
      'fix',
      `Loopwarden may not commit here: it needs write access to contents, which whoever installed it can grant. ${instead}`,
    ],
    [
      'in a fork',
      { fromFork: true },
      'mary',
      'fix',
      `The branch is a fork's, where Loopwarden cannot commit. ${instead}`,
    ],
    [
      'on a protected branch',
      { prepare: pull => pull.repository.protectedBranches.add(pull.headBranch) },
      'mary',
      'fix',
      `GitHub did not take the commit: \`GitHub answered a GraphQL query with an error: Changes must be made through a pull request.\`. ${instead}`,
    ],
    [
      'of a closed pull request',
      {
        prepare: pull => {
          pull.state = 'closed';
          pull.closedAt = new Date();
        },
      },
      'mary',
      'fix',
      'The pull request is closed: nothing was changed.',
    ],
    ['by the author without write access', {}, 'ada', 'fix', '`fix` needs write access to this repository. '],
    [
      'by the author of a fork',
      { fromFork: true },
      'ada',
      'fix all',
      '`fix` needs write access to this repository. ',
    ],
    ['by a reader', {}, 'rita', 'fix', '`fix` needs write access to this repository. '],
    ['by somebody who triages', { isPublic: true }, 'tim', 'fix', '`fix` needs write access '],
    ['by anybody in a public repository', { isPublic: true }, 'eve', 'fix', null],
    [
      'by the author without write access',
      {},
      'ada',
      'ignore blocking-sleep',
      '`ignore` needs write access ',
    ],
    ['by a reader', {}, 'rita', 'ignore blocking-sleep', '`ignore` needs write access '],
    ['by anybody in a public repository', { isPublic: true }, 'eve', 'ignore blocking-sleep', null],
    ['by anybody in a public repository', { isPublic: true }, 'eve', 'review', null],
    ['by anybody in a public repository', { isPublic: true }, 'eve', 'explain blocking-sleep', null],
    ['by anybody in a public repository', { isPublic: true }, 'eve', 'no-such-command', null],
    ['by somebody who has lost all access', {}, 'eve', 'review', null],
  ])('%s: %j, %s: %s', async (_why, shop, by, command, answer) => {
    const pull = await openShop(shop);
    const before = pull.headSha;

    const comment = await write(pull, accountOf(app.github.world, by), `/loopwarden ${command}`);
    await answered(comment);
    if (answer === null) await letItCatchUp(pull);
    else await app.github.until('a reply', () => pull.comments.length === 2, 60_000);

    expect(reactionsTo(comment)).toEqual(['eyes', 'confused']);
    expect(pull.comments.slice(1).map(({ body }) => body.slice(0, answer?.length))).toEqual(
      answer === null ? [] : [answer],
    );
    expectUntouched(pull, before);
  });

  it('because somebody has pushed in the meantime', async () => {
    const pull = await openShop();
    app.github.faults.next({
      operation: 'graphql CommitFiles',
      body: `"${pull.repository.owner.login}/`,
      fault: { meanwhile: () => pushed(pull) },
    });

    const comment = await write(pull, accountOf(app.github.world, 'mary'), '/loopwarden fix');
    await app.github.until('a reply', () => pull.comments.length === 2, 60_000);

    expect(reactionsTo(comment)).toEqual(['eyes', 'confused']);
    expect(pull.comments[1]?.body).toBe(
      'There are new commits on the branch by now: nothing was changed. Give the command again for them.',
    );
    const blob = await pull.repository.git.objects.read(`${pull.headSha}:app.py`);
    expect(blob?.bytes.toString()).toBe(head);
  });

  it.each(['fix', 'ignore it is fine'])('in a thread, by a reader: %s', async command => {
    const pull = await openShop();
    await app.review(pull, 'failure');
    const before = pull.headSha;
    const [first] = commentsOf(pull);
    if (first === undefined) throw new Error('There is no comment.');

    const rita = accountOf(app.github.world, 'rita');
    const comment = replyTo(app.github.world, first.thread, rita, `/loopwarden ${command}`);
    accepted(
      await app.github.deliver('pull_request_review_comment', 'created', { comment }, { sender: 'rita' }),
    );
    await app.github.until('a reply', () => first.thread.comments.length === 3, 60_000);

    expect(reactionsTo(comment)).toEqual(['eyes', 'confused']);
    expect(first.thread.comments[2]?.body).toMatch(/^`(?:fix|ignore)` needs write access/);
    expect(pull.headSha).toBe(before);
    expect(first.thread.resolvedBy).toBeNull();
    expect(checkRunsOf(pull.repository)).toHaveLength(1);
  });
});

describe('a command that nobody gave', () => {
  const bot = (login: string) => accountOf(app.github.world, login, 'Bot');

  it.each<[string, () => Account, string]>([
    ['of a bot', () => bot('robot[bot]'), '/loopwarden fix'],
    ['of ourselves', () => bot('loopwarden[bot]'), '/loopwarden fix'],
    ['in a quote', () => accountOf(app.github.world, 'mary'), '> /loopwarden fix\n\nShall I?'],
    ['in a block of code', () => accountOf(app.github.world, 'mary'), '```\n/loopwarden fix\n```'],
    ['in a span of code', () => accountOf(app.github.world, 'mary'), 'Try `/loopwarden fix`.'],
    ['in the middle of a line', () => accountOf(app.github.world, 'mary'), 'I say /loopwarden fix'],
  ])('is only text: %s', async (_what, author, body) => {
    const pull = await openShop();
    const before = pull.headSha;

    const comment = await write(pull, author(), body);
    await letItCatchUp(pull);

    expect(comment.reactions).toEqual([]);
    expect(pull.comments).toEqual([comment]);
    expectUntouched(pull, before);
  });

  it('is only text where a comment is edited', async () => {
    const pull = await openShop();
    const author = accountOf(app.github.world, 'mary');
    const comment = addIssueComment(app.github.world, pull, { author, body: '/loopwarden fix' });
    const changes = { body: { from: 'Nice.' } };
    accepted(
      await app.github.deliver('issue_comment', 'edited', { comment, changes }, { sender: author.login }),
    );
    const before = pull.headSha;
    await letItCatchUp(pull);

    expect(comment.reactions).toEqual([]);
    expectUntouched(pull, before);
  });
});

describe('an installation that has not granted', () => {
  it('comments, has the findings in the check run', async () => {
    const pull = await openShop({ granted: { ...permissions, pull_requests: 'read' } });

    const run = await app.review(pull, 'failure');

    expect(pull.reviews).toEqual([]);
    expect(run.annotations.map(one => one.start_line)).toEqual([6]);
    expect(run.output.summary).toContain('it takes pull_requests: write');
  });

  it.each<[string, Permissions, RegExp]>([
    ['check runs', { contents: 'write', pull_requests: 'write' }, /it takes checks: (?:read|write)/],
    ['to write check runs', { ...permissions, checks: 'read' }, /it takes checks: write/],
    ['contents', { checks: 'write', pull_requests: 'write' }, /not accessible by integration/],
  ])('%s, has that in its log, once, and no half of a review', async (_what, granted, expected) => {
    const pull = await openShop({ granted });
    const { login } = pull.repository.owner;
    const complaints = () => app.errors.filter(line => line.includes(`${login}/`));

    accepted(await app.github.deliver('pull_request', 'opened', { pull }));
    await app.github.until('the complaint', () => complaints().length > 0, 60_000);

    expect(complaints()[0]).toMatch(expected);
    expect(complaints()[0]).toContain('"retryInMs":null');
    expect(pull.reviews).toEqual([]);
    expect(checkRunsOf(pull.repository).filter(({ status }) => status !== 'completed')).toEqual([]);
  });

  it('anything any more, because it is suspended, is left alone', async () => {
    const pull = await openShop();
    const { owner } = pull.repository;
    const installation = installApp(app.github.world, owner);
    installation.suspendedAt = new Date();
    const complaints = () => app.errors.filter(line => line.includes(`${owner.login}/`));

    accepted(await app.github.deliver('pull_request', 'opened', { pull }));
    await app.github.until('the complaint', () => complaints().length > 0, 60_000);

    expect(complaints()[0]).toContain('This installation has been suspended');
    expect(complaints()[0]).toContain('"retryInMs":null');
    expect(app.github.log.entries.filter(({ path }) => path.includes(`/${owner.login}/`))).toEqual([]);

    // And it goes on when it is not any more.
    installation.suspendedAt = null;
    await app.review(pull, 'failure');
    expect(pull.reviews).toHaveLength(1);
  });
});

describe('a button', () => {
  const press = async (run: CheckRun, requestedAction: string, sender: string) =>
    accepted(await app.github.deliver('check_run', 'requested_action', { run, requestedAction }, { sender }));

  it.each([
    ['fix-safe', 'rita'],
    ['fix-safe', 'tim'],
    ['fix-safe', 'ada'],
    ['fix-safe', 'eve'],
    ['fix-safe', 'robot[bot]'],
    ['rerun', 'eve'],
    ['rerun', 'robot[bot]'],
    ['no-such-button', 'mary'],
  ])('%s does nothing for %s', async (button, by) => {
    const pull = await openShop();
    const run = await app.review(pull, 'failure');
    const before = pull.headSha;
    if (by.endsWith('[bot]')) accountOf(app.github.world, by, 'Bot');

    await press(run, button, by);
    await letItCatchUp(pull);

    expect(pull.headSha).toBe(before);
    expect(pull.comments).toEqual([]);
    expect(checkRunsOf(pull.repository)).toEqual([run]);
  });

  it.each<[string, Shop, RegExp]>([
    ['in a fork', { fromFork: true }, /^"Fix all safe", as mary asked for: The branch is a fork's/],
    [
      'without contents: write',
      { granted: { ...permissions, contents: 'read' } },
      /^"Fix all safe", as mary asked for: Loopwarden may not commit here/,
    ],
    [
      'on a protected branch',
      { prepare: pull => pull.repository.protectedBranches.add(pull.headBranch) },
      /^"Fix all safe", as mary asked for: GitHub did not take the commit/,
    ],
  ])('that fixes says so where it cannot: %s', async (_where, shop, expected) => {
    const pull = await openShop(shop);
    const run = await app.review(pull, 'failure');
    const before = pull.headSha;

    await press(run, 'fix-safe', 'mary');
    await app.github.until('a reply', () => pull.comments.length === 1, 60_000);

    expect(pull.comments[0]?.body).toMatch(expected);
    expect(pull.headSha).toBe(before);
  });
});
