import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type TemporaryRepository, temporaryRepository } from '../../test/support/temporary-repository.ts';
import { type BlobReader, openBlobs } from './git-blobs.ts';
import { gitFiles } from './git-files.ts';
import { openGitRepository } from './git-repository.ts';

function openTestBlobs(folder: string, maxBytes = 1000): BlobReader {
  const blobs = openBlobs({ folder }, maxBytes);
  onTestFinished(() => blobs.close());
  return blobs;
}

async function filesAt(made: TemporaryRepository, commit: string) {
  return gitFiles(await openGitRepository(made.folder), commit, openTestBlobs(made.folder));
}

describe('gitFiles', () => {
  it.each(['a.py', 'deep/er/a.py', 'two words.py', 'line\nend.py', '雪.py', '*.py', ':(top)a.py', '-a.py'])(
    'reads %j as it was at the commit',
    async name => {
      const made = temporaryRepository();
      const commit = made.commit({ [name]: 'old', 'other.py': 'other' });
      made.commit({ [name]: 'new' });
      const files = await filesAt(made, commit);

      const bytes = await files.read(name);

      expect(new TextDecoder().decode(bytes ?? undefined)).toBe('old');
    },
  );

  it.each(['missing.py', 'folder', 'link.py', '../a.py', ''])('has no file %j', async name => {
    const made = temporaryRepository();
    symlinkSync('a.py', join(made.folder, 'link.py'));
    const commit = made.commit({ 'a.py': 'a', 'folder/b.py': 'b' });

    expect(await (await filesAt(made, commit)).read(name)).toBeNull();
  });

  it('lists what the commit has, and reads on from there', async () => {
    const made = temporaryRepository();
    const commit = made.commit({ 'a.py': 'a', 'folder/b.py': 'b' });
    const files = await filesAt(made, commit);

    expect(await files.list?.()).toEqual(['a.py', 'folder/b.py']);
    expect(await files.read('folder/b.py')).toEqual(new Uint8Array([98]));
    expect(await files.read('c.py')).toBeNull();
  });
});

describe('openBlobs', () => {
  it('answers many at once, in their order', async () => {
    const made = temporaryRepository();
    const texts = Array.from({ length: 200 }, (_, index) => `${index}\n`.repeat(index));
    made.commit(Object.fromEntries(texts.map((text, index) => [`${index}.py`, text])));
    const ids = made.git('rev-parse', ...texts.map((_, index) => `HEAD:${index}.py`)).split('\n');
    const blobs = openTestBlobs(made.folder, 100_000);

    const read = await Promise.all(ids.map(id => blobs.read(id)));

    const contents = read.map(blob =>
      blob.kind === 'contents' ? new TextDecoder().decode(blob.bytes) : blob.kind,
    );
    expect(contents).toEqual(texts);
  });

  it('passes over a blob that is too large, and goes on', async () => {
    const made = temporaryRepository();
    made.commit({ 'large.py': 'x'.repeat(300_000), 'small.py': 'y'.repeat(1000) });
    const [large = '', small = ''] = made.git('rev-parse', 'HEAD:large.py', 'HEAD:small.py').split('\n');
    const blobs = openTestBlobs(made.folder, 1000);

    expect(await Promise.all([blobs.read(large), blobs.read(small)])).toEqual([
      { kind: 'too-large', size: 300_000 },
      { kind: 'contents', bytes: new TextEncoder().encode('y'.repeat(1000)) },
    ]);
  });

  it('says that a blob is missing', async () => {
    const made = temporaryRepository();
    const blobs = openTestBlobs(made.folder);

    expect(await blobs.read('0123456789012345678901234567890123456789')).toEqual({ kind: 'missing' });
  });

  it('fails in one line when git does', async () => {
    const blobs = openBlobs({ folder: '/' }, 1000);
    onTestFinished(() => blobs.close());

    await expect(blobs.read('0123456789012345678901234567890123456789')).rejects.toThrow(
      /^git cat-file ended early: not a git repository/,
    );
  });
});
