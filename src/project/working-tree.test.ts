import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  repositoryAt,
  type TemporaryRepository,
  temporaryRepository,
} from '../../test/support/temporary-repository.ts';
import { changedFiles, patches } from './git-diff.ts';
import { openGitRepository } from './git-repository.ts';
import { snapshotWorkingTree } from './working-tree.ts';

async function snapshotOf(made: TemporaryRepository) {
  const snapshot = await snapshotWorkingTree(await openGitRepository(made.folder));
  onTestFinished(() => snapshot.dispose());
  return snapshot;
}

/** What changed from HEAD to the working tree, as `status path`. */
async function changesOf(made: TemporaryRepository): Promise<readonly string[]> {
  const { place } = await snapshotOf(made);
  const files = await changedFiles(place, { from: made.git('rev-parse', 'HEAD'), to: 'index' });
  return files.map(file => `${file.status} ${file.path}`);
}

describe('snapshotWorkingTree', () => {
  it('sees what was edited, staged, deleted and never added', async () => {
    const made = temporaryRepository();
    made.commit({
      'edited.py': 'a = 1\n',
      'staged.py': 'b = 1\n',
      'deleted.py': 'c = 1\n',
      'same.py': 'd = 1\n',
    });
    made.write({ 'staged.py': 'b = 2\n' });
    made.git('add', 'staged.py');
    made.write({
      'edited.py': 'a = 2\n',
      'deleted.py': null,
      'fresh.py': 'e = 1\n',
      'notes.md': 'no program',
    });

    expect(await changesOf(made)).toEqual([
      'removed deleted.py',
      'modified edited.py',
      'added fresh.py',
      'modified staged.py',
    ]);
  });

  it('leaves ignored files out', async () => {
    const made = temporaryRepository();
    made.commit({ '.gitignore': 'generated/\n' });
    made.write({ 'generated/a.py': 'a = 1\n' });

    expect(await changesOf(made)).toEqual([]);
  });

  it('sees that a file moved although nobody told git', async () => {
    const made = temporaryRepository();
    made.commit({ 'old.py': 'one\ntwo\nthree\n' });
    made.write({ 'old.py': null, 'new.py': 'one\ntwo\nthree\nfour\n' });

    expect(await changesOf(made)).toEqual(['renamed new.py']);
  });

  it('sees an edit of the same length made right after the commit', async () => {
    const made = temporaryRepository();
    made.commit({ 'a.py': 'a = 1\n' });
    made.write({ 'a.py': 'a = 2\n' });

    expect(await changesOf(made)).toEqual(['modified a.py']);
  });

  it('takes line ends as a commit would', async () => {
    const made = temporaryRepository();
    made.git('config', 'core.autocrlf', 'true');
    made.commit({ 'a.py': 'a = 1\nb = 1\n' });
    made.write({ 'a.py': 'a = 1\r\nb = 2\r\n' });
    const { place } = await snapshotOf(made);
    const range = { from: made.git('rev-parse', 'HEAD'), to: 'index' } as const;

    const found = await patches(place, range, await changedFiles(place, range));

    expect(found.get('a.py')).toBe('@@ -1,2 +1,2 @@\n a = 1\n-b = 1\n+b = 2\n');
  });

  it.each(['two words.py', 'line\nend.py', '雪.py', '"quoted".py'])(
    'records the untracked %j',
    async name => {
      const made = temporaryRepository();
      made.commit({});
      made.write({ [name]: 'a = 1\n' });

      expect(await changesOf(made)).toEqual([`added ${name}`]);
    },
  );

  it('sees a file that is only intended to be added', async () => {
    const made = temporaryRepository();
    made.commit({});
    made.write({ 'a.py': 'a = 1\n' });
    made.git('add', '--intent-to-add', 'a.py');

    expect(await changesOf(made)).toEqual(['added a.py']);
  });

  it('takes a file in the middle of a merge as it lies there', async () => {
    const made = temporaryRepository();
    made.commit({ 'a.py': 'a = 1\n', 'notes.md': 'one\n' });
    made.git('switch', '--quiet', '--create', 'topic');
    made.commit({ 'a.py': 'a = 2\n', 'notes.md': 'two\n' });
    made.git('switch', '--quiet', 'main');
    made.commit({ 'a.py': 'a = 3\n', 'notes.md': 'three\n' });
    expect(() => made.git('merge', 'topic')).toThrow();

    expect(await changesOf(made)).toEqual(['modified a.py']);
  });

  it('passes over a repository inside', async () => {
    const made = temporaryRepository();
    made.commit({});
    mkdirSync(join(made.folder, 'inner.py'));
    const inner = repositoryAt(join(made.folder, 'inner.py'));
    inner.git('init', '--quiet');
    inner.commit({ 'a.py': 'a = 1\n' });

    expect(await changesOf(made)).toEqual([]);
  });

  it('works where the path has the separator of path lists in it', async () => {
    const made = temporaryRepository();
    const folder = join(made.folder, 'a:b "c"');
    mkdirSync(folder);
    const odd = repositoryAt(folder);
    odd.git('init', '--quiet', '--initial-branch=main');
    odd.commit({ 'a.py': 'a = 1\n' });
    odd.write({ 'a.py': 'a = 2\n' });

    expect(await changesOf(odd)).toEqual(['modified a.py']);
  });

  it('changes nothing in the repository', async () => {
    const made = temporaryRepository();
    made.commit({ 'a.py': 'a = 1\n' });
    made.write({ 'a.py': 'a = 2\n', 'b.py': 'b = 1\n' });
    const before = {
      index: readFileSync(join(made.folder, '.git/index')),
      objects: readdirSync(join(made.folder, '.git/objects'), { recursive: true }),
    };

    await snapshotOf(made);

    expect({
      index: readFileSync(join(made.folder, '.git/index')),
      objects: readdirSync(join(made.folder, '.git/objects'), { recursive: true }),
    }).toEqual(before);
  });

  it('leaves nothing behind', async () => {
    const made = temporaryRepository();
    made.commit({ 'a.py': 'a = 1\n' });
    const snapshot = await snapshotWorkingTree(await openGitRepository(made.folder));
    const index = snapshot.place.variables?.GIT_INDEX_FILE ?? '';
    expect(existsSync(index)).toBe(true);

    await snapshot.dispose();

    expect(existsSync(join(index, '..'))).toBe(false);
  });

  it('sees the deletion of everything', async () => {
    const made = temporaryRepository();
    made.commit({ 'a.py': 'a = 1\n' });
    rmSync(join(made.folder, 'a.py'));

    expect(await changesOf(made)).toEqual(['removed a.py']);
  });
});
