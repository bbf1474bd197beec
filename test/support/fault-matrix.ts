import { afterAll, beforeAll, expect, vi } from 'vitest';
import { readMarker } from '../../src/report/marker.ts';
import type { FaultKind } from '../github/http/faults.ts';
import { accountOf } from '../github/state/accounts.ts';
import { checkRunsOf } from '../github/state/check-runs.ts';
import { addIssueComment } from '../github/state/conversations.ts';
import type { CheckRun, PullRequest } from '../github/state/model.ts';
import { openPullRequest, pushTo } from '../github/state/pull-requests.ts';
import { type AppUnderTest, accepted, commentsOf, e2eTimeouts, startAppUnderTest } from './app-under-test.ts';
import { createFastPace } from './fast-clock.ts';
import { strike, type Target, targetsSince } from './strikes.ts';

const permissions = { checks: 'write', contents: 'write', pull_requests: 'write' } as const;

let app: AppUnderTest;

/** Has the App run for the tests of a file, of which each request fails in turn. */
export function useFaultMatrix(): void {
  vi.setConfig({ ...e2eTimeouts, testTimeout: 300_000 });

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
}

/** Each is over when the request is sent once more, but that GitHub does not know what it is asked about. */
const faults: readonly FaultKind[] = ['timeout', 'secondary', 500, '502-after-effect', 404, 'reset'];

/** A pull request that one request fails for. */
export interface Scene {
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

/** A pull request with two mistakes, of which the App does not know yet. */
export async function openScene(): Promise<Scene> {
  const number = ++scenes;
  const helper = `def load():\n    return ${number}\n`;
  const repository = await app.addRepository({
    files: { 'app.py': `x = ${number}\n`, 'helper.py': helper },
    collaborators: { mary: 'write' },
  });
  const pull = await openPullRequest(app.github.world, repository, { files: { 'app.py': opened(number) } });
  return { number, pull };
}

/** Tells the App that it was opened. */
export async function open({ pull }: Scene): Promise<void> {
  accepted(await app.github.deliver('pull_request', 'opened', { pull }));
}

/** Mends one of its mistakes and makes another one. */
export async function push({ pull, number }: Scene): Promise<void> {
  const before = await pushTo(app.github.world, pull, { files: { 'app.py': pushed(number) } });
  accepted(await app.github.deliver('pull_request', 'synchronize', { pull, before }));
}

/** Mary, who may write, comments on it. */
export async function say({ pull }: Scene, body: string): Promise<void> {
  const author = accountOf(app.github.world, 'mary');
  const comment = addIssueComment(app.github.world, pull, { author, body });
  accepted(await app.github.deliver('issue_comment', 'created', { comment }, { sender: 'mary' }));
}

/** Waits until the App has nothing more to do, later tries included. */
async function idle(): Promise<void> {
  const left = async () => {
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    const jobs = metrics.matchAll(/^loopwarden_queue_jobs\{state="(?:waiting|active)"\} [1-9]\d*$/gm);
    const underWay = app.github.log.entries.filter(one => one.duration === null);
    return [...[...jobs].map(String), ...underWay.map(({ operation, path }) => `${operation} ${path}`)];
  };
  // What is given up is told after its job has ended: a moment without either is not the end.
  for (let quiet = 0; quiet < 5; quiet++) {
    await expect.poll(left, { interval: 50, timeout: 200_000 }).toEqual([]);
  }
}

/** What the App asks for a scene that nothing goes wrong with. */
export async function targetsOf(
  scene: Scene,
  step: (scene: Scene) => Promise<void>,
): Promise<readonly Target[]> {
  const since = app.github.log.entries.length;
  await step(scene);
  await idle();
  return targetsSince(app.github, scene.pull, since);
}

/** A step of a scene, with what goes wrong. */
export interface Play {
  readonly scene: Scene;
  readonly target: Target;
  readonly fault: FaultKind;
}

/** Plays a step with each way to fail for each of its requests, all at the same time; in scenes that have been played before, if any. */
export async function playAll(
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
export function flawsOf(
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

/** The check runs of its head, oldest first. */
export const runsOf = (pull: PullRequest): readonly CheckRun[] =>
  checkRunsOf(pull.repository).filter(run => run.suite.headSha === pull.headSha);

/** Those who look at the check run know that there was no review, and how they get one. */
const isExplained = (run: CheckRun | undefined) =>
  run?.conclusion === 'neutral' && /^The review failed/.test(run.output.summary ?? '');

/** What is wrong with the review of the head. */
export function reviewFlaws(
  { pull }: Scene,
  fault: FaultKind,
  comments: number,
): readonly (string | false)[] {
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
export async function rerunExplained(plays: readonly Play[]): Promise<void> {
  for (const { scene } of plays) {
    const run = runsOf(scene.pull).at(-1);
    if (run !== undefined && isExplained(run)) {
      accepted(await app.github.deliver('check_run', 'rerequested', { run }));
    }
  }
  await idle();
}
