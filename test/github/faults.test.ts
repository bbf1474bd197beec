import type { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appClient, placeOf } from './clients.ts';
import { githubSecondaryLimits } from './http/secondary-limits.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import type { PullRequest, Repository } from './state/model.ts';
import { openPullRequest, pushTo } from './state/pull-requests.ts';

const permissions = { pull_requests: 'write', contents: 'read' } as const;

let standIn: StandIn;
let repository: Repository;
let pull: PullRequest;
let client: Octokit;

async function begin(secondaryLimits?: Partial<typeof githubSecondaryLimits>): Promise<void> {
  const limits = secondaryLimits && { secondaryLimits: { ...githubSecondaryLimits, ...secondaryLimits } };
  standIn = await startStandIn({ permissions, ...limits });
  repository = await standIn.addRepository('acme/shop');
  pull = await openPullRequest(standIn.world, repository, { files: { 'a.py': 'a = 1\n' } });
  client = await appClient(standIn, repository);
  standIn.log.clear();
}

afterEach(async () => {
  await standIn.close();
  expect(standIn.violations).toEqual([]);
});

const readPull = () => client.rest.pulls.get({ ...placeOf(repository), pull_number: pull.number });
const listFiles = () => client.rest.pulls.listFiles({ ...placeOf(repository), pull_number: pull.number });
const comment = (body = 'Hello.') =>
  client.rest.issues.createComment({ ...placeOf(repository), issue_number: pull.number, body });
const askViewer = () => client.graphql('query Who { viewer { login } }');

describe('a fault', () => {
  beforeEach(() => begin());

  it.each([401, 403, 404, 422, 429, 500, 502, 503])('can be status %i, with nothing done', async fault => {
    standIn.faults.next({ operation: 'issues/create-comment', fault });
    await expect(comment()).rejects.toMatchObject({ status: fault });
    expect(pull.comments).toEqual([]);
  });

  it('can be a 502 after all was done', async () => {
    standIn.faults.next({ method: 'POST', fault: '502-after-effect' });
    await expect(comment()).rejects.toMatchObject({ status: 502 });
    expect(pull.comments.map(one => one.body)).toEqual(['Hello.']);
  });

  it('can break the connection off', async () => {
    standIn.faults.next({ path: '/files', fault: 'reset' });
    await expect(listFiles()).rejects.toMatchObject({ status: 500 });
    expect(standIn.log.entries.map(one => [one.operation, one.status, one.fault])).toEqual([
      ['pulls/list-files', null, 'reset'],
    ]);
  });

  it('can be silence', async () => {
    standIn.faults.next({ fault: 'timeout' });
    const asked = client.rest.repos.get({
      ...placeOf(repository),
      request: { signal: AbortSignal.timeout(50) },
    });
    await expect(asked).rejects.toThrow('timeout');
    await standIn.until('the end of the request', () => standIn.log.entries[0]?.duration);
  });

  it('can cut a list short so that it seems empty', async () => {
    standIn.faults.next({ path: '/files', fault: 'truncated' });
    const { data } = await listFiles();
    expect(Array.isArray(data)).toBe(false);
  });

  it('can be the primary rate limit', async () => {
    standIn.faults.next({ fault: 'rate-limited' });
    await expect(readPull()).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'x-ratelimit-remaining': '0' } },
    });
  });

  it('is of status 200 when GraphQL meets the primary rate limit', async () => {
    standIn.faults.next({ operation: 'graphql Who', fault: 'rate-limited' });
    await expect(askViewer()).rejects.toMatchObject({ errors: [{ type: 'RATE_LIMITED' }] });
    expect(standIn.log.of('graphql').map(one => one.status)).toEqual([200]);
  });

  it('can be a secondary rate limit', async () => {
    standIn.faults.next({ fault: 'secondary', retryAfter: 7 });
    await expect(readPull()).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'retry-after': '7' } },
    });
  });

  it('can be none at all, but something else that happens meanwhile', async () => {
    const push = () => pushTo(standIn.world, pull, { files: { 'b.py': 'b = 1\n' } });
    standIn.faults.next({ operation: 'pulls/list-files', fault: { meanwhile: push } });
    expect((await listFiles()).data.map(file => file.filename)).toEqual(['a.py', 'b.py']);
  });

  it('strikes those that fit, as often as it says', async () => {
    standIn.faults.next({ operation: 'pulls/get', times: 2, fault: 500 });
    await listFiles();
    await expect(readPull()).rejects.toMatchObject({ status: 500 });
    expect(standIn.faults.pending).toHaveLength(1);
    await expect(readPull()).rejects.toMatchObject({ status: 500 });
    expect((await readPull()).status).toBe(200);
    expect(standIn.faults.pending).toEqual([]);
  });

  it('lets as many through first as it says', async () => {
    standIn.faults.next({ operation: 'pulls/get', after: 1, fault: 500 });
    expect((await readPull()).status).toBe(200);
    await expect(readPull()).rejects.toMatchObject({ status: 500 });
  });
});

describe('secondary limits', () => {
  it('stop comments that come too fast', async () => {
    await begin({ contentPerMinute: 2 });
    await comment('One.');
    await comment('Two.');
    await expect(comment('Three.')).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'retry-after': '60' } },
    });
    expect((await readPull()).status).toBe(200);
  });

  it('stop a review of too many comments', async () => {
    await begin({ commentsPerReview: 1 });
    const comments = Array(2).fill({ path: 'a.py', line: 1, side: 'RIGHT', body: 'Look.' });
    const posted = client.rest.pulls.createReview({
      ...placeOf(repository),
      pull_number: pull.number,
      event: 'COMMENT',
      body: 'Words.',
      comments,
    });
    await expect(posted).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('too quickly'),
    });
  });

  it('stop too many requests at the same time', async () => {
    await begin({ concurrent: 2 });
    const outcomes = await Promise.allSettled([readPull(), readPull(), readPull(), readPull()]);
    expect(outcomes.map(one => one.status).sort()).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
  });
});

describe('the log', () => {
  beforeEach(() => begin());

  it('tells reads from writes, and what was under way together', async () => {
    await Promise.all([readPull(), listFiles(), askViewer()]);
    await comment();

    expect(standIn.log.entries).toHaveLength(4);
    expect(standIn.log.writes.map(one => one.operation)).toEqual(['issues/create-comment']);
    expect(standIn.log.mostConcurrent).toBeGreaterThan(1);
    expect(String(standIn.log)).toContain('GET /repos/acme/shop/pulls/1/files (pulls/list-files): 200 after');
  });

  it('wakes those who wait', async () => {
    const waiting = standIn.until('a comment', () => pull.comments[0]);
    await comment('Here.');
    expect((await waiting).body).toBe('Here.');
  });

  it('is shown to those who wait in vain', async () => {
    await readPull();
    await expect(standIn.until('a comment', () => pull.comments[0], 20)).rejects.toThrow(
      /^Waited 20 ms in vain for a comment\.\nRequests so far:\nGET .*pulls\/get/,
    );
  });
});
