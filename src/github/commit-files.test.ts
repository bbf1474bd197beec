import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitText } from '../../test/github/git/git.ts';
import { type StandIn, startStandIn } from '../../test/github/stand-in.ts';
import { installApp } from '../../test/github/state/installations.ts';
import type { Permissions, PullRequest, Repository } from '../../test/github/state/model.ts';
import { openPullRequest, pushTo } from '../../test/github/state/pull-requests.ts';
import { issueToken } from '../../test/github/state/tokens.ts';
import { type CommitToMake, commitFiles } from './commit-files.ts';
import { createGitHubClient, type GitHubClient } from './github-client.ts';

const writing: Permissions = { contents: 'write', pull_requests: 'write', metadata: 'read' };
const place = { owner: 'acme', repo: 'shop' };

let standIn: StandIn;
let repository: Repository;
let pull: PullRequest;

beforeEach(async () => {
  standIn = await startStandIn({ permissions: writing });
  repository = await standIn.addRepository('acme/shop', { files: { 'a.py': 'a = 1\n' } });
  pull = await openPullRequest(standIn.world, repository, { branch: 'fix/a', files: { 'a.py': 'a = 2\n' } });
});

afterEach(async () => {
  await standIn.close();
  expect(standIn.violations).toEqual([]);
  expect(standIn.faults.pending).toEqual([]);
});

function clientWith(permissions: Permissions = writing): GitHubClient {
  const installation = installApp(standIn.world, repository.owner);
  const bearer = { kind: 'installation', installation, permissions, repositories: null } as const;
  return createGitHubClient({ token: issueToken(standIn.world, bearer).text, baseUrl: standIn.apiUrl });
}

function commitTo(bytes: Uint8Array = Uint8Array.of(0xff, 0xfe, 10)): CommitToMake {
  const files = [{ path: 'a.py', bytes }];
  return { branch: 'fix/a', head: pull.headSha, headline: 'Mend a', body: '- a.py:1', files };
}

describe('commitFiles', () => {
  it('makes one commit with exactly these bytes, on top of the head', async () => {
    const before = pull.headSha;

    const result = await commitFiles(clientWith(), place, commitTo());

    expect(result).toEqual({ kind: 'committed', commit: pull.headSha });
    const folder = repository.git.folder;
    expect(await gitText(folder, 'log', '-1', '--format=%P %B', pull.headSha)).toBe(
      `${before} Mend a\n\n- a.py:1`,
    );
    const blob = await repository.git.objects.read(`${pull.headSha}:a.py`);
    expect([...(blob?.bytes ?? [])]).toEqual([0xff, 0xfe, 10]);
  });

  it('does nothing when somebody has pushed in the meantime', async () => {
    const commit = commitTo();
    await pushTo(standIn.world, pull, { files: { 'b.py': 'b = 1\n' } });
    const head = pull.headSha;

    expect(await commitFiles(clientWith(), place, commit)).toEqual({ kind: 'moved' });
    expect(pull.headSha).toBe(head);
  });

  it('is not told of another one that does the same, and came first', async () => {
    const commit = commitTo();
    await commitFiles(clientWith(), place, commit);

    expect(await commitFiles(clientWith(), place, commit)).toEqual({ kind: 'moved' });
  });

  it('does nothing when the branch is gone', async () => {
    expect(await commitFiles(clientWith(), place, { ...commitTo(), branch: 'gone' })).toEqual({
      kind: 'moved',
    });
  });

  it('says why GitHub does not let us', async () => {
    const reading = clientWith({ ...writing, contents: 'read' });

    expect(await commitFiles(reading, place, commitTo())).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('Resource not accessible by integration'),
    });
  });

  it('finds the commit whose answer was lost, and makes no second one', async () => {
    standIn.faults.next({ path: '/graphql', fault: '502-after-effect' });
    const before = pull.headSha;

    const result = await commitFiles(clientWith(), place, commitTo());

    expect(result).toEqual({ kind: 'committed', commit: pull.headSha });
    expect(await gitText(repository.git.folder, 'rev-list', '--count', `${before}..${pull.headSha}`)).toBe(
      '1',
    );
  });

  it('is to be tried again when GitHub has not done it', async () => {
    standIn.faults.next({ path: '/graphql', fault: 502 });

    await expect(commitFiles(clientWith(), place, commitTo())).rejects.toMatchObject({ retry: 'later' });
  });
});
