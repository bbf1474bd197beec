import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkRunsOf } from './github/state/check-runs.ts';
import { openPullRequest } from './github/state/pull-requests.ts';
import { type AppUnderTest, accepted, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';

vi.setConfig(e2eTimeouts);

let app: AppUnderTest;

beforeEach(async () => {
  app = await startAppUnderTest();
});

afterEach(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
});

it.each(['pulls/list-files', 'graphql Files', 'checks/create'])(
  'when it has to end in the middle of a review, no check is left open: at %s',
  async operation => {
    const repository = await app.addRepository({ files: { 'app.py': 'import time\n' } });
    const files = { 'app.py': 'import time\n\n\nasync def f():\n    time.sleep(1)\n' };
    const pull = await openPullRequest(app.github.world, repository, { files });
    const reached = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const meanwhile = async () => {
      reached.resolve();
      await go.promise;
    };
    app.github.faults.next({ operation, fault: { meanwhile } });
    accepted(await app.github.deliver('pull_request', 'opened', { pull }));
    await reached.promise;
    // Whatever goes beside it is answered.
    await app.github.until(
      'the check run',
      () => operation === 'checks/create' || checkRunsOf(repository)[0],
    );

    const quitting = app.quit(0);
    if (operation === 'checks/create') go.resolve();
    await quitting;
    go.resolve();

    expect(checkRunsOf(repository).map(run => [run.conclusion, run.output.summary])).toEqual([
      [
        'neutral',
        'The review was broken off. It will be done again, at the latest after the next push or "Re-run".',
      ],
    ]);
    expect(pull.reviews).toEqual([]);
  },
);
