import { describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import type { CheckRunResult } from '../review/ports.ts';
import { createGitHubClient } from './github-client.ts';
import { completeLeftCheckRuns, hasCheckRun, reportCheckRun } from './report-check-run.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const place = { owner: 'acme', repo: 'shop', number: 7 };
const own = { name: 'Loopwarden', login: 'loopwarden[bot]' };
const output = { title: 'Reviewed', summary: 'Elsewhere.' };
const result: CheckRunResult = {
  name: 'Loopwarden',
  conclusion: 'neutral',
  output: { ...output, annotations: [] },
};
const completed = { name: 'Loopwarden', status: 'completed', conclusion: 'neutral', output };

/** Prepares GitHub's answer of the check runs that there are. */
function answerRuns(...runs: readonly { id: number; status: string; external_id?: string; app?: object }[]) {
  gitHub()
    .get('/repos/acme/shop/commits/abc/check-runs')
    .query({ check_name: 'Loopwarden' })
    .reply(200, { total_count: runs.length, check_runs: runs });
}

describe('reportCheckRun', () => {
  it('writes one where there is none', async () => {
    answerRuns();
    const asked = gitHub()
      .post('/repos/acme/shop/check-runs', { ...completed, head_sha: 'abc' })
      .reply(201, { id: 1 });

    await reportCheckRun(client, place, 'abc', result, 'loopwarden[bot]');

    expect(asked.isDone()).toBe(true);
  });

  it('writes one beside that of another App', async () => {
    answerRuns({ id: 1, status: 'completed', app: { slug: 'github-actions' } });
    const asked = gitHub()
      .post('/repos/acme/shop/check-runs', { ...completed, head_sha: 'abc' })
      .reply(201, { id: 2 });

    await reportCheckRun(client, place, 'abc', result, 'loopwarden[bot]');

    expect(asked.isDone()).toBe(true);
  });

  it('writes no second one', async () => {
    answerRuns({ id: 1, status: 'completed' });

    await expect(reportCheckRun(client, place, 'abc', result, 'loopwarden[bot]')).resolves.toBeUndefined();
  });

  it('completes one that was left open', async () => {
    answerRuns({ id: 1, status: 'in_progress' });
    const asked = gitHub().patch('/repos/acme/shop/check-runs/1', completed).reply(200, { id: 1 });

    await reportCheckRun(client, place, 'abc', result, 'loopwarden[bot]');

    expect(asked.isDone()).toBe(true);
  });
});

describe('completeLeftCheckRuns', () => {
  it('completes those of the pull request that are open, and no others', async () => {
    answerRuns(
      { id: 1, status: 'completed', external_id: '7' },
      { id: 2, status: 'in_progress', external_id: '8' },
      { id: 3, status: 'in_progress', external_id: '7' },
    );
    const asked = gitHub().patch('/repos/acme/shop/check-runs/3').reply(200, { id: 3 });

    await completeLeftCheckRuns(client, place, 'abc', result, 'loopwarden[bot]');

    expect(asked.isDone()).toBe(true);
  });
});

describe('hasCheckRun', () => {
  it.each([
    [[], false],
    [[{ id: 1, status: 'in_progress' }], true],
    [[{ id: 1, status: 'completed' }], true],
  ])('knows of one in any state: %j', async (runs, expected) => {
    answerRuns(...runs);

    expect(await hasCheckRun(client, place, 'abc', own)).toBe(expected);
  });
});
