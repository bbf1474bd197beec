import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { gitText } from './github/git/git.ts';
import { accountOf } from './github/state/accounts.ts';
import { checkRunsOf } from './github/state/check-runs.ts';
import { addIssueComment } from './github/state/conversations.ts';
import type { PullRequest } from './github/state/model.ts';
import { openPullRequest } from './github/state/pull-requests.ts';
import { type AppUnderTest, accepted, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';

vi.setConfig(e2eTimeouts);

const permissions = { checks: 'write', contents: 'write', pull_requests: 'write' } as const;
const base = 'import asyncio\nimport time\n';
const head = `${base}\n\nasync def first():\n    time.sleep(1)\n\n\nasync def second():\n    time.sleep(2)\n`;

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest({ permissions });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
  expect(app.github.faults.pending).toEqual([]);
});

async function open(): Promise<PullRequest> {
  const { world } = app.github;
  const repository = await app.addRepository({
    files: { 'app.py': base },
    collaborators: { mary: 'write', moe: 'write' },
  });
  return openPullRequest(world, repository, { files: { 'app.py': head }, author: 'ada' });
}

/** No commit is made before two wishes have got so far that each knows what to commit. */
function waitForBoth({ repository }: PullRequest): void {
  const { faults, log, until } = app.github;
  const body = `"${repository.owner.login}/`;
  const asked = () => log.of('graphql Modes').length;
  const before = asked();
  const meanwhile = () => until('both to be ready', () => asked() === before + 2, 60_000);
  faults.next({ operation: 'graphql CommitFiles', body, fault: { meanwhile } });
}

async function say(pull: PullRequest, login: string, body: string): Promise<void> {
  const author = accountOf(app.github.world, login);
  const comment = addIssueComment(app.github.world, pull, { author, body });
  accepted(await app.github.deliver('issue_comment', 'created', { comment }, { sender: login }));
}

async function pressFix(pull: PullRequest, sender: string): Promise<void> {
  const run = checkRunsOf(pull.repository).find(({ suite }) => suite.headSha === pull.headSha);
  if (run === undefined) throw new Error('There is no check run.');
  const requestedAction = 'fix-safe';
  accepted(await app.github.deliver('check_run', 'requested_action', { run, requestedAction }, { sender }));
}

const repliesTo = (pull: PullRequest) =>
  pull.comments.filter(({ author }) => author.type === 'Bot').map(({ body }) => body);
const commitsOf = (pull: PullRequest) =>
  gitText(pull.repository.git.folder, 'log', '--format=%an', `main..${pull.headBranch}`);

it.each([
  ['fix', 'There is nothing to fix.'],
  ['fix all', 'There is nothing to fix.'],
  ['fix blocking-sleep', 'There is nothing to fix.'],
])('two people who say `%s` at once get one commit, and the second is told so', async (command, answer) => {
  const pull = await open();
  waitForBoth(pull);

  await Promise.all(['mary', 'moe'].map(login => say(pull, login, `/loopwarden ${command}`)));
  await app.github.until('two replies', () => repliesTo(pull).length === 2, 60_000);

  expect((await commitsOf(pull)).match(/loopwarden/g)).toHaveLength(1);
  expect(repliesTo(pull).toSorted()).toEqual([`Fixed 2 findings in ${pull.headSha}.`, answer]);
  const [one = [], other = []] = pull.comments
    .filter(({ author }) => author.type !== 'Bot')
    .map(({ reactions }) => reactions.map(({ content }) => content))
    .toSorted((a, b) => Number(b.includes('rocket')) - Number(a.includes('rocket')));
  expect([one, other]).toEqual([
    ['eyes', 'rocket'],
    ['eyes', 'confused'],
  ]);
});

it('a command and the button at once make one commit, and the other hears that nothing is left', async () => {
  const pull = await open();
  await app.review(pull, 'failure');
  waitForBoth(pull);

  await Promise.all([say(pull, 'mary', '/loopwarden fix'), pressFix(pull, 'moe')]);
  const isOver = () => repliesTo(pull).some(body => body.includes('nothing to fix'));
  await app.github.until('the second answer', isOver, 60_000);

  expect((await commitsOf(pull)).match(/loopwarden/g)).toHaveLength(1);
});

it('a button that is pressed when a command has just fixed all hears that nothing is left', async () => {
  const pull = await open();
  const run = await app.review(pull, 'failure');
  await say(pull, 'mary', '/loopwarden fix');
  await app.github.until('the reply', () => repliesTo(pull).length === 1, 60_000);

  const requestedAction = 'fix-safe';
  const sender = { sender: 'moe' };
  accepted(await app.github.deliver('check_run', 'requested_action', { run, requestedAction }, sender));
  await app.github.until('the second answer', () => repliesTo(pull).length === 2, 60_000);

  expect(repliesTo(pull)[1]).toBe('"Fix all safe", as moe asked for: There is nothing to fix.');
  expect((await commitsOf(pull)).match(/loopwarden/g)).toHaveLength(1);
});
