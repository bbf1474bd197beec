import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  repositoryAt,
  temporaryFolder,
  temporaryRepository,
} from '../../test/support/temporary-repository.ts';
import { defaultBase, mergeBase, openGitRepository, resolveCommit } from './git-repository.ts';

describe('openGitRepository', () => {
  it('finds the root from a folder inside', async () => {
    const made = temporaryRepository();
    mkdirSync(join(made.folder, 'app/api'), { recursive: true });

    const repository = await openGitRepository(join(made.folder, 'app/api'));

    expect(repository).toEqual({
      place: { folder: made.folder },
      gitFolder: join(made.folder, '.git'),
      hasWorkingTree: true,
    });
  });

  it('opens a bare repository', async () => {
    const folder = temporaryFolder();
    repositoryAt(folder).git('init', '--quiet', '--bare');

    expect(await openGitRepository(folder)).toEqual({
      place: { folder },
      gitFolder: folder,
      hasWorkingTree: false,
    });
  });

  it('opens a linked worktree', async () => {
    const made = temporaryRepository();
    made.commit({ 'a.py': 'a = 1\n' });
    const linked = join(temporaryFolder(), 'linked');
    made.git('worktree', 'add', '--quiet', linked);

    const repository = await openGitRepository(linked);

    expect(repository.place.folder).toBe(linked);
    expect(repository.gitFolder).toBe(join(made.folder, '.git/worktrees/linked'));
  });

  it('says that a folder is no repository', async () => {
    const folder = temporaryFolder();

    await expect(openGitRepository(folder)).rejects.toThrow(
      `${folder} is not a git repository; pass the one to review with --repo DIR`,
    );
  });

  it('says that a folder is not there', async () => {
    await expect(openGitRepository('/nowhere/at/all')).rejects.toThrow('/nowhere/at/all does not exist');
  });

  it('says that a file is no folder', async () => {
    const folder = temporaryFolder({ 'a.py': '' });

    await expect(openGitRepository(join(folder, 'a.py'))).rejects.toThrow('a.py is not a folder');
  });
});

describe('resolveCommit', () => {
  it.each(['HEAD', 'main', 'v1', 'HEAD~0', 'refs/heads/main'])('knows %s', async revision => {
    const made = temporaryRepository();
    const id = made.commit({ 'a.py': 'a = 1\n' });
    made.git('tag', '--annotate', '--message', 'one', 'v1');

    expect(await resolveCommit(await openGitRepository(made.folder), revision)).toBe(id);
  });

  it.each(['nowhere', '', '--all', 'main:a.py', 'two\nlines'])('refuses %j in one line', async revision => {
    const made = temporaryRepository();
    made.commit({ 'a.py': 'a = 1\n' });

    await expect(resolveCommit(await openGitRepository(made.folder), revision)).rejects.toThrow(
      `${made.folder} has no commit ${JSON.stringify(revision)}; fetch it first, or pass another`,
    );
  });

  it('names a shallow history as the likely reason', async () => {
    const clone = shallowClone();

    await expect(resolveCommit(await openGitRepository(clone.folder), 'HEAD~1')).rejects.toThrow(
      'the history here is shallow: fetch the rest with: git fetch --unshallow',
    );
  });
});

describe('mergeBase', () => {
  it('is where the branches part', async () => {
    const made = temporaryRepository();
    const parting = made.commit({ 'a.py': 'a = 1\n' });
    made.git('switch', '--quiet', '--create', 'topic');
    const topic = made.commit({ 'b.py': 'b = 1\n' });
    made.git('switch', '--quiet', 'main');
    const main = made.commit({ 'c.py': 'c = 1\n' });
    const repository = await openGitRepository(made.folder);

    const found = await mergeBase(repository, { name: 'main', id: main }, { name: 'topic', id: topic });

    expect(found).toBe(parting);
  });

  it('says that two histories have nothing in common', async () => {
    const made = temporaryRepository();
    const main = made.commit({ 'a.py': 'a = 1\n' });
    made.git('switch', '--quiet', '--orphan', 'other');
    const other = made.commit({ 'b.py': 'b = 1\n' });
    const repository = await openGitRepository(made.folder);

    await expect(
      mergeBase(repository, { name: 'main', id: main }, { name: 'other', id: other }),
    ).rejects.toThrow('"main" and "other" have no commit in common; pass another --base');
  });

  it('says how to fetch what a shallow clone lacks', async () => {
    const clone = shallowClone();
    const main = clone.git('rev-parse', 'HEAD');
    clone.git('fetch', '--quiet', '--depth=1', 'origin', 'topic:topic');
    const topic = clone.git('rev-parse', 'topic');
    const repository = await openGitRepository(clone.folder);

    await expect(
      mergeBase(repository, { name: 'main', id: main }, { name: 'topic', id: topic }),
    ).rejects.toThrow(/shallow clone; fetch more history with: git fetch --unshallow/);
  });
});

/** A clone that has only the last commit of `main`; its origin also has `topic`. */
function shallowClone() {
  const origin = temporaryRepository();
  origin.commit({ 'a.py': 'a = 1\n' });
  origin.git('switch', '--quiet', '--create', 'topic');
  origin.commit({ 'b.py': 'b = 1\n' });
  origin.git('switch', '--quiet', 'main');
  origin.commit({ 'a.py': 'a = 2\n' });
  const folder = temporaryFolder();
  const clone = repositoryAt(folder);
  clone.git('clone', '--quiet', '--depth=1', `file://${origin.folder}`, '.');
  return clone;
}

describe('defaultBase', () => {
  it('is what origin/HEAD points to', async () => {
    const origin = temporaryRepository();
    const id = origin.commit({ 'a.py': 'a = 1\n' });
    origin.git('branch', '--move', 'main', 'trunk');
    const clone = repositoryAt(temporaryFolder());
    clone.git('clone', '--quiet', origin.folder, '.');
    clone.git('switch', '--quiet', '--create', 'topic');
    clone.commit({ 'b.py': 'b = 1\n' });

    expect(await defaultBase(await openGitRepository(clone.folder))).toEqual({ name: 'origin/HEAD', id });
  });

  it.each([
    [['refs/remotes/origin/master', 'refs/heads/main'], 'origin/master'],
    [['refs/remotes/origin/main', 'refs/remotes/origin/master'], 'origin/main'],
    [['refs/heads/master'], 'master'],
    [['refs/heads/main', 'refs/heads/master'], 'main'],
  ])('with %j is %s', async (references, expected) => {
    const made = temporaryRepository();
    const id = made.commit({ 'a.py': 'a = 1\n' });
    made.git('branch', '--move', 'main', 'topic');
    for (const reference of references) made.git('update-ref', reference, id);

    expect(await defaultBase(await openGitRepository(made.folder))).toEqual({ name: expected, id });
  });

  it('is HEAD in a bare repository whose branch has another name', async () => {
    const made = temporaryRepository();
    const id = made.commit({ 'a.py': 'a = 1\n' });
    made.git('branch', '--move', 'main', 'trunk');
    const bare = repositoryAt(temporaryFolder());
    bare.git('clone', '--quiet', '--bare', made.folder, '.');

    expect(await defaultBase(await openGitRepository(bare.folder))).toEqual({ name: 'HEAD', id });
  });

  it('asks for --base where there is none', async () => {
    const made = temporaryRepository();
    made.commit({ 'a.py': 'a = 1\n' });
    made.git('branch', '--move', 'main', 'topic');

    await expect(defaultBase(await openGitRepository(made.folder))).rejects.toThrow('pass --base REV');
  });
});
