import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import type { ReviewToPost } from '../review/ports.ts';
import { createGitHubClient } from './github-client.ts';
import { postReview } from './post-review.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const place = { owner: 'acme', repo: 'shop', number: 7 };
const reviewsPath = '/repos/acme/shop/pulls/7/reviews';
const author = {
  login: 'loopwarden[bot]',
  readMarker: (body: string) => [...body.matchAll(/<!-- (\w+) -->/g)].map(match => match[1] ?? ''),
};
const review: ReviewToPost = {
  event: 'COMMENT',
  body: 'Two mistakes.',
  comments: [
    { path: 'a.py', line: 3, side: 'RIGHT', body: 'One. <!-- f1 -->' },
    { path: 'a.py', start_line: 5, start_side: 'RIGHT', line: 6, side: 'RIGHT', body: 'Other. <!-- f2 -->' },
  ],
};
const post = (posted = review) => postReview(client, place, 'abc', posted, author);
/** Prepares the answer to the question for all threads. */
function answerThreads(comments: readonly { readonly by: string; readonly body: string }[]) {
  const pageInfo = { hasNextPage: false, endCursor: null };
  const nodes = comments.map(({ by, body }, index) => {
    const [login = '', bot] = by.split('[');
    const author = { __typename: bot === undefined ? 'User' : 'Bot', login };
    const comment = { id: `C${index}`, fullDatabaseId: `${index}`, author, authorAssociation: 'NONE', body };
    return {
      id: `T${index}`,
      path: 'a.py',
      line: 3,
      isResolved: false,
      isOutdated: false,
      resolvedBy: null,
      root: { nodes: [{ isMinimized: false, reactions: { totalCount: 0 } }] },
      comments: { pageInfo, nodes: [comment] },
    };
  });
  const pullRequest = { reviewThreads: { pageInfo, nodes }, comments: { pageInfo, nodes: [] } };
  gitHub()
    .post('/graphql', body => /^query Conversation\b/.test(body.query))
    .reply(200, { data: { repository: { pullRequest } } });
}

describe('postReview', () => {
  it('posts all comments at once, for one head', async () => {
    gitHub()
      .post(reviewsPath, body => isDeepStrictEqual(body, { ...review, commit_id: 'abc' }))
      .reply(200, { id: 1 });

    expect(await post()).toEqual({ kind: 'posted' });
  });

  it('says what GitHub refuses', async () => {
    gitHub()
      .post(reviewsPath)
      .reply(422, { message: 'Unprocessable Entity', errors: ['Line could not be resolved'] });

    expect(await post()).toEqual({
      kind: 'refused',
      reason:
        'GitHub answered 422 to POST /repos/acme/shop/pulls/7/reviews: Unprocessable Entity: "Line could not be resolved"',
    });
  });

  it('leaves the findings to the check run where it may not comment', async () => {
    gitHub()
      .post(reviewsPath)
      .reply(
        403,
        { message: 'Resource not accessible by integration' },
        { 'x-accepted-github-permissions': 'pull_requests=write' },
      );

    expect(await post()).toEqual({
      kind: 'forbidden',
      reason:
        'GitHub answered 403 to POST /repos/acme/shop/pulls/7/reviews: Resource not accessible by integration (it takes pull_requests: write)',
    });
  });

  it.each([
    ['with status 502', () => gitHub().post(reviewsPath).reply(502, 'bad gateway')],
    ['on the way', () => gitHub().post(reviewsPath).replyWithError(new Error('socket hang up'))],
  ])('finds a review whose answer was lost %s', async (_how, lose) => {
    lose();
    answerThreads([
      { by: 'ada', body: 'nice' },
      { by: 'Loopwarden[bot]', body: 'Other. <!-- f2 -->' },
    ]);

    expect(await post()).toEqual({ kind: 'posted' });
  });

  it.each([
    ['there is none', []],
    ['there are only earlier ones', [{ by: 'loopwarden[bot]', body: 'Old. <!-- f0 -->' }]],
    ['someone else has copied the marker', [{ by: 'mallory', body: 'One. <!-- f1 -->' }]],
  ])('fails, to be tried later, when %s', async (_what, comments) => {
    gitHub().post(reviewsPath).reply(502, 'bad gateway');
    answerThreads(comments);

    await expect(post()).rejects.toMatchObject({ kind: 'server', status: 502, retry: 'later' });
  });

  it.each([
    [
      'the same body',
      { user: { login: 'Loopwarden[bot]' }, commit_id: 'abc', body: 'Two mistakes.\r\n' },
      true,
    ],
    ['another head', { user: { login: 'loopwarden[bot]' }, commit_id: 'old', body: 'Two mistakes.' }, false],
    ['another author', { user: { login: 'ada' }, commit_id: 'abc', body: 'Two mistakes.' }, false],
    ['an author who is gone', { user: null, commit_id: 'abc', body: 'Two mistakes.' }, false],
  ])('looks for a lost review without comments by its body: %s', async (_what, existing, found) => {
    gitHub().post(reviewsPath).reply(502, 'bad gateway');
    gitHub().get(reviewsPath).query(true).reply(200, [existing]);

    const posting = post({ ...review, comments: [] });

    if (found) expect(await posting).toEqual({ kind: 'posted' });
    else await expect(posting).rejects.toMatchObject({ kind: 'server' });
  });

  it.each([
    [404, 'not-found'],
    [429, 'rate-limited'],
  ])('does not look for a review that GitHub answered with %i', async (status, kind) => {
    gitHub().post(reviewsPath).reply(status, { message: 'no' });

    await expect(post()).rejects.toMatchObject({ kind });
  });
});
