import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { LoggedRequest } from './github/http/request-log.ts';
import type { PullRequest, Repository } from './github/state/model.ts';
import { openPullRequest, pushTo } from './github/state/pull-requests.ts';
import { type AppUnderTest, accepted, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';

vi.setConfig(e2eTimeouts);

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest();
  // As far away as GitHub is, so that what is asked side by side is under way side by side.
  const meanwhile = () => new Promise(resolve => setTimeout(resolve, 300));
  app.github.faults.next({ times: Number.POSITIVE_INFINITY, fault: { meanwhile } });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
});

const clean = (index: number) =>
  `import time\nfrom pkg import helpers${index}\n\n\nasync def wait():\n    helpers${index}.load()\n`;
const blocking = (index: number) => `${clean(index)}    time.sleep(${index})\n`;

/** Modules that each import another one, which the change does not touch. */
function modules(count: number, text: (index: number) => string): Record<string, string> {
  const indices = Array.from({ length: count }, (_, index) => index);
  return Object.fromEntries(
    indices.flatMap(index => [
      [`pkg/m${index}.py`, text(index)],
      [`pkg/helpers${index}.py`, `def load():\n    return ${index}\n`],
    ]),
  );
}

/** What a review asked of GitHub; see `docs/github.md`, which tells these numbers. */
interface Asked {
  readonly requests: number;
  /** How many at most were sent one after the other, each when the one before was answered. */
  readonly roundTrips: number;
}

/** What was asked about a repository since the log was cleared, without the tokens, which live for an hour. */
function asked(repository: Repository): Asked {
  const { login } = repository.owner;
  const entries = app.github.log.entries.filter(
    ({ path, body }) => path.includes(`/${login}/`) || JSON.stringify(body ?? '').includes(`"${login}"`),
  );
  return { requests: entries.length, roundTrips: longestChain(entries) };
}

function longestChain(entries: readonly LoggedRequest[]): number {
  const lengths: number[] = [];
  for (const [index, { startedAt }] of entries.entries()) {
    const before = entries
      .slice(0, index)
      .map((one, earlier) =>
        one.startedAt + (one.duration ?? 0) <= startedAt ? (lengths[earlier] ?? 0) : 0,
      );
    lengths.push(1 + Math.max(0, ...before));
  }
  return Math.max(0, ...lengths);
}

async function firstReview(
  count: number,
): Promise<{ pull: PullRequest; repository: Repository; asked: Asked }> {
  const repository = await app.addRepository({ files: modules(count, clean) });
  const pull = await openPullRequest(app.github.world, repository, { files: modules(count, blocking) });
  app.github.log.clear();
  await app.review(pull, 'failure');
  return { pull, repository, asked: asked(repository) };
}

it('asks for as much for two files as for fifty, and for little one after the other', async () => {
  const few = await firstReview(2);
  const many = await firstReview(50);

  expect(many.asked.requests).toBe(few.asked.requests);
  expect(few.asked.requests).toBe(12);
  // Seven by their nature; on a busy machine two that go side by side may come one after the other.
  expect(many.asked.roundTrips).toBeLessThanOrEqual(8);
});

it('asks for less on the next push', async () => {
  const { pull, repository } = await firstReview(20);
  app.github.log.clear();
  const before = await pushTo(app.github.world, pull, { files: { 'pkg/m0.py': `${blocking(0)}\nx = 1\n` } });
  accepted(await app.github.deliver('pull_request', 'synchronize', { pull, before }));
  await app.completedRun(repository, pull.headSha, 'failure');
  const push = asked(repository);

  expect(push.requests).toBe(9);
  expect(push.roundTrips).toBeLessThanOrEqual(6);
});
