import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryRepository } from '../../test/support/temporary-repository.ts';
import { changedFiles, parseRawDiff, patches, splitPatch } from './git-diff.ts';

const ten = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n';

describe('changedFiles', () => {
  it('tells added, modified, removed and renamed files apart', async () => {
    const made = temporaryRepository();
    const from = made.commit({ 'changed.py': 'a = 1\n', 'gone.py': 'b = 1\n', 'old.py': ten });
    const to = made.commit({
      'changed.py': 'a = 2\n',
      'gone.py': null,
      'old.py': null,
      'new/name.py': ten.replace('ten', 'TEN'),
      'fresh.py': 'import asyncio\n',
    });

    const files = await changedFiles({ folder: made.folder }, { from, to });

    expect(files.map(({ path, previousPath, status }) => ({ path, previousPath, status }))).toEqual([
      { path: 'changed.py', previousPath: null, status: 'modified' },
      { path: 'fresh.py', previousPath: null, status: 'added' },
      { path: 'gone.py', previousPath: null, status: 'removed' },
      { path: 'new/name.py', previousPath: 'old.py', status: 'renamed' },
    ]);
  });

  it('gives the blobs of both sides, where there are any', async () => {
    const made = temporaryRepository();
    const from = made.commit({ 'changed.py': 'a = 1\n', 'gone.py': 'b = 1\n' });
    const to = made.commit({ 'changed.py': 'a = 2\n', 'gone.py': null, 'fresh.py': 'c = 1\n' });
    const blob = (name: string) => made.git('rev-parse', name);

    const files = await changedFiles({ folder: made.folder }, { from, to });

    expect(files.map(({ baseBlob, headBlob }) => [baseBlob, headBlob])).toEqual([
      [blob(`${from}:changed.py`), blob(`${to}:changed.py`)],
      [null, blob(`${to}:fresh.py`)],
      [blob(`${from}:gone.py`), null],
    ]);
  });

  it.each(['two words.py', 'tab\there.py', 'line\nend.py', 'naïve-雪-🙂.py', 'quo"te\\s.py', ' lead.py'])(
    'keeps the name %j',
    async name => {
      const made = temporaryRepository();
      const from = made.commit({ [name]: 'a = 1\n' });
      const to = made.commit({ [name]: 'a = 2\n' });

      const files = await changedFiles({ folder: made.folder }, { from, to });
      const found = await patches({ folder: made.folder }, { from, to }, files);

      expect(files.map(file => file.path)).toEqual([name]);
      expect([...found]).toEqual([[name, '@@ -1 +1 @@\n-a = 1\n+a = 2\n']]);
    },
  );

  it('leaves out symbolic links and other languages', async () => {
    const made = temporaryRepository();
    const from = made.commit({ 'notes.md': 'hello\n', 'types.pyi': 'a: int\n' });
    symlinkSync('notes.md', join(made.folder, 'link.py'));
    const to = made.commit({ 'notes.md': 'bye\n', 'types.pyi': 'b: int\n' });

    expect(await changedFiles({ folder: made.folder }, { from, to })).toEqual([]);
  });

  it('takes a file that was a symbolic link as new', async () => {
    const made = temporaryRepository();
    symlinkSync('elsewhere', join(made.folder, 'a.py'));
    const from = made.commit({});
    made.write({ 'a.py': null });
    const to = made.commit({ 'a.py': 'a = 1\n' });

    const files = await changedFiles({ folder: made.folder }, { from, to });
    const found = await patches({ folder: made.folder }, { from, to }, files);

    expect(files).toMatchObject([{ path: 'a.py', status: 'added', baseBlob: null }]);
    expect(found.get('a.py')).toBe('@@ -0,0 +1 @@\n+a = 1\n');
  });

  it('finds what a text file became when it was made a program', async () => {
    const made = temporaryRepository();
    const from = made.commit({ 'program.txt': ten });
    const to = made.commit({ 'program.txt': null, 'program.py': `${ten}eleven\n` });

    const files = await changedFiles({ folder: made.folder }, { from, to });
    const found = await patches({ folder: made.folder }, { from, to }, files);

    expect(files).toMatchObject([{ path: 'program.py', previousPath: 'program.txt', status: 'renamed' }]);
    expect(found.get('program.py')).toBe('@@ -8,3 +8,4 @@ seven\n eight\n nine\n ten\n+eleven\n');
  });

  it('is not changed by what the repository configures', async () => {
    const made = temporaryRepository();
    const from = made.commit({ 'a.py': ten, '.gitattributes': '*.py diff=shout\n' });
    const to = made.commit({ 'a.py': `${ten}eleven\n` });
    made.git('config', 'diff.external', 'echo external');
    made.git('config', 'diff.shout.textconv', 'tr a-z A-Z <');
    made.git('config', 'diff.noprefix', 'true');
    made.git('config', 'diff.context', '0');
    made.git('config', 'diff.relative', 'true');
    made.git('config', 'color.ui', 'always');
    made.git('config', 'core.fsmonitor', 'false-monitor');
    const place = { folder: made.folder };

    const files = await changedFiles(place, { from, to });
    const found = await patches(place, { from, to }, files);

    expect([...found]).toEqual([['a.py', '@@ -8,3 +8,4 @@ seven\n eight\n nine\n ten\n+eleven\n']]);
  });
});

describe('patches', () => {
  it('has none for a file that only moved', async () => {
    const made = temporaryRepository();
    const from = made.commit({ 'old.py': ten });
    const to = made.commit({ 'old.py': null, 'new.py': ten });
    const files = await changedFiles({ folder: made.folder }, { from, to });

    expect(await patches({ folder: made.folder }, { from, to }, files)).toEqual(new Map());
  });

  it('is not misled by lines that look like headers', async () => {
    const made = temporaryRepository();
    const from = made.commit({ 'a.py': "x = '''\n-- a/other.py\n'''\n", 'b.py': 'b = 1\n' });
    const to = made.commit({
      'a.py': "x = '''\n++ b/other.py\ndiff --git a/x b/x\n@@ -1 +1 @@\n'''\n",
      'b.py': 'b = 2\n',
    });
    const files = await changedFiles({ folder: made.folder }, { from, to });

    const found = await patches({ folder: made.folder }, { from, to }, files);

    expect([...found.keys()]).toEqual(['a.py', 'b.py']);
    expect(found.get('a.py')).toContain('\n--- a/other.py\n');
    expect(found.get('a.py')).toContain('\n+++ b/other.py\n');
  });

  it('does not ask git when no file changed', async () => {
    expect(await patches({ folder: '/nowhere' }, { from: 'x', to: 'y' }, [])).toEqual(new Map());
  });
});

describe('parseRawDiff', () => {
  it('is empty for no output', () => {
    expect(parseRawDiff('')).toEqual([]);
  });

  it('leaves out a file whose merge is not settled', () => {
    expect(parseRawDiff(':000000 100644 0000 0000 U\0a.py\0')).toEqual([]);
  });

  it('keeps any name that git can hold', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => !text.includes('\0'));
    fc.assert(
      fc.property(name, stem => {
        const path = `${stem}.py`;
        expect(parseRawDiff(`:100644 100644 aaaa bbbb M\0${path}\0`)).toEqual([
          { path, previousPath: null, status: 'modified', baseBlob: 'aaaa', headBlob: 'bbbb' },
        ]);
      }),
    );
  });
});

describe('splitPatch', () => {
  it('takes the name of a removed file from its base', () => {
    const diff =
      'diff --git a/a b.py b/a b.py\ndeleted file mode 100644\n--- a/a b.py\t\n+++ /dev/null\n@@ -1 +0,0 @@\n-a = 1\n';

    expect([...splitPatch(diff)]).toEqual([['a b.py', '@@ -1 +0,0 @@\n-a = 1\n']]);
  });
});
