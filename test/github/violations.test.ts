import { request } from 'node:http';
import type { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appClient, placeOf } from './clients.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import type { PullRequest, Repository } from './state/model.ts';
import { openPullRequest } from './state/pull-requests.ts';

let standIn: StandIn;
let repository: Repository;
let pull: PullRequest;
let client: Octokit;

beforeEach(async () => {
  standIn = await startStandIn({ permissions: { pull_requests: 'write', contents: 'read' } });
  repository = await standIn.addRepository('acme/shop');
  pull = await openPullRequest(standIn.world, repository, { files: { 'a.py': 'a = 1\n' } });
  client = await appClient(standIn, repository);
});

afterEach(() => standIn.close());

const ask = (route: string, more: object = {}) =>
  client.request(route, { ...placeOf(repository), pull_number: 1, ...more });

describe('a request that is not as GitHub has it', () => {
  it.each([
    [
      'an address that there is not',
      () => ask('GET /repos/{owner}/{repo}/pull/1'),
      501,
      'has no such operation',
    ],
    [
      'an operation that is not served',
      () => ask('PUT /repos/{owner}/{repo}/pulls/1/merge'),
      501,
      'add it in test/github/rest',
    ],
    [
      'an unknown parameter',
      () => ask('GET /repos/{owner}/{repo}/pulls/1/files?perpage=9'),
      500,
      'has no field perpage',
    ],
    [
      'a number that is none',
      () => ask('GET /repos/{owner}/{repo}/pulls/one'),
      500,
      '/pull_number must be integer',
    ],
    [
      'an unknown field',
      () =>
        ask('POST /repos/{owner}/{repo}/pulls/1/reviews', {
          event: 'COMMENT',
          body: 'x',
          subject_type: 'file',
        }),
      500,
      'has no field subject_type',
    ],
    [
      'an unknown field in a list',
      () =>
        ask('POST /repos/{owner}/{repo}/pulls/1/reviews', {
          comments: [{ path: 'a', body: 'b', subject_type: 'file' }],
        }),
      500,
      '/comments/0 has no field subject_type',
    ],
    [
      'a wrong type',
      () =>
        ask('POST /repos/{owner}/{repo}/pulls/1/reviews', {
          comments: [{ path: 'a', body: 'b', line: '1' }],
        }),
      500,
      '/comments/0/line must be integer',
    ],
    [
      'an unknown field in GraphQL',
      () => client.graphql('{ viewer { age } }'),
      500,
      'Cannot query field "age"',
    ],
    [
      'a wrong type in GraphQL',
      () => client.graphql('{ node(id: true) { id } }'),
      500,
      'ID cannot represent',
    ],
    ['a query that cannot be read', () => client.graphql('{ viewer {'), 500, 'Syntax Error'],
    [
      'a variable of a wrong type',
      () =>
        client.graphql(
          'query ($n: Int!) { nodes(ids: []) { id } repository(owner: "a", name: "b") { pullRequest(number: $n) { id } } }',
          { n: 'one' },
        ),
      500,
      'Int cannot represent',
    ],
    [
      'a field of GraphQL that is not served',
      () => client.graphql('{ licenses { name } }'),
      501,
      'GraphQL Query.licenses',
    ],
  ])('%s', async (_, asked, status, problem) => {
    await expect(asked()).rejects.toMatchObject({ status, message: expect.stringContaining(problem) });
    expect(standIn.violations).toEqual([expect.stringContaining(problem)]);
  });

  it('ends the wait of those who would wait in vain', async () => {
    const waiting = standIn.until('a comment', () => pull.comments[0]);
    await expect(ask('GET /nowhere')).rejects.toMatchObject({ status: 501 });
    await expect(waiting).rejects.toThrow(
      'Gave up waiting for a comment: GET /nowhere: GitHub has no such operation',
    );
  });
});

it('records an answer that is not as GitHub has it', async () => {
  Object.assign(pull, { title: 7 });
  await expect(ask('GET /repos/{owner}/{repo}/pulls/1')).rejects.toMatchObject({ status: 500 });
  expect(standIn.violations).toEqual(['Answer 200 of pulls/get: /title must be string']);
});

it('refuses what is no JSON, and requests without a user agent', async () => {
  const post = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${standIn.apiUrl}/repos/acme/shop/issues/1/comments`, {
        method: 'POST',
        headers,
      });
      asked
        .on('response', answer => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end('{"body":');
    });
  expect(await post({ 'user-agent': 'x' })).toBe(400);
  expect(await post({})).toBe(403);
  expect(standIn.violations).toEqual([]);
});
