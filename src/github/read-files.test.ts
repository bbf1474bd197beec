import { describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createGitHubClient } from './github-client.ts';
import { readFiles } from './read-files.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const place = { owner: 'acme', repo: 'shop', number: 7 };
const path = '/repos/acme/shop/pulls/7/files';
const entries = (count: number, prefix = 'f') =>
  Array.from({ length: count }, (_, index) => ({
    filename: `${prefix}${index}.py`,
    sha: `blob${index}`,
    status: 'modified',
    changes: 1,
    patch: '@@ -1 +1 @@\n-a\n+b',
  }));

describe('readFiles', () => {
  it('reads what is needed of each file', async () => {
    gitHub()
      .get(path)
      .query({ per_page: 100, page: 1 })
      .reply(200, [
        { filename: 'new.py', previous_filename: 'old.py', sha: 'b1', status: 'renamed', changes: 0 },
        { filename: 'a.py', sha: 'b2', status: 'added', changes: 2, patch: '@@ -0,0 +1 @@\n+a' },
      ]);

    expect(await readFiles(client, place, 2)).toEqual([
      { path: 'new.py', previousPath: 'old.py', blob: 'b1', status: 'renamed', changes: 0, patch: null },
      {
        path: 'a.py',
        previousPath: null,
        blob: 'b2',
        status: 'added',
        changes: 2,
        patch: '@@ -0,0 +1 @@\n+a',
      },
    ]);
  });

  it('reads all pages, in order', async () => {
    const scope = gitHub();
    scope.get(path).query({ per_page: 100, page: 1 }).reply(200, entries(100, 'first'));
    scope.get(path).query({ per_page: 100, page: 2 }).reply(200, entries(100, 'second'));
    scope.get(path).query({ per_page: 100, page: 3 }).reply(200, entries(1, 'third'));

    const files = await readFiles(client, place, 201);

    expect(files).toHaveLength(201);
    expect([files[0]?.path, files[100]?.path, files[200]?.path]).toEqual([
      'first0.py',
      'second0.py',
      'third0.py',
    ]);
  });

  it('asks for no more than the 3,000 files that GitHub lists', async () => {
    gitHub().get(path).query(true).times(30).reply(200, entries(100));

    expect(await readFiles(client, place, 4210)).toHaveLength(3000);
  });

  it('asks for nothing when nothing is changed', async () => {
    expect(await readFiles(client, place, 0)).toEqual([]);
  });

  it.each([
    ['is short', entries(3), 'GitHub listed only 3 of the 5 changed files of acme/shop#7.'],
    ['is empty', [], 'GitHub listed only 0 of the 5 changed files of acme/shop#7.'],
  ])('fails, to be tried again, when the list %s', async (_what, list, message) => {
    gitHub().get(path).query(true).reply(200, list);

    await expect(readFiles(client, place, 5)).rejects.toMatchObject({
      kind: 'server',
      retry: 'later',
      message,
    });
  });

  it('fails when the answer broke off on the way', async () => {
    gitHub().get(path).query(true).reply(200, '[{"filename": "a.p', { 'content-type': 'application/json' });

    await expect(readFiles(client, place, 1)).rejects.toMatchObject({
      kind: 'server',
      message: "GitHub's answer to GET /repos/acme/shop/pulls/7/files broke off on the way.",
    });
  });

  it('fails when one of the pages fails', async () => {
    gitHub().get(path).query({ per_page: 100, page: 1 }).reply(200, entries(100));
    gitHub().get(path).query({ per_page: 100, page: 2 }).reply(404, { message: 'Not Found' });

    await expect(readFiles(client, place, 150)).rejects.toMatchObject({ kind: 'not-found' });
  });
});
