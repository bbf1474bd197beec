import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Repository } from './github/state/model.ts';
import { openPullRequest } from './github/state/pull-requests.ts';
import { type AppUnderTest, commentsOf, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';

vi.setConfig(e2eTimeouts);

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest();
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
});

const clean = 'import time\n\n\nasync def wait():\n    pass\n';
const blocking = 'import time\n\n\nasync def wait():\n    time.sleep(1)\n';

/** Files of a package, each the same. */
function files(count: number, text: string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`pkg/m${index}.py`, text]));
}

/** What was asked about a repository, by operation, without what the App asks once for all. */
function requestsFor(repository: Repository): Record<string, number> {
  const { login } = repository.owner;
  const counts: Record<string, number> = {};
  for (const { operation, path, body } of app.github.log.entries) {
    if (!path.includes(`/${login}/`) && !JSON.stringify(body ?? '').includes(login)) continue;
    const [name = ''] = operation.split(' ');
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

it('reads 300 files in few requests, comments on the worst and annotates the rest', {
  timeout: 120_000,
}, async () => {
  const repository = await app.addRepository({ files: files(300, clean) });
  const pull = await openPullRequest(app.github.world, repository, {
    files: { ...files(300, clean.replace('pass', 'return 1')), ...files(120, blocking) },
  });

  const run = await app.review(pull, 'failure');

  expect(pull.reviews).toHaveLength(1);
  expect(commentsOf(pull)).toHaveLength(20);
  // The first request completes the run, the second brings the rest.
  await app.github.until('all annotations', () => run.annotations.length === 100);
  expect(run.conclusion).toBe('failure');
  const requests = requestsFor(repository);
  expect(requests['pulls/list-files']).toBe(3);
  // Two versions of each file, fifty at a time, and the configuration.
  expect(requests.graphql).toBeLessThanOrEqual(13);
  expect(requests['checks/update']).toBe(2);
  expect(app.github.log.mostConcurrent).toBeLessThanOrEqual(20);
});

it('asks for as much whether two files change or twenty', async () => {
  const requests: Record<string, number>[] = [];
  for (const count of [2, 20]) {
    const repository = await app.addRepository({ files: files(count, clean) });
    await app.review(
      await openPullRequest(app.github.world, repository, { files: files(count, blocking) }),
      'failure',
    );
    requests.push(requestsFor(repository));
  }
  expect(requests[1]).toEqual(requests[0]);
});

it('looks at files that GitHub gives no patch for', async () => {
  const repository = await app.addRepository({ files: { 'long.py': clean } });
  const long = `${'x = 1\n'.repeat(21_000)}${blocking}`;
  const pull = await openPullRequest(app.github.world, repository, {
    files: { 'long.py': long, 'a.py': blocking },
  });

  const run = await app.review(pull, 'failure');

  expect(commentsOf(pull).map(comment => comment.thread.place.path)).toEqual(['a.py']);
  expect(run.annotations.map(one => [one.path, one.start_line])).toEqual([['long.py', 21_005]]);
});
