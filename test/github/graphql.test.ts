import type { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appClient, clientWith, placeOf } from './clients.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import { accountOf } from './state/accounts.ts';
import { addIssueComment } from './state/conversations.ts';
import type { Permissions, PullRequest, Repository, ReviewThread } from './state/model.ts';
import { openPullRequest, pushTo } from './state/pull-requests.ts';
import { nodeId } from './state/world.ts';

const reading: Permissions = { pull_requests: 'write', contents: 'read' };

let standIn: StandIn;
let repository: Repository;
let pull: PullRequest;
let client: Octokit;

beforeEach(async () => {
  standIn = await startStandIn({ permissions: { ...reading, contents: 'write' }, limits: { blobText: 20 } });
  repository = await standIn.addRepository('acme/shop', {
    files: {
      'a.py': 'a = 1\nb = 2\n',
      'long.py': 'x'.repeat(21),
      'data.bin': Uint8Array.of(0, 1),
      'lib/c.py': '',
    },
    collaborators: { mary: 'write' },
  });
  pull = await openPullRequest(standIn.world, repository, { files: { 'a.py': 'a = 10\nb = 20\n' } });
  client = await appClient(standIn, repository);
});

afterEach(async () => {
  await standIn.close();
  expect(standIn.violations).toEqual([]);
});

async function addThreads(count = 1): Promise<readonly ReviewThread[]> {
  const comment = { path: 'a.py', line: 1, side: 'RIGHT', body: 'Look.' };
  await client.rest.pulls.createReview({
    ...placeOf(repository),
    pull_number: pull.number,
    event: 'COMMENT',
    body: 'Words.',
    comments: Array(count).fill(comment),
  });
  return pull.threads;
}

const errorsOf = (type: string) => ({ errors: [{ type }] });

describe('files', () => {
  const query = `query ($owner: String!, $name: String!, $a: String!, $b: String!, $c: String!, $d: String!, $e: String!) {
    repository(owner: $owner, name: $name) {
      a: object(expression: $a) { ...file } b: object(expression: $b) { ...file } c: object(expression: $c) { ...file }
      d: object(expression: $d) { ...file } e: object(expression: $e) { ...file }
    }
  }
  fragment file on GitObject { __typename ... on Blob { text isBinary isTruncated byteSize } }`;

  it('come as text, cut at the limit, by any number of names', async () => {
    const answer = await client.graphql<{ repository: object }>(query, {
      owner: 'acme',
      name: 'shop',
      a: `${pull.headSha}:a.py`,
      b: 'main:long.py',
      c: 'main:data.bin',
      d: 'main:lib',
      e: 'main:none.py',
    });

    expect(answer.repository).toEqual({
      a: { __typename: 'Blob', text: 'a = 10\nb = 20\n', isBinary: false, isTruncated: false, byteSize: 14 },
      b: { __typename: 'Blob', text: 'x'.repeat(20), isBinary: false, isTruncated: true, byteSize: 21 },
      c: { __typename: 'Blob', text: null, isBinary: true, isTruncated: false, byteSize: 2 },
      d: { __typename: 'Tree' },
      e: null,
    });
  });

  it('need the permission to read contents', async () => {
    standIn.install('acme', { pull_requests: 'read' });
    const poor = await appClient(standIn, repository);
    const asked = poor.graphql(
      '{ repository(owner: "acme", name: "shop") { object(expression: "main") { oid } } }',
    );
    await expect(asked).rejects.toMatchObject(errorsOf('FORBIDDEN'));
  });
});

describe('a pull request', () => {
  it('is read with all that belongs to it', async () => {
    await addThreads();
    addIssueComment(standIn.world, pull, { author: accountOf(standIn.world, 'mary'), body: 'Thanks.' });

    const answer = await client.graphql(
      `query Everything($owner: String!, $name: String!, $number: Int!) {
        viewer { login }
        repository(owner: $owner, name: $name) {
          nameWithOwner isPrivate defaultBranchRef { name target { oid } }
          pullRequest(number: $number) {
            state isDraft headRefOid baseRefName isCrossRepository changedFiles additions
            author { login __typename }
            files(first: 10) { nodes { path changeType } }
            commits(last: 1) { nodes { commit { message } } totalCount }
            reviews(first: 1) { nodes { state body author { login } comments(first: 5) { totalCount } } }
            comments(last: 5) { nodes { body author { login } isMinimized } }
            reviewThreads(first: 5) {
              nodes { path line isResolved isOutdated subjectType comments(first: 1) { nodes { body viewerDidAuthor replyTo { id } } } }
            }
          }
        }
      }`,
      { owner: 'acme', name: 'shop', number: pull.number },
    );

    expect(answer).toMatchObject({
      viewer: { login: 'loopwarden' },
      repository: {
        nameWithOwner: 'acme/shop',
        defaultBranchRef: { name: 'main', target: { oid: pull.baseSha } },
        pullRequest: {
          state: 'OPEN',
          headRefOid: pull.headSha,
          author: { login: 'alice', __typename: 'User' },
          files: { nodes: [{ path: 'a.py', changeType: 'MODIFIED' }] },
          commits: { nodes: [{ commit: { message: 'Change things' } }], totalCount: 1 },
          reviews: {
            nodes: [{ state: 'COMMENTED', author: { login: 'loopwarden' }, comments: { totalCount: 1 } }],
          },
          comments: { nodes: [{ body: 'Thanks.', author: { login: 'mary' } }] },
          reviewThreads: {
            nodes: [
              {
                path: 'a.py',
                line: 1,
                isResolved: false,
                isOutdated: false,
                comments: { nodes: [{ body: 'Look.', viewerDidAuthor: true, replyTo: null }] },
              },
            ],
          },
        },
      },
    });
  });

  it('gives its threads in pages', async () => {
    await addThreads(5);
    const page = (args: string) =>
      client.graphql<{ node: { reviewThreads: { pageInfo: object; nodes: { id: string }[] } } }>(
        `query ($id: ID!) { node(id: $id) { ... on PullRequest { reviewThreads(${args}) {
          totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor } nodes { id } } } } }`,
        { id: nodeId(pull) },
      );

    const first = (await page('first: 2')).node.reviewThreads;
    const { endCursor } = first.pageInfo as { endCursor: string };
    const rest = (await page(`first: 100, after: "${endCursor}"`)).node.reviewThreads;
    const last = (await page('last: 1')).node.reviewThreads;

    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect(rest).toMatchObject({ pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    expect([...first.nodes, ...rest.nodes].map(one => one.id)).toEqual(pull.threads.map(nodeId));
    expect(last.nodes[0]?.id).toBe(nodeId(pull.threads.at(4) as ReviewThread));
  });

  it.each([
    ['without a number of items', '', 'MISSING_PAGINATION_BOUNDARIES'],
    ['with too many items', '(first: 101)', 'EXCESSIVE_PAGINATION'],
  ])('refuses a list %s', async (_, args, type) => {
    const asked = client.graphql(
      `query ($id: ID!) { node(id: $id) { ... on PullRequest { reviews${args} { totalCount } } } }`,
      {
        id: nodeId(pull),
      },
    );
    await expect(asked).rejects.toMatchObject(errorsOf(type));
  });
});

describe('threads', () => {
  const resolve = (octokit: Octokit, thread: ReviewThread | undefined) =>
    octokit.graphql(
      'mutation ($id: ID!) { resolveReviewThread(input: {threadId: $id}) { thread { isResolved } } }',
      {
        id: thread ? nodeId(thread) : '',
      },
    );

  it('are resolved with contents: write', async () => {
    const [thread] = await addThreads();
    expect(await resolve(client, thread)).toEqual({ resolveReviewThread: { thread: { isResolved: true } } });
  });

  it('are opened again', async () => {
    const [thread] = await addThreads();
    await resolve(client, thread);
    const id = thread ? nodeId(thread) : '';
    await client.graphql(
      'mutation ($id: ID!) { unresolveReviewThread(input: {threadId: $id}) { thread { id } } }',
      { id },
    );
    expect(thread?.resolvedBy).toBeNull();
  });

  it('are not resolved with pull_requests: write alone', async () => {
    const [thread] = await addThreads();
    standIn.install('acme', reading);
    await expect(resolve(await appClient(standIn, repository), thread)).rejects.toMatchObject(
      errorsOf('FORBIDDEN'),
    );
    expect(thread?.resolvedBy).toBeNull();
  });

  it('are outdated when their line changed', async () => {
    const [thread] = await addThreads();
    await pushTo(standIn.world, pull, { files: { 'a.py': 'a = 11\nb = 20\n' } });
    const answer = await client.graphql(
      'query ($id: ID!) { node(id: $id) { ... on PullRequestReviewThread { isOutdated line originalLine } } }',
      { id: thread ? nodeId(thread) : '' },
    );
    expect(answer).toEqual({ node: { isOutdated: true, line: null, originalLine: 1 } });
  });

  it.each([
    ['inside the diff', 1, true],
    ['outside of it, null without an error', 99, false],
  ])('are begun %s', async (_, line, made) => {
    const answer = await client.graphql<{ addPullRequestReviewThread: { thread: object | null } }>(
      `mutation ($id: ID!, $line: Int!) {
        addPullRequestReviewThread(input: {pullRequestId: $id, path: "a.py", line: $line, body: "Here."}) { thread { id } }
      }`,
      { id: nodeId(pull), line },
    );
    expect(answer.addPullRequestReviewThread.thread !== null).toBe(made);
  });

  it('are answered, and comments minimised and reacted to', async () => {
    const [thread] = await addThreads();
    const first = thread?.comments[0];
    const answer = await client.graphql(
      `mutation ($thread: ID!, $comment: ID!) {
        addPullRequestReviewThreadReply(input: {pullRequestReviewThreadId: $thread, body: "Fixed."}) { comment { body replyTo { id } } }
        minimizeComment(input: {subjectId: $comment, classifier: OUTDATED}) { minimizedComment { isMinimized minimizedReason } }
        addReaction(input: {subjectId: $comment, content: EYES}) { reaction { content } }
      }`,
      { thread: thread ? nodeId(thread) : '', comment: first ? nodeId(first) : '' },
    );
    expect(answer).toEqual({
      addPullRequestReviewThreadReply: {
        comment: { body: 'Fixed.', replyTo: { id: first && nodeId(first) } },
      },
      minimizeComment: { minimizedComment: { isMinimized: true, minimizedReason: 'outdated' } },
      addReaction: { reaction: { content: 'EYES' } },
    });
  });
});

describe('comments', () => {
  const run = (mutation: string, variables: object = {}) =>
    client.graphql<Record<string, Record<string, unknown>>>(`mutation ($id: ID!) { ${mutation} }`, {
      id: nodeId(pull),
      ...variables,
    });

  it('of a conversation are added and changed', async () => {
    await run('addComment(input: {subjectId: $id, body: "One."}) { commentEdge { node { id } } }');
    const [comment] = pull.comments;
    const id = comment && nodeId(comment);
    const changed = await run(
      'updateIssueComment(input: {id: $id, body: "Two."}) { issueComment { body } }',
      { id },
    );
    expect(changed).toEqual({ updateIssueComment: { issueComment: { body: 'Two.' } } });
  });

  it('of a review are changed, shown again and deleted', async () => {
    const [thread] = await addThreads();
    const [comment] = thread?.comments ?? [];
    const id = comment && nodeId(comment);
    Object.assign(comment ?? {}, { minimized: { reason: 'OUTDATED', by: standIn.world.app.bot } });
    await run(
      `updatePullRequestReviewComment(input: {pullRequestReviewCommentId: $id, body: "Better."}) { pullRequestReviewComment { body } }
       unminimizeComment(input: {subjectId: $id}) { unminimizedComment { isMinimized } }`,
      { id },
    );
    expect([comment?.body, comment?.minimized]).toEqual(['Better.', null]);

    await run('deletePullRequestReviewComment(input: {id: $id}) { clientMutationId }', { id });
    expect(pull.threads).toEqual([]);
  });

  it("of others' are not changed", async () => {
    const comment = addIssueComment(standIn.world, pull, {
      author: accountOf(standIn.world, 'mary'),
      body: 'Mine.',
    });
    const id = nodeId(comment);
    const changed = run('updateIssueComment(input: {id: $id, body: "Ours."}) { issueComment { body } }', {
      id,
    });
    await expect(changed).rejects.toMatchObject(errorsOf('FORBIDDEN'));
  });
});

describe('a commit on a branch', () => {
  const commit = (expectedHeadOid: string, more: object = {}) =>
    client.graphql<{ createCommitOnBranch: { commit: { oid: string } } }>(
      `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid message } } }`,
      {
        input: {
          branch: { repositoryNameWithOwner: 'acme/shop', branchName: pull.headBranch },
          message: { headline: 'Fix it' },
          expectedHeadOid,
          fileChanges: {
            additions: [{ path: 'a.py', contents: Buffer.from('a = 3\n').toString('base64') }],
            deletions: [{ path: 'long.py' }],
          },
          ...more,
        },
      },
    );

  it('moves the pull request', async () => {
    const { createCommitOnBranch } = await commit(pull.headSha);
    expect(pull.headSha).toBe(createCommitOnBranch.commit.oid);
    expect((await repository.git.objects.read(`${pull.headSha}:a.py`))?.bytes.toString()).toBe('a = 3\n');
    expect(await repository.git.objects.read(`${pull.headSha}:long.py`)).toBeNull();
  });

  it('is refused when the branch has moved', async () => {
    const before = await pushTo(standIn.world, pull, { files: { 'a.py': 'a = 4\n' } });
    await expect(commit(before)).rejects.toMatchObject(errorsOf('STALE_DATA'));
  });

  it('is refused on a fork', async () => {
    const fork = await openPullRequest(standIn.world, repository, {
      author: 'bob',
      fromFork: true,
      files: { b: '' },
    });
    const branch = { repositoryNameWithOwner: 'bob/shop', branchName: fork.headBranch };
    await expect(commit(fork.headSha, { branch })).rejects.toMatchObject(errorsOf('FORBIDDEN'));
  });

  it('is refused for workflows without the permission for them', async () => {
    const fileChanges = { additions: [{ path: '.github/workflows/ci.yml', contents: '' }] };
    await expect(commit(pull.headSha, { fileChanges })).rejects.toMatchObject(errorsOf('FORBIDDEN'));
  });
});

it('refuses to give more nodes than half a million', async () => {
  const asked = client.graphql(
    `query ($n: Int!, $id: ID!) { node(id: $id) { ... on PullRequest {
      reviewThreads(first: $n) { nodes { comments(first: 100) { nodes { reactions(first: 100) { totalCount } } } } } } } }`,
    { n: 50, id: nodeId(pull) },
  );
  await expect(asked).rejects.toMatchObject(errorsOf('MAX_NODE_LIMIT_EXCEEDED'));
});

it('does not tell strangers that a repository is there', async () => {
  const bob = clientWith(standIn, standIn.userToken('bob'));
  const asked = bob.graphql('{ repository(owner: "acme", name: "shop") { id } }');
  await expect(asked).rejects.toMatchObject(errorsOf('NOT_FOUND'));
});
