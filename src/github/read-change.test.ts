import { describe, expect, it } from 'vitest';
import { answerBlobs, blobId, type StoredObject } from '../../test/support/graphql-blobs.ts';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createMemoryBlobCache } from './blob-cache.ts';
import { createGitHubClient } from './github-client.ts';
import { type ChangeLimits, readChange } from './read-change.ts';
import { createContentsReader } from './read-contents.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const place = { owner: 'acme', repo: 'shop', number: 7 };
const pull = {
  open: true,
  draft: false,
  labels: [],
  head: 'head',
  base: 'tip',
  branch: 'topic',
  isFork: true,
  isGone: false,
  author: 'ada',
  byBot: false,
};
const text = (content: string) => new TextEncoder().encode(content);

interface Listed {
  readonly filename: string;
  readonly status: string;
  readonly previous_filename?: string;
  readonly sha?: string;
  readonly changes?: number;
  readonly patch?: string;
}

/** Prepares GitHub's list of files, the merge base `fork`, and the objects; reads the change. */
function read(
  files: readonly Listed[],
  objects: Readonly<Record<string, StoredObject>>,
  limits?: ChangeLimits,
  changed = files.length,
  readLinks?: () => Promise<ReadonlySet<string>>,
) {
  const list = files.map(file => {
    const stored = objects[`head:${file.filename}`];
    const sha = typeof stored === 'string' || stored instanceof Uint8Array ? blobId(stored) : 'unknown';
    return { sha, changes: 1, ...file };
  });
  gitHub()
    .get('/repos/acme/shop/pulls/7/files')
    .query(true)
    .times(Math.min(30, Math.ceil(changed / 100)))
    .reply(200, list);
  gitHub()
    .get('/repos/acme/shop/compare/tip...head')
    .query({ per_page: 1 })
    .reply(200, { merge_base_commit: { sha: 'fork' }, files: [] });
  if (Object.keys(objects).length > 0) gitHub().post('/graphql').reply(answerBlobs(objects));
  const cache = createMemoryBlobCache(1_000_000);
  const contents = createContentsReader({
    client,
    repository: { owner: 'acme', repo: 'shop' },
    cache,
    maxBytes: 1000,
  });
  return readChange({ client, place, pull: { ...pull, changedFiles: changed }, contents }, limits, readLinks);
}

describe('readChange', () => {
  it('gives both versions of a file that was modified, and GitHub’s own hunks', async () => {
    const change = await read([{ filename: 'a.py', status: 'modified', patch: '@@ -1 +1 @@\n-old\n+new' }], {
      'head:a.py': 'new\n',
      'fork:a.py': 'old\n',
    });

    expect(change).toEqual({
      base: 'tip',
      head: 'head',
      mergeBase: 'fork',
      files: [
        {
          path: 'a.py',
          previousPath: null,
          status: 'modified',
          base: text('old\n'),
          head: text('new\n'),
          hunks: [
            {
              baseStart: 1,
              baseCount: 1,
              headStart: 1,
              headCount: 1,
              lines: [
                { kind: 'deleted', text: 'old', baseLine: 1 },
                { kind: 'added', text: 'new', headLine: 1 },
              ],
            },
          ],
        },
      ],
      unread: [],
    });
  });

  it.each<[string, Listed, Readonly<Record<string, StoredObject>>, object]>([
    [
      'an added file',
      { filename: 'a.py', status: 'added', patch: '@@ -0,0 +1 @@\n+new' },
      { 'head:a.py': 'new\n' },
      { path: 'a.py', previousPath: null, status: 'added', base: null, head: text('new\n') },
    ],
    [
      'a file that was copied, as an added one',
      { filename: 'b.py', previous_filename: 'a.py', status: 'copied', patch: '@@ -0,0 +1 @@\n+new' },
      { 'head:b.py': 'new\n' },
      { path: 'b.py', previousPath: null, status: 'added', base: null, head: text('new\n') },
    ],
    [
      'a file that was only renamed',
      { filename: 'b.py', previous_filename: 'a.py', status: 'renamed', changes: 0 },
      { 'head:b.py': 'same\n', 'fork:a.py': 'same\n' },
      {
        path: 'b.py',
        previousPath: 'a.py',
        status: 'renamed',
        base: text('same\n'),
        head: text('same\n'),
        hunks: [],
      },
    ],
    [
      'a file that was renamed and edited',
      { filename: 'b.py', previous_filename: 'a.py', status: 'renamed', patch: '@@ -1 +1 @@\n-old\n+new' },
      { 'head:b.py': 'new\n', 'fork:a.py': 'old\n' },
      { path: 'b.py', previousPath: 'a.py', status: 'renamed', base: text('old\n'), head: text('new\n') },
    ],
    [
      'a file whose mode changed',
      { filename: 'a.py', status: 'changed', changes: 0 },
      { 'head:a.py': 'same\n', 'fork:a.py': 'same\n' },
      { path: 'a.py', status: 'modified', base: text('same\n'), head: text('same\n'), hunks: [] },
    ],
    [
      'a removed file, from which code may have moved',
      { filename: 'a.py', sha: blobId('old\n'), status: 'removed', patch: '@@ -1 +0,0 @@\n-old' },
      { 'fork:a.py': 'old\n' },
      { path: 'a.py', previousPath: null, status: 'removed', base: text('old\n'), head: null },
    ],
    [
      'a removed file that cannot be read',
      { filename: 'a.py', status: 'removed', patch: '@@ -1 +0,0 @@\n-old' },
      { 'fork:b.py': '' },
      { path: 'a.py', previousPath: null, status: 'removed', base: null, head: null },
    ],
  ])('gives %s', async (_what, listed, objects, expected) => {
    const change = await read([listed], objects);

    expect(change.files).toEqual([expect.objectContaining(expected)]);
    expect(change.unread).toEqual([]);
  });

  it.each([
    ['leaves out', undefined],
    ['cuts off', '@@ -1,2 +1,2 @@\n-old'],
  ])('makes the hunks itself of a patch that GitHub %s', async (_what, patch) => {
    const change = await read(
      [{ filename: 'a.py', status: 'modified', changes: 2, ...(patch !== undefined && { patch }) }],
      { 'head:a.py': 'new\nsame\n', 'fork:a.py': 'old\nsame\n' },
    );

    expect(change.files[0]?.shown).toBe(false);
    expect(change.files[0]?.hunks).toEqual([
      expect.objectContaining({
        headStart: 1,
        lines: [
          { kind: 'deleted', text: 'old', baseLine: 1 },
          { kind: 'added', text: 'new', headLine: 1 },
          { kind: 'context', text: 'same', baseLine: 2, headLine: 2 },
        ],
      }),
    ]);
  });

  it.each<[string, () => Promise<ReadonlySet<string>>, readonly string[]]>([
    [
      'passes over symbolic links, but for the files that they replace',
      async () => new Set(['a.py', 'b.py']),
      ['removed'],
    ],
    [
      'goes on when nobody can say what is a link',
      () => Promise.reject(new Error('no tree')),
      ['modified', 'added'],
    ],
  ])('%s', async (_, readLinks, expected) => {
    const files: readonly Listed[] = [
      { filename: 'a.py', status: 'modified', patch: '@@ -1 +1 @@\n-old\n+b.py' },
      { filename: 'b.py', status: 'added', patch: '@@ -0,0 +1 @@\n+c.py' },
    ];
    const objects = { 'head:a.py': 'b.py', 'fork:a.py': 'old\n', 'head:b.py': 'c.py' };

    const change = await read(files, objects, undefined, files.length, readLinks);

    expect(change.files.map(({ status }) => status)).toEqual(expected);
    expect(change.unread).toEqual([]);
  });

  it('passes over what is no Python and what has not changed', async () => {
    const change = await read(
      [
        { filename: 'README.md', status: 'modified' },
        { filename: 'types.pyi', status: 'modified' },
        { filename: 'a.py', status: 'unchanged' },
      ],
      {},
    );

    expect(change).toMatchObject({ files: [], unread: [] });
  });

  it.each<[string, StoredObject, string]>([
    ['is too large', { byteSize: 1_234_567, oid: 'unknown' }, 'it has 1,234,567 bytes'],
    ['is a submodule', { __typename: 'Commit' }, 'it is not a regular file'],
  ])('says that it has not read a file that %s', async (_what, stored, reason) => {
    const change = await read(
      [
        { filename: 'a.py', status: 'added', patch: '@@ -0,0 +1 @@\n+x' },
        { filename: 'b.py', status: 'added', patch: '@@ -0,0 +1 @@\n+b' },
      ],
      { 'head:a.py': stored, 'head:b.py': 'b\n' },
    );

    expect(change.unread).toEqual([{ path: 'a.py', reason }]);
    expect(change.files.map(file => file.path)).toEqual(['b.py']);
  });

  it('says which files are too many', async () => {
    const files = ['a.py', 'b.py', 'c.py'].map(filename => ({
      filename,
      status: 'added',
      patch: '@@ -0,0 +1 @@\n+x',
    }));

    const change = await read(
      files,
      { 'head:a.py': 'x\n', 'head:b.py': 'x\n' },
      { maxFiles: 2, maxBytes: 1000 },
    );

    expect(change.files.map(file => file.path)).toEqual(['a.py', 'b.py']);
    expect(change.unread).toEqual([{ path: 'c.py', reason: 'more than 2 Python files are changed' }]);
  });

  it('says which files are too much', async () => {
    const files = Array.from({ length: 51 }, (_, index) => ({
      filename: `f${index}.py`,
      status: 'added',
      patch: '@@ -0,0 +1 @@\n+x',
    }));
    const objects = Object.fromEntries(files.map(({ filename }) => [`head:${filename}`, 'x'.repeat(100)]));

    const change = await read(files, objects, { maxFiles: 100, maxBytes: 2000 });

    expect(change.files).toHaveLength(50);
    expect(change.unread).toEqual([
      { path: 'f50.py', reason: 'the files before it have more than 2,000 bytes' },
    ]);
  });

  it('says how many files GitHub does not list', async () => {
    const files = Array.from({ length: 100 }, () => ({ filename: 'README.md', status: 'modified' }));

    const change = await read(files, {}, undefined, 3002);

    expect(change.unread).toEqual([{ path: '2 other files', reason: 'GitHub lists only 3,000' }]);
  });

  it('notices that the head moved meanwhile', async () => {
    const reading = read(
      [{ filename: 'a.py', status: 'added', sha: blobId('listed\n'), patch: '@@ -0,0 +1 @@\n+x' }],
      {
        'head:a.py': 'pushed meanwhile\n',
      },
    );

    await expect(reading).rejects.toMatchObject({
      code: 'stale-head',
      message: 'The head of acme/shop#7 moved while its files were read.',
    });
  });
});
