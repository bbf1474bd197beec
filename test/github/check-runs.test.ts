import type { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appClient, clientWith, placeOf } from './clients.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import type { PullRequest, Repository } from './state/model.ts';
import { openPullRequest } from './state/pull-requests.ts';

let standIn: StandIn;
let repository: Repository;
let pull: PullRequest;
let client: Octokit;
let place: { owner: string; repo: string };

beforeEach(async () => {
  standIn = await startStandIn({ permissions: { checks: 'write', contents: 'read', pull_requests: 'read' } });
  repository = await standIn.addRepository('acme/shop');
  pull = await openPullRequest(standIn.world, repository, { files: { 'a.py': 'a = 1\n' } });
  client = await appClient(standIn, repository);
  place = placeOf(repository);
});

afterEach(async () => {
  await standIn.close();
  expect(standIn.violations).toEqual([]);
});

const annotation = (more: object = {}) =>
  ({
    path: 'a.py',
    start_line: 1,
    end_line: 1,
    annotation_level: 'warning',
    message: 'Look.',
    ...more,
  }) as const;
const output = (more: object = {}) => ({ title: 'Two findings', summary: 'See below.', ...more });
const create = (more: object = {}) =>
  client.rest.checks.create({ ...place, name: 'Loopwarden', head_sha: pull.headSha, ...more });

describe('a check run', () => {
  it('begins, grows by annotations, and ends', async () => {
    const { data: begun } = await create({
      status: 'in_progress',
      output: output({ annotations: [annotation()] }),
    });
    const more = output({
      annotations: Array.from({ length: 50 }, (_, index) => annotation({ end_line: index + 1 })),
    });
    const { data: ended } = await client.rest.checks.update({
      ...place,
      check_run_id: begun.id,
      conclusion: 'neutral',
      output: more,
    });
    const annotations = await client.paginate(client.rest.checks.listAnnotations, {
      ...place,
      check_run_id: begun.id,
    });

    expect([begun.status, begun.conclusion, begun.pull_requests.map(one => one?.number)]).toEqual([
      'in_progress',
      null,
      [1],
    ]);
    expect([ended.status, ended.conclusion, ended.output.annotations_count]).toEqual([
      'completed',
      'neutral',
      51,
    ]);
    expect(annotations).toHaveLength(51);
  });

  it('can be begun again', async () => {
    const { data: ended } = await create({ conclusion: 'success' });
    const { data } = await client.rest.checks.update({
      ...place,
      check_run_id: ended.id,
      status: 'in_progress',
    });
    expect([data.status, data.conclusion, data.completed_at]).toEqual(['in_progress', null, null]);
  });

  it('is listed by its commit, the latest of each name', async () => {
    await create();
    const { data: second } = await create({ external_id: 'again' });
    const { data } = await client.rest.checks.listForRef({ ...place, ref: 'refs/pull/1/head' });
    const { data: all } = await client.rest.checks.listForRef({ ...place, ref: pull.headSha, filter: 'all' });
    expect(data.check_runs.map(run => run.id)).toEqual([second.id]);
    expect(all.total_count).toBe(2);
  });

  it("of a fork's commit knows no pull request", async () => {
    const fork = await openPullRequest(standIn.world, repository, {
      author: 'bob',
      fromFork: true,
      files: { b: '' },
    });
    const { data } = await create({ head_sha: fork.headSha });
    const suite = await client.rest.checks.getSuite({ ...place, check_suite_id: data.check_suite?.id ?? 0 });
    expect([data.pull_requests, suite.data.head_branch]).toEqual([[], null]);
  });

  it('makes its suite as bad as its worst run', async () => {
    await create({ conclusion: 'success' });
    const { data } = await create({ conclusion: 'failure' });
    const suite = await client.rest.checks.getSuite({ ...place, check_suite_id: data.check_suite?.id ?? 0 });
    expect(suite.data.conclusion).toBe('failure');
  });
});

describe('what GitHub refuses', () => {
  const euro = '€'.repeat(30_000);

  it.each([
    [
      '51 annotations',
      { output: output({ annotations: Array(51).fill(annotation()) }) },
      'no more than 50 items',
    ],
    [
      'a summary that is too long',
      { output: output({ summary: 'x'.repeat(65_536) }) },
      'only 65535 characters',
    ],
    ['a summary of too many bytes', { output: output({ summary: euro }) }, '"summary" exceeds 65535 bytes'],
    ['a text of too many bytes', { output: output({ text: euro }) }, '"text" exceeds 65535 bytes'],
    [
      'columns across lines',
      { output: output({ annotations: [annotation({ end_line: 2, start_column: 1 })] }) },
      'columns are only allowed',
    ],
    [
      'line 0',
      { output: output({ annotations: [annotation({ start_line: 0 })] }) },
      '"start_line" must be at least 1',
    ],
    [
      'an end before the start',
      { output: output({ annotations: [annotation({ start_line: 2 })] }) },
      'must not be before',
    ],
    [
      'a long title',
      { output: output({ annotations: [annotation({ title: 'x'.repeat(256) })] }) },
      '255 characters',
    ],
    [
      'a long message',
      { output: output({ annotations: [annotation({ message: 'x'.repeat(65_537) })] }) },
      '64 KB',
    ],
    ['completion without a conclusion', { status: 'completed' }, '"conclusion" is required'],
    [
      'four buttons',
      { actions: Array(4).fill({ label: 'Fix', description: 'Fix it', identifier: 'fix' }) },
      '3 items',
    ],
    [
      'a long label',
      { actions: [{ label: 'x'.repeat(21), description: 'd', identifier: 'i' }] },
      '20 characters',
    ],
    ['a commit that is not there', { head_sha: 'e'.repeat(40) }, 'No commit found for SHA'],
  ])('%s', async (_, more, problem) => {
    await expect(create(more)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining(problem),
    });
    expect(repository.checkSuites.flatMap(suite => suite.runs)).toEqual([]);
  });

  it('check runs by a person', async () => {
    const admin = clientWith(standIn, standIn.userToken('acme'));
    const created = admin.rest.checks.create({ ...place, name: 'x', head_sha: pull.headSha });
    await expect(created).rejects.toMatchObject({ status: 403 });
  });
});
