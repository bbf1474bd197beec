import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readMarker } from '../src/report/marker.ts';
import { gitText } from './github/git/git.ts';
import type { FaultKind } from './github/http/faults.ts';
import { accountOf } from './github/state/accounts.ts';
import { checkRunsOf } from './github/state/check-runs.ts';
import { addIssueComment } from './github/state/conversations.ts';
import type { CheckRun, PullRequest } from './github/state/model.ts';
import { openPullRequest, pushTo } from './github/state/pull-requests.ts';
import {
  type AppUnderTest,
  accepted,
  commentsOf,
  e2eTimeouts,
  startAppUnderTest,
} from './support/app-under-test.ts';
import { createFastPace } from './support/fast-clock.ts';
import { strike, type Target, targetsSince } from './support/strikes.ts';

vi.setConfig({ ...e2eTimeouts, testTimeout: 300_000 });

const permissions = { checks: 'write', contents: 'write', pull_requests: 'write' } as const;

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest({
    permissions,
    environment: { LOOPWARDEN_CONCURRENCY: '16' },
    // What GitHub and we wait for are minutes; only what is never answered is waited for in this machine's time.
    pace: { ...createFastPace(20), requestTimeout: 3000 },
  });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
});

/** Each is over when the request is sent once more, but that GitHub does not know what it is asked about. */
const faults: readonly FaultKind[] = ['timeout', 'secondary', 500, '502-after-effect', 404, 'reset'];

const readForReviews = /^(?:graphql (?:Files|SharedSettings)|pulls\/|repos\/compare|git\/get-tree)/;

/** A pull request that one request fails for. */
interface Scene {
  /** Tells it from all others. */
  readonly number: number;
  readonly pull: PullRequest;
}

let scenes = 0;

/** Two mistakes. No two scenes have a file in common, as the App remembers files. */
const opened = (scene: number) =>
  `import time\nimport helper\n\nx = ${scene}\n\n\nasync def f():\n    time.sleep(1)\n\n\nasync def g():\n    time.sleep(2)\n`;
/** The first is mended, and there is another one. */
const pushed = (scene: number) =>
  opened(scene)
    .replace('    time.sleep(1)', '    helper.load()')
    .concat('\n\nasync def h():\n    time.sleep(3)\n');

async function openScene(): Promise<Scene> {
  const number = ++scenes;
  const helper = `def load():\n    return ${number}\n`;
  const repository = await app.addRepository({
    files: { 'app.py': `x = ${number}\n`, 'helper.py': helper },
    collaborators: { mary: 'write' },
  });
  const pull = await openPullRequest(app.github.world, repository, { files: { 'app.py': opened(number) } });
  return { number, pull };
}

async function open({ pull }: Scene): Promise<void> {
  accepted(await app.github.deliver('pull_request', 'opened', { pull }));
}

async function push({ pull, number }: Scene): Promise<void> {
  const before = await pushTo(app.github.world, pull, { files: { 'app.py': pushed(number) } });
  accepted(await app.github.deliver('pull_request', 'synchronize', { pull, before }));
}

async function say({ pull }: Scene, body: string): Promise<void> {
  const author = accountOf(app.github.world, 'mary');
  const comment = addIssueComment(app.github.world, pull, { author, body });
  accepted(await app.github.deliver('issue_comment', 'created', { comment }, { sender: 'mary' }));
}

/** Waits until the App has nothing more to do, later tries included. */
async function idle(): Promise<void> {
  const busy = async () => {
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    const jobs = metrics.matchAll(/^loopwarden_queue_jobs\{state="(?:waiting|active)"\} (\d+)$/gm);
    const underWay = app.github.log.entries.filter(one => one.duration === null);
    return [...jobs].reduce((sum, [, count]) => sum + Number(count), underWay.length);
  };
  // What is given up is told after its job has ended: a moment without either is not the end.
  for (let quiet = 0; quiet < 5; quiet++) {
    await expect.poll(busy, { interval: 50, timeout: 200_000 }).toBe(0);
  }
}

/** What the App asks for a scene that nothing goes wrong with. */
async function targetsOf(scene: Scene, step: (scene: Scene) => Promise<void>): Promise<readonly Target[]> {
  const since = app.github.log.entries.length;
  await step(scene);
  await idle();
  return targetsSince(app.github, scene.pull, since);
}

/** A step of a scene, with what goes wrong. */
interface Play {
  readonly scene: Scene;
  readonly target: Target;
  readonly fault: FaultKind;
}

/** Plays a step with each way to fail for each of its requests, all at the same time; in scenes that have been played before, if any. */
async function playAll(
  targets: readonly Target[],
  step: (scene: Scene) => Promise<void>,
  before: readonly Play[] = [],
): Promise<readonly Play[]> {
  const cases = faults.flatMap(fault => targets.map(target => ({ target, fault })));
  const plays: Play[] = [];
  for (const [index, { target, fault }] of cases.entries()) {
    const scene = before[index]?.scene ?? (await openScene());
    strike(app.github, scene.pull, target, fault);
    await step(scene);
    plays.push({ scene, target, fault });
  }
  await idle();
  const unplayed = app.github.faults.pending.map(plan => `${plan.operation} ${plan.fault}`);
  app.github.faults.clear();
  expect(unplayed).toEqual([]);
  return plays;
}

/** Of all that was played, what is not as it should be. */
function flawsOf(
  plays: readonly Play[],
  look: (scene: Scene, play: Play) => readonly (string | false)[],
): readonly string[] {
  return plays.flatMap(play => {
    const { operation, after } = play.target;
    return look(play.scene, play)
      .filter(flaw => flaw !== false)
      .map(flaw => `${operation} (${after}) with ${String(play.fault)}: ${flaw}`);
  });
}

const runsOf = (pull: PullRequest): readonly CheckRun[] =>
  checkRunsOf(pull.repository).filter(run => run.suite.headSha === pull.headSha);

/** Those who look at the check run know that there was no review, and how they get one. */
const isExplained = (run: CheckRun | undefined) =>
  run?.conclusion === 'neutral' && /^The review failed/.test(run.output.summary ?? '');

/** What is wrong with the review of the head. */
function reviewFlaws({ pull }: Scene, fault: FaultKind, comments: number): readonly (string | false)[] {
  const runs = runsOf(pull);
  const said = commentsOf(pull).flatMap(({ body }) => readMarker(body));
  const verdict = runs.at(-1);
  const isDone = verdict?.conclusion === 'failure';
  return [
    new Set(said).size < said.length && 'a comment was made twice',
    runs.some(run => run.status !== 'completed') && 'a check run hangs',
    !isDone && !(fault === 404 && isExplained(verdict)) && `it ends so: ${verdict?.output.summary}`,
    isDone && said.length !== comments && `there are ${said.length} comments`,
  ];
}

/** Presses "Re-run" where the check run says that this may help. */
async function rerunExplained(plays: readonly Play[]): Promise<void> {
  for (const { scene } of plays) {
    const run = runsOf(scene.pull).at(-1);
    if (run !== undefined && isExplained(run)) {
      accepted(await app.github.deliver('check_run', 'rerequested', { run }));
    }
  }
  await idle();
}

it('each request of a review, and of the one after a push, fails in each way: nothing twice, nothing lost, no check left open', async () => {
  const good = await openScene();
  const opening = await targetsOf(good, open);
  const known = new Set(opening.map(({ operation }) => operation));
  const pushing = await targetsOf(good, push);
  // What reads is the same for both.
  const closing = pushing.filter(({ operation }) => !known.has(operation) || isWrite(operation));
  expect(opening.length).toBeGreaterThan(12);
  expect(closing.map(({ operation }) => operation)).toContain('graphql ResolveReviewThread');

  const first = await playAll(opening, open);
  expect(flawsOf(first, (scene, { fault }) => reviewFlaws(scene, fault, 2))).toEqual([]);
  await rerunExplained(first);
  expect(flawsOf(first, scene => reviewFlaws(scene, 'reset', 2))).toEqual([]);

  const second = await playAll(closing, push, first);
  expect(flawsOf(second, (scene, { fault }) => reviewFlaws(scene, fault, 3))).toEqual([]);
  await rerunExplained(second);
  expect(
    flawsOf(second, (scene, { fault }) => [
      ...reviewFlaws(scene, 'reset', 3),
      fault !== 404 && !isFirstClosed(scene) && 'the thread of what was mended is open',
    ]),
  ).toEqual([]);
});

const isWrite = (operation: string) => /create|update|Review$/.test(operation);

const isFirstClosed = ({ pull }: Scene) =>
  `${pull.threads.map(({ resolvedBy }) => resolvedBy?.type ?? 'nobody')}` === 'Bot,nobody,nobody';

it('each request of a fix fails in each way: one commit at most, and one answer', async () => {
  const fix = (scene: Scene) => say(scene, '/loopwarden fix');
  const all = await targetsOf(await openScene(), fix);
  // What it reads as a review does is read again in the same way.
  const targets = all.filter(({ operation }) => !readForReviews.test(operation));
  expect(targets.map(({ operation }) => operation)).toContain('graphql CommitFiles');

  const plays = await playAll(targets, fix);
  const commits = new Map<Scene, number>();
  for (const { scene } of plays) {
    const { git } = scene.pull.repository;
    const authors = await gitText(git.folder, 'log', '--format=%an', `main..${scene.pull.headBranch}`);
    commits.set(scene, authors.split('\n').filter(name => name === 'loopwarden[bot]').length);
  }

  expect(
    flawsOf(plays, (scene, play) => {
      const { fault } = play;
      const { reactions, reply } = answerOf(scene);
      const isFixed = reactions.includes('rocket') || /^Fixed 2 findings/.test(reply);
      return [
        ...answerFlaws(scene, play),
        !isFixed && fault !== 404 && `the answer is ${reply}`,
        commits.get(scene) !== (isFixed ? 1 : 0) && `there are ${commits.get(scene)} commits`,
      ];
    }),
  ).toEqual([]);
});

it('each request of an ignore fails in each way: it is done, or said that it is not', async () => {
  const ignore = (scene: Scene) => say(scene, '/loopwarden ignore blocking-sleep');
  const targets = await targetsOf(await openScene(), ignore);
  const own = targets.filter(({ operation }) => /permission|reaction/.test(operation));
  expect(own.length).toBeGreaterThan(2);

  const plays = await playAll(own, ignore);

  expect(
    flawsOf(plays, (scene, play) => {
      const { fault } = play;
      const verdict = runsOf(scene.pull).at(-1)?.conclusion;
      return [
        ...answerFlaws(scene, play),
        verdict !== 'success' && fault !== 404 && `the check run ends with ${verdict}`,
      ];
    }),
  ).toEqual([]);
});

function answerOf({ pull }: Scene): { readonly reactions: readonly string[]; readonly reply: string } {
  const [command, ...replies] = pull.comments;
  return {
    reactions: command?.reactions.map(({ content }) => content) ?? [],
    reply: replies.map(({ body }) => body).join(' | '),
  };
}

/** Whoever gave a command knows what came of it, and was told once. */
function answerFlaws(scene: Scene, { target, fault }: Play): readonly (string | false)[] {
  const { reactions, reply } = answerOf(scene);
  // Whoever has deleted the comment waits for nothing.
  const isGone = fault === 404 && target.operation.startsWith('reactions/');
  const ends = reactions.filter(content => content !== 'eyes');
  return [
    ends.length > 1 && `the reactions are ${reactions}`,
    ends.length === 0 && reply === '' && !isGone && 'there is no answer',
    scene.pull.comments.length > 2 && `the replies are ${reply}`,
  ];
}
