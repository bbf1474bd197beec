import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changedFiles } from './changed-files.ts';
import { createGitRepository, type GitRepository } from './repository.ts';

let repository: GitRepository;

beforeEach(async () => {
  repository = await createGitRepository(await mkdtemp(join(tmpdir(), 'stand-in-git-')));
});

afterEach(() => repository.close());

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('');

describe('a repository made for a test', () => {
  it('has what was committed, byte for byte', async () => {
    const bytes = Uint8Array.of(0, 255, 13, 10);

    const sha = await repository.commit({
      branch: 'main',
      files: { 'a b/"ü".py': 'x = 1\n', 'data.bin': bytes, link: { linkTo: 'data.bin' } },
    });

    expect(await repository.resolve('main')).toBe(sha);
    expect((await repository.objects.read(`${sha}:a b/"ü".py`))?.bytes.toString()).toBe('x = 1\n');
    expect((await repository.objects.read(`${sha}:data.bin`))?.bytes).toEqual(Buffer.from(bytes));
    expect((await repository.objects.read(`${sha}:link`))?.bytes.toString()).toBe('data.bin');
    expect(await repository.objects.read(`${sha}:missing`)).toBeNull();
  });

  it('gives the same SHAs for the same steps', async () => {
    const other = await createGitRepository(await mkdtemp(join(tmpdir(), 'stand-in-git-')));
    const first = await repository.commit({ branch: 'main', files: { 'a.py': '1\n' } });
    const second = await other.commit({ branch: 'main', files: { 'a.py': '1\n' } });
    await other.close();

    expect(second).toBe(first);
  });

  it('merges', async () => {
    const base = await repository.commit({ branch: 'main', files: { 'a.py': '1\n' } });
    const left = await repository.commit({ branch: 'main', files: { 'b.py': '2\n' } });
    const right = await repository.commit({ branch: 'topic', on: base, files: { 'c.py': '3\n' } });

    const merged = await repository.merge('main', left, right);

    expect(await repository.mergeBase(merged, right)).toBe(right);
    expect(await repository.resolve(`${merged}^2`)).toBe(right);
    expect((await repository.objects.read(`${merged}:c.py`))?.bytes.toString()).toBe('3\n');
  });
});

describe('changedFiles', () => {
  it('says what happened to each file, with its hunks', async () => {
    const base = await repository.commit({
      branch: 'main',
      files: {
        'edit.py': lines(20),
        'gone.py': 'x\n',
        'move.py': lines(30),
        'still.py': lines(5),
        'image.png': Uint8Array.of(0, 1),
      },
    });
    const head = await repository.commit({
      branch: 'main',
      renames: { 'move.py': 'lib/move.py' },
      files: {
        'edit.py': `${lines(20)}last`,
        'gone.py': null,
        'new.py': 'n\n',
        'image.png': Uint8Array.of(0, 2),
      },
    });

    const files = await changedFiles(repository.folder, base, head);

    expect(
      files.map(file => [file.path, file.previousPath, file.status, file.additions, file.deletions]),
    ).toEqual([
      ['edit.py', null, 'modified', 1, 0],
      ['gone.py', null, 'removed', 0, 1],
      ['image.png', null, 'modified', 0, 0],
      ['lib/move.py', 'move.py', 'renamed', 0, 0],
      ['new.py', null, 'added', 1, 0],
    ]);
    expect(files.map(file => file.patch)).toEqual([
      '@@ -18,3 +18,4 @@ line 17\n line 18\n line 19\n line 20\n+last\n\\ No newline at end of file',
      '@@ -1 +0,0 @@\n-x',
      null,
      null,
      '@@ -0,0 +1 @@\n+n',
    ]);
    expect(files[1]?.blob).toBe((await repository.objects.read(`${base}:gone.py`))?.oid);
  });

  it('leaves out the patch of a file that is beyond the limits', async () => {
    const base = await repository.commit({ branch: 'main', files: { 'a.py': '' } });
    const head = await repository.commit({ branch: 'main', files: { 'a.py': lines(9), 'b.py': lines(2) } });

    const files = await changedFiles(repository.folder, base, head, {
      fileLines: 9,
      fileBytes: 1000,
      totalLines: 100,
      totalBytes: 1000,
    });

    expect(files.map(file => [file.path, file.patch === null])).toEqual([
      ['a.py', true],
      ['b.py', false],
    ]);
  });

  it('draws no patch for a file that became a link', async () => {
    const base = await repository.commit({ branch: 'main', files: { a: 'text\n', b: 'b\n' } });
    const head = await repository.commit({ branch: 'main', files: { a: { linkTo: 'b' }, b: 'c\n' } });

    const files = await changedFiles(repository.folder, base, head);

    expect(files.map(file => [file.path, file.status, file.patch])).toEqual([
      ['a', 'changed', null],
      ['b', 'modified', '@@ -1 +1 @@\n-b\n+c'],
    ]);
  });
});
