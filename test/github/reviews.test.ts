import type { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appClient, clientWith, placeOf } from './clients.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import type { PullRequest, Repository } from './state/model.ts';
import { openPullRequest, pushTo } from './state/pull-requests.ts';

const numbered = (changes: Readonly<Record<number, string>> = {}) =>
  Array.from({ length: 40 }, (_, index) => `${changes[index + 1] ?? `line ${index + 1}`}\n`).join('');

let standIn: StandIn;
let repository: Repository;
let pull: PullRequest;
let client: Octokit;
let at: { owner: string; repo: string; pull_number: number };

beforeEach(async () => {
  standIn = await startStandIn({ permissions: { pull_requests: 'write', contents: 'read' } });
  repository = await standIn.addRepository('acme/shop', { files: { 'a.py': numbered() } });
  // Two hunks: lines 2 to 8, without the old line 5, and 27 to 33.
  pull = await openPullRequest(standIn.world, repository, {
    files: { 'a.py': numbered({ 5: 'five', 30: 'thirty' }) },
  });
  client = await appClient(standIn, repository);
  at = { ...placeOf(repository), pull_number: pull.number };
});

afterEach(async () => {
  await standIn.close();
  expect(standIn.violations).toEqual([]);
});

const comment = (more: object) => ({ path: 'a.py', body: 'Look.', line: 5, side: 'RIGHT', ...more });
const post = (comments: object[], more: object = {}) =>
  client.rest.pulls.createReview({
    ...at,
    event: 'COMMENT',
    body: 'Some words.',
    comments: comments as [],
    ...more,
  });
const listed = async () => (await client.rest.pulls.listReviewComments(at)).data;

describe('posting a review', () => {
  it('puts its comments where they belong', async () => {
    const { data } = await post([
      comment({}),
      comment({ line: 7, start_line: 5, start_side: 'RIGHT' }),
      comment({ side: 'LEFT' }),
    ]);
    const comments = await listed();

    expect(data).toMatchObject({
      state: 'COMMENTED',
      commit_id: pull.headSha,
      user: { login: 'loopwarden[bot]' },
    });
    expect(
      comments.map(one => [one.line, one.start_line, one.side, one.original_line, one.position]),
    ).toEqual([
      [5, null, 'RIGHT', 5, 5],
      [7, 5, 'RIGHT', 7, 7],
      [5, null, 'LEFT', 5, 4],
    ]);
    expect(comments[0]?.diff_hunk).toBe('@@ -2,7 +2,7 @@ line 1\n line 2\n line 3\n line 4\n-line 5\n+five');
    expect(comments.map(one => one.pull_request_review_id)).toEqual([data.id, data.id, data.id]);
  });

  it.each([
    ['a line between the hunks', { line: 15 }, 'Line could not be resolved'],
    ['a context line at the left', { line: 4, side: 'LEFT' }, 'Line could not be resolved'],
    ['a file that did not change', { path: 'b.py' }, 'Path could not be resolved'],
    ['a start in another hunk', { line: 30, start_line: 6 }, 'must be part of the same hunk'],
    ['a start that is the end', { start_line: 5 }, 'start line must precede the end line'],
    ['a start after the end', { line: 5, start_line: 6 }, 'start line must precede the end line'],
    ['no words', { body: ' ' }, "Body body can't be blank"],
    ['too many words', { body: 'x'.repeat(65_537) }, 'body is too long (maximum is 65536 characters)'],
  ])('refuses everything for %s', async (_, wrong, problem) => {
    const posted = post([comment({}), comment(wrong)]);

    await expect(posted).rejects.toMatchObject({
      status: 422,
      response: { data: { errors: [expect.stringContaining(problem)] } },
    });
    expect(await listed()).toEqual([]);
    expect(pull.reviews).toEqual([]);
  });

  it.each([
    ['a comment without words', { body: '' }, "can't be blank"],
    [
      'a commit of somewhere else',
      { commit_id: 'e'.repeat(40) },
      'The commitOID is not part of the pull request',
    ],
  ])('refuses %s', async (_, more, problem) => {
    await expect(post([], more)).rejects.toMatchObject({
      status: 422,
      response: { data: { errors: [expect.stringContaining(problem)] } },
    });
  });

  it('refuses a commit that was forced away', async () => {
    const before = await pushTo(standIn.world, pull, { on: 'main', files: { 'a.py': numbered({ 5: 'V' }) } });
    await expect(post([comment({})], { commit_id: before })).rejects.toMatchObject({ status: 422 });
  });

  it('waits to be submitted without an event, seen by nobody else', async () => {
    const { data } = await client.rest.pulls.createReview({ ...at, comments: [comment({})] });
    const reader = clientWith(standIn, standIn.userToken('acme'));

    expect(data.state).toBe('PENDING');
    expect((await reader.rest.pulls.listReviewComments(at)).data).toEqual([]);
    await expect(client.rest.pulls.createReview({ ...at, body: 'again' })).rejects.toMatchObject({
      status: 422,
    });

    await client.rest.pulls.submitReview({ ...at, review_id: data.id, event: 'COMMENT', body: 'Done.' });
    expect((await reader.rest.pulls.listReviewComments(at)).data).toHaveLength(1);
  });

  it('lists reviews and their comments', async () => {
    const { data } = await post([comment({})]);
    const reviews = await client.rest.pulls.listReviews(at);
    const comments = await client.rest.pulls.listCommentsForReview({ ...at, review_id: data.id });
    expect(reviews.data.map(one => one.body)).toEqual(['Some words.']);
    expect(comments.data.map(one => one.body)).toEqual(['Look.']);
  });
});

describe('a single comment', () => {
  it('can be about the file as a whole', async () => {
    const { data } = await client.rest.pulls.createReviewComment({
      ...at,
      commit_id: pull.headSha,
      path: 'a.py',
      body: 'All of it.',
      subject_type: 'file',
    });
    expect(data).toMatchObject({ subject_type: 'file', line: 1 });
  });

  it('is refused outside of the diff, with the field to blame', async () => {
    const posted = client.rest.pulls.createReviewComment({
      ...at,
      commit_id: pull.headSha,
      path: 'a.py',
      body: 'x',
      line: 15,
    });
    await expect(posted).rejects.toMatchObject({
      status: 422,
      response: { data: { errors: [{ field: 'pull_request_review_thread.line', code: 'custom' }] } },
    });
  });

  it('can be answered, changed and deleted', async () => {
    await post([comment({})]);
    const [first] = await listed();
    const comment_id = first?.id ?? 0;
    const reply = await client.rest.pulls.createReplyForReviewComment({ ...at, comment_id, body: 'Why?' });
    expect(reply.data.in_reply_to_id).toBe(comment_id);

    await client.rest.pulls.updateReviewComment({ ...placeOf(repository), comment_id, body: 'Better.' });
    await client.rest.pulls.deleteReviewComment({ ...placeOf(repository), comment_id: reply.data.id });
    expect((await listed()).map(one => one.body)).toEqual(['Better.']);
  });

  it("of somebody else's cannot be changed", async () => {
    await post([comment({})]);
    const [first] = await listed();
    const other = clientWith(standIn, standIn.userToken('acme'));
    const changed = other.rest.pulls.updateReviewComment({
      ...placeOf(repository),
      comment_id: first?.id ?? 0,
      body: 'Mine now.',
    });
    await expect(changed).rejects.toMatchObject({ status: 403 });
  });
});

describe('after a push', () => {
  beforeEach(async () => {
    await post([comment({ line: 5 }), comment({ line: 30 })]);
  });

  it('a comment moves with its line', async () => {
    await pushTo(standIn.world, pull, { files: { 'a.py': `new\n${numbered({ 5: 'five', 30: 'thirty' })}` } });
    expect((await listed()).map(one => [one.line, one.original_line])).toEqual([
      [6, 5],
      [31, 30],
    ]);
  });

  it('a comment on a line that changed is outdated', async () => {
    await pushTo(standIn.world, pull, { files: { 'a.py': numbered({ 5: 'FIVE', 30: 'thirty' }) } });
    const comments = await listed();
    expect(comments.map(one => [one.line, one.position, one.original_line])).toEqual([
      [null, null, 5],
      [30, 14, 30],
    ]);
    expect(comments[0]?.commit_id).not.toBe(pull.headSha);
  });

  it('a comment on a line that left the diff is outdated', async () => {
    await pushTo(standIn.world, pull, { files: { 'a.py': numbered({ 30: 'thirty' }) } });
    expect((await listed()).map(one => one.line)).toEqual([null, 30]);
  });
});
