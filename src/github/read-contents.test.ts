import { describe, expect, it } from 'vitest';
import { answerBlobs, blobId, type StoredObject } from '../../test/support/graphql-blobs.ts';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createMemoryBlobCache } from './blob-cache.ts';
import { createGitHubClient } from './github-client.ts';
import { createContentsReader, type FileVersion } from './read-contents.ts';

const repository = { owner: 'acme', repo: 'shop' };
const open = (cache = createMemoryBlobCache(1_000_000)) =>
  createContentsReader({
    client: createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 }),
    repository,
    cache,
    maxBytes: 600_000,
  });
const version = (path: string, commit = 'head'): FileVersion => ({ commit, path, blob: null });
const latin1 = Buffer.from('# coding: latin-1\nname = "Jos\xe9"\n', 'latin1');

describe('createContentsReader', () => {
  it('asks for all files in one query', async () => {
    const asked: string[][] = [];
    gitHub()
      .post('/graphql')
      .reply(answerBlobs({ 'head:a.py': 'a = 1\n', 'base:b.py': 'b = "é"\n' }, asked));

    const contents = await open().read([version('a.py'), version('b.py', 'base')]);

    expect(contents).toEqual([
      { kind: 'bytes', bytes: new TextEncoder().encode('a = 1\n'), blob: blobId('a = 1\n') },
      { kind: 'bytes', bytes: new TextEncoder().encode('b = "é"\n'), blob: blobId('b = "é"\n') },
    ]);
    expect(asked).toEqual([['head:a.py', 'base:b.py']]);
  });

  it('divides many files into several queries', async () => {
    const asked: string[][] = [];
    const paths = Array.from({ length: 120 }, (_, index) => `f${index}.py`);
    const objects = Object.fromEntries(paths.map(path => [`head:${path}`, `# ${path}\n`]));
    gitHub().post('/graphql').twice().reply(answerBlobs(objects, asked));

    const contents = await open().read(paths.map(path => version(path)));

    expect(
      contents.map(one => (one.kind === 'bytes' ? Buffer.from(one.bytes).toString() : one.kind)),
    ).toEqual(paths.map(path => `# ${path}\n`));
    expect(asked.map(query => query.length)).toEqual([100, 20]);
  });

  it('asks for nothing that it has read before', async () => {
    const asked: string[][] = [];
    const cache = createMemoryBlobCache(1_000_000);
    const known: FileVersion = { commit: 'old', path: 'a.py', blob: blobId('a\n') };
    gitHub()
      .post('/graphql')
      .twice()
      .reply(answerBlobs({ 'old:a.py': 'a\n', 'base:b.py': 'b\n', 'new:c.py': 'c\n' }, asked));
    await open(cache).read([known, version('b.py', 'base')]);

    const contents = await open(cache).read([
      { ...known, commit: 'new' },
      version('c.py', 'new'),
      version('b.py', 'base'),
    ]);

    expect(
      contents.map(one => (one.kind === 'bytes' ? Buffer.from(one.bytes).toString() : one.kind)),
    ).toEqual(['a\n', 'c\n', 'b\n']);
    expect(asked).toEqual([['old:a.py', 'base:b.py'], ['new:c.py']]);
  });

  it('does not keep what is not what it should have been', async () => {
    const cache = createMemoryBlobCache(1_000_000);
    const listed: FileVersion = { commit: 'head', path: 'a.py', blob: blobId('listed\n') };
    gitHub()
      .post('/graphql')
      .twice()
      .reply(answerBlobs({ 'head:a.py': 'pushed meanwhile\n' }));
    await open(cache).read([listed]);

    const [again] = await open(cache).read([listed]);

    expect(again).toMatchObject({ kind: 'bytes', blob: blobId('pushed meanwhile\n') });
  });

  it.each<[string, StoredObject, Uint8Array]>([
    ['another encoding', latin1, latin1],
    ['a replacement character of its own', 'x = "\uFFFD"\n', Buffer.from('x = "\uFFFD"\n')],
    ['a text that GitHub calls binary', 'x = "\0"\n', Buffer.from('x = "\0"\n')],
    [
      'a text that GitHub cut off',
      { oid: blobId('long\n'), byteSize: 520_000, isTruncated: true, text: 'lo' },
      Buffer.from('long\n'.repeat(104_000)),
    ],
    [
      'a text without its byte order mark',
      { oid: blobId('\uFEFFx\n'), byteSize: 5, text: 'x\n' },
      Buffer.from('\uFEFFx\n'),
    ],
  ])('reads the exact bytes of %s', async (_what, stored, bytes) => {
    const content = Buffer.from(bytes).toString('base64');
    gitHub()
      .post('/graphql')
      .reply(answerBlobs({ 'head:a.py': stored }));
    gitHub()
      .get(/^\/repos\/acme\/shop\/git\/blobs\/[0-9a-f]{40}$/)
      .reply(200, {
        content,
        encoding: 'base64',
        size: bytes.length,
      });

    const [contents] = await open().read([version('a.py')]);

    expect(contents?.kind === 'bytes' && Buffer.from(contents.bytes).equals(bytes)).toBe(true);
  });

  it('fails when a blob broke off on the way', async () => {
    gitHub()
      .post('/graphql')
      .reply(answerBlobs({ 'head:a.py': latin1 }));
    gitHub().get(/blobs/).reply(200, { content: 'YWI=', encoding: 'base64', size: latin1.length });

    await expect(open().read([version('a.py')])).rejects.toMatchObject({ kind: 'server' });
  });

  it.each<[string, StoredObject | null, object]>([
    ['a file that is too large', { byteSize: 600_001 }, { kind: 'too-large', size: 600_001 }],
    ['a submodule', { __typename: 'Commit', text: undefined }, { kind: 'missing' }],
    ['a file that is not there', null, { kind: 'missing' }],
  ])('says so of %s', async (_what, stored, expected) => {
    gitHub()
      .post('/graphql')
      .reply(answerBlobs(stored === null ? {} : { 'head:a.py': stored }));

    expect(await open().read([version('a.py')])).toEqual([expected]);
  });

  it('halves a query that is too much for GitHub', async () => {
    const asked: string[][] = [];
    const objects = { 'head:a.py': 'a', 'head:b.py': 'b', 'head:c.py': 'c' };
    gitHub().post('/graphql').reply(502, 'timeout');
    gitHub()
      .post('/graphql')
      .reply(200, { errors: [{ message: 'Something went wrong while executing your query.' }] });
    gitHub().post('/graphql').times(3).reply(answerBlobs(objects, asked));

    const contents = await open().read(['a.py', 'b.py', 'c.py'].map(path => version(path)));

    expect(contents.map(one => one.kind)).toEqual(['bytes', 'bytes', 'bytes']);
    expect(asked).toEqual([['head:a.py'], ['head:b.py'], ['head:c.py']]);
  });

  it.each([
    ['GitHub fails for one file alone', 502, 'server'],
    ['GitHub has no access', 403, 'forbidden'],
  ])('fails when %s', async (_what, status, kind) => {
    gitHub().post('/graphql').reply(status, { message: 'no' });

    await expect(open().read([version('a.py')])).rejects.toMatchObject({ kind });
  });

  it('fails at once when the rate limit is reached', async () => {
    gitHub()
      .post('/graphql')
      .reply(200, { errors: [{ type: 'RATE_LIMITED', message: 'limit' }] });

    await expect(open().read([version('a.py'), version('b.py')])).rejects.toMatchObject({
      kind: 'rate-limited',
    });
  });

  it.each(['{"data": {"repos', '{"data": null}', ''])('fails when the answer is %j', async body => {
    gitHub().post('/graphql').reply(200, body, { 'content-type': 'application/json' });

    await expect(open().read([version('a.py')])).rejects.toMatchObject({ kind: 'server' });
  });
});
