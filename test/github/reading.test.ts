import type { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appClient, clientWith, placeOf } from './clients.ts';
import { endpoints } from './rest/endpoints.ts';
import { loadOpenApiDescription } from './schema/openapi-description.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import type { PullRequest, Repository } from './state/model.ts';
import { openPullRequest, pushTo } from './state/pull-requests.ts';

const permissions = { contents: 'read', pull_requests: 'read', issues: 'read', checks: 'read' } as const;
const many = Object.fromEntries(
  Array.from({ length: 105 }, (_, index) => [`pkg/m${index}.py`, `x = ${index}\n`]),
);

let standIn: StandIn;
let repository: Repository;
let pull: PullRequest;
let fork: PullRequest;
let client: Octokit;
let place: { owner: string; repo: string };

beforeAll(async () => {
  standIn = await startStandIn({ permissions, limits: { blobText: 40, contents: 1000, treeEntries: 100 } });
  repository = await standIn.addRepository('acme/shop', {
    files: {
      'app.py': 'import time\n\n\ndef f():\n    time.sleep(1)\n',
      'old/name.py': Array.from({ length: 30 }, (_, line) => `line_${line} = ${line}\n`).join(''),
      'image.png': Uint8Array.of(137, 80, 0, 1),
      link: { linkTo: 'app.py' },
      'long.py': '# é'.repeat(600),
    },
    collaborators: { mary: 'maintain', tom: 'triage' },
  });
  place = placeOf(repository);
  pull = await openPullRequest(standIn.world, repository, {
    title: 'Wait less',
    files: {
      'app.py': 'import time\n\n\nasync def f():\n    time.sleep(1)\n',
      'image.png': Uint8Array.of(0, 2),
      ...many,
    },
    renames: { 'old/name.py': 'new/name.py' },
    labels: ['async'],
  });
  fork = await openPullRequest(standIn.world, repository, {
    author: 'bob',
    fromFork: true,
    draft: true,
    files: { 'bob.py': 'b = 1\n' },
  });
  await pushTo(standIn.world, fork, { files: { 'bob.py': 'b = 2\n' }, message: 'Try again' });
  client = await appClient(standIn, repository);
});

afterAll(async () => {
  await standIn.close();
  expect(standIn.violations).toEqual([]);
});

it('serves only operations that GitHub has', () => {
  const description = loadOpenApiDescription();
  expect([...endpoints.keys()].filter(id => !description.has(id))).toEqual([]);
});

describe('a pull request', () => {
  it('is read with its numbers', async () => {
    const { data } = await client.rest.pulls.get({ ...place, pull_number: pull.number });

    expect(data).toMatchObject({
      number: 1,
      title: 'Wait less',
      draft: false,
      merged: false,
      commits: 1,
      changed_files: 108,
    });
    expect(data.head).toMatchObject({ sha: pull.headSha, label: 'acme:topic-1' });
    expect(data.labels.map(label => label.name)).toEqual(['async']);
  });

  it('does not know at first whether it can be merged', async () => {
    const read = async () =>
      (await client.rest.pulls.get({ ...place, pull_number: fork.number })).data.mergeable;
    expect([await read(), await read()]).toEqual([null, true]);
  });

  it('of a fork has another head repository', async () => {
    const { data } = await client.rest.pulls.get({ ...place, pull_number: fork.number });

    expect(data.head.repo).toMatchObject({ full_name: 'bob/shop', fork: true });
    expect(data).toMatchObject({ draft: true, author_association: 'NONE', commits: 2 });
  });

  it('is among the list of open ones', async () => {
    const { data } = await client.rest.pulls.list({ ...place, state: 'open' });
    expect(data.map(one => one.number)).toEqual([2, 1]);
  });

  it('is also an issue', async () => {
    const { data } = await client.rest.issues.get({ ...place, issue_number: pull.number });
    expect(data.pull_request?.html_url).toBe(`${standIn.origin}/acme/shop/pull/1`);
  });

  it('is found by its commit', async () => {
    const { data } = await client.rest.repos.listPullRequestsAssociatedWithCommit({
      ...place,
      commit_sha: fork.headSha,
    });
    expect(data.map(one => one.number)).toEqual([2]);
  });

  it('lists its commits', async () => {
    const { data } = await client.rest.pulls.listCommits({ ...place, pull_number: fork.number });
    expect(data.map(one => one.commit.message)).toEqual(['Change things', 'Try again']);
  });

  it('is 404 where there is none', async () => {
    await expect(client.rest.pulls.get({ ...place, pull_number: 99 })).rejects.toMatchObject({ status: 404 });
  });
});

describe("a pull request's files", () => {
  it('come in pages with links to the others', async () => {
    const first = await client.rest.pulls.listFiles({ ...place, pull_number: pull.number, per_page: 50 });
    const all = await client.paginate(client.rest.pulls.listFiles, {
      ...place,
      pull_number: pull.number,
      per_page: 50,
    });

    expect(first.headers.link).toBe(
      `<${standIn.apiUrl}/repos/acme/shop/pulls/1/files?per_page=50&page=2>; rel="next", ` +
        `<${standIn.apiUrl}/repos/acme/shop/pulls/1/files?per_page=50&page=3>; rel="last"`,
    );
    expect(new Set(all.map(file => file.filename)).size).toBe(108);
  });

  it('come 30 at a time, and never more than 100', async () => {
    const few = await client.rest.pulls.listFiles({ ...place, pull_number: pull.number });
    const most = await client.rest.pulls.listFiles({ ...place, pull_number: pull.number, per_page: 500 });
    expect([few.data.length, most.data.length]).toEqual([30, 100]);
  });

  it('have a patch and the id of the blob', async () => {
    const { data } = await client.rest.pulls.listFiles({ ...place, pull_number: pull.number, per_page: 1 });
    const [file] = data;
    expect(file).toMatchObject({
      filename: 'app.py',
      status: 'modified',
      additions: 1,
      deletions: 1,
      changes: 2,
      patch: '@@ -1,5 +1,5 @@\n import time\n \n \n-def f():\n+async def f():\n     time.sleep(1)',
    });
    const blob = await client.rest.git.getBlob({ ...place, file_sha: file?.sha ?? '' });
    expect(Buffer.from(blob.data.content, 'base64').toString()).toContain('async def f()');
  });

  it.each([
    ['a binary file', 'image.png', 'modified', undefined],
    ['a file that only moved', 'new/name.py', 'renamed', 'old/name.py'],
  ])('have no patch for %s', async (_, filename, status, previous) => {
    const all = await client.paginate(client.rest.pulls.listFiles, {
      ...place,
      pull_number: pull.number,
      per_page: 100,
    });
    const file = all.find(one => one.filename === filename);
    expect(file).toMatchObject({ status });
    expect([file?.patch, file?.previous_filename]).toEqual([undefined, previous]);
  });

  it('are no more than GitHub lists', async () => {
    const small = await startStandIn({ permissions, limits: { listedFiles: 3 } });
    const shop = await small.addRepository('acme/shop');
    const big = await openPullRequest(small.world, shop, { files: many });
    const octokit = await appClient(small, shop);

    const { data } = await octokit.rest.pulls.listFiles({ ...place, pull_number: big.number });
    await small.close();

    expect(data).toHaveLength(3);
  });
});

describe('commits and contents', () => {
  it('compares from the merge base', async () => {
    const moved = await repository.git.commit({ branch: 'main', files: { 'later.py': 'y = 1\n' } });
    const { data } = await client.rest.repos.compareCommitsWithBasehead({
      ...place,
      basehead: `main...bob:${fork.headBranch}`,
    });

    expect(data).toMatchObject({ status: 'diverged', ahead_by: 2, behind_by: 1 });
    expect(data.base_commit.sha).toBe(moved);
    expect(data.merge_base_commit.sha).toBe(fork.baseSha);
    expect(data.files?.map(file => file.filename)).toEqual(['bob.py']);
  });

  it.each([
    ['a file', 'app.py', 'main', 'def f()'],
    ['a file at a commit', 'app.py', 'refs/pull/1/head', 'async def f()'],
    ['a file through a link', 'link', 'main', 'import time'],
  ])('gives %s', async (_, path, ref, text) => {
    const { data } = await client.rest.repos.getContent({ ...place, path, ref });
    const content = 'content' in data ? data.content : '';
    expect(Buffer.from(String(content), 'base64').toString()).toContain(text);
  });

  it('gives a folder', async () => {
    const { data } = await client.rest.repos.getContent({ ...place, path: '' });
    expect(Array.isArray(data) && data.map(one => [one.type, one.name])).toContainEqual(['dir', 'old']);
  });

  it('gives no content beyond the limit, but raw', async () => {
    const { data } = await client.rest.repos.getContent({ ...place, path: 'long.py' });
    const raw = await client.rest.repos.getContent({
      ...place,
      path: 'long.py',
      mediaType: { format: 'raw' },
    });
    expect(data).toMatchObject({ encoding: 'none', content: '' });
    expect(String(raw.data)).toBe('# é'.repeat(600));
  });

  it('is 404 where there is no file', async () => {
    await expect(client.rest.repos.getContent({ ...place, path: 'none.py' })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('gives trees, cut at the limit', async () => {
    const tree = { ...place, tree_sha: 'main' };
    const whole = (await client.rest.git.getTree({ ...place, tree_sha: 'refs/pull/1/head', recursive: '1' }))
      .data;
    const top = (await client.rest.git.getTree(tree)).data;
    expect([whole.truncated, whole.tree.length]).toEqual([true, 100]);
    expect(top.truncated).toBe(false);
    expect(top.tree.map(one => one.path)).toContain('old');
  });

  it('gives a commit with its files, and a reference', async () => {
    const { data } = await client.rest.repos.getCommit({ ...place, ref: fork.headSha });
    const ref = await client.rest.git.getRef({ ...place, ref: 'heads/main' });
    const commit = await client.rest.git.getCommit({ ...place, commit_sha: ref.data.object.sha });
    expect(data.files?.map(file => [file.filename, file.status])).toEqual([['bob.py', 'modified']]);
    expect(commit.data.message).toBe('Change things');
  });
});

describe('diffs as text', () => {
  const format = { mediaType: { format: 'diff' } };

  it('are those of the pull request and of the comparison', async () => {
    const ofPull = await client.rest.pulls.get({ ...place, pull_number: fork.number, ...format });
    const basehead = `${fork.baseSha}...${fork.headSha}`;
    const compared = await client.rest.repos.compareCommitsWithBasehead({ ...place, basehead, ...format });
    expect(String(ofPull.data)).toMatch(/^diff --git a\/bob\.py b\/bob\.py\n/);
    expect(compared.data).toEqual(ofPull.data);
  });

  it('are refused when they are too large', async () => {
    const small = await startStandIn({
      permissions,
      limits: { diff: { fileLines: 9, fileBytes: 999, totalLines: 9, totalBytes: 999 } },
    });
    const shop = await small.addRepository('acme/shop');
    const big = await openPullRequest(small.world, shop, { files: { 'a.py': 'x = 1\n'.repeat(9) } });
    const octokit = await appClient(small, shop);

    const asked = octokit.rest.pulls.get({ ...place, pull_number: big.number, ...format });
    await expect(asked).rejects.toMatchObject({ status: 406 });
    await small.close();
  });
});

it('can be asked without the base path of a GitHub Enterprise Server', async () => {
  const { token } = (await client.auth()) as { token: string };
  const plain = clientWith({ ...standIn, apiUrl: standIn.origin }, token);
  expect((await plain.rest.pulls.listFiles({ ...place, pull_number: 1 })).headers.link).toContain(
    `${standIn.origin}/repos/`,
  );
  expect(await plain.graphql('{ viewer { login } }')).toEqual({ viewer: { login: 'loopwarden' } });
});

describe('people', () => {
  it.each([
    ['mary', 'write', 'maintain'],
    ['tom', 'read', 'triage'],
    ['bob', 'none', 'none'],
    ['acme', 'admin', 'admin'],
  ])('%s may %s, that is %s', async (username, permission, role) => {
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ ...place, username });
    expect([data.permission, data.role_name]).toEqual([permission, role]);
  });
});

it('answers a conditional request with 304', async () => {
  const first = await client.rest.repos.get(place);
  const again = client.rest.repos.get({ ...place, headers: { 'if-none-match': first.headers.etag ?? '' } });
  await expect(again).rejects.toMatchObject({ status: 304 });
});
