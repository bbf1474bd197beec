import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type TemporaryRepository, temporaryRepository } from '../../test/support/temporary-repository.ts';
import { openBlobs } from './git-blobs.ts';
import type { GitPlace } from './git-command.ts';
import { gitProject } from './git-project.ts';
import { openGitRepository } from './git-repository.ts';
import { snapshotWorkingTree } from './working-tree.ts';

function projectAt(place: GitPlace, version: string) {
  const blobs = openBlobs(place, 1000);
  onTestFinished(() => blobs.close());
  return gitProject(place, version, blobs);
}

async function recorded(made: TemporaryRepository): Promise<GitPlace> {
  const snapshot = await snapshotWorkingTree(await openGitRepository(made.folder));
  onTestFinished(() => snapshot.dispose());
  return snapshot.place;
}

/** What a project has of these paths, as text. */
async function textsOf(project: ReturnType<typeof projectAt>, paths: readonly string[]) {
  const found = await project.readMany(paths);
  return Object.fromEntries([...found].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
}

describe('gitProject', () => {
  it('has the Python files of a commit, whatever came later', async () => {
    const made = temporaryRepository();
    symlinkSync('a.py', join(made.folder, 'link.py'));
    const commit = made.commit({
      'a.py': 'old',
      'p/line\nend.py': 'b',
      'notes.md': 'n',
      'large.py': 'x'.repeat(2000),
    });
    made.commit({ 'a.py': 'new', 'c.py': 'c' });
    const project = projectAt({ folder: made.folder }, commit);

    expect(project.id).toBe(commit);
    expect(await project.list()).toEqual(['a.py', 'large.py', 'p/line\nend.py']);
    expect(await textsOf(project, ['a.py', 'p/line\nend.py', 'large.py', 'link.py', 'gone.py'])).toEqual({
      'a.py': 'old',
      'p/line\nend.py': 'b',
    });
  });

  it('has the working tree as it lies there, untracked files too', async () => {
    const made = temporaryRepository();
    made.commit({ 'a.py': 'old', 'gone.py': 'g' });
    made.write({ 'a.py': 'edited', 'gone.py': null, 'fresh.py': 'f' });
    const project = projectAt(await recorded(made), 'index');

    expect(await project.list()).toEqual(['a.py', 'fresh.py']);
    expect(await textsOf(project, ['a.py', 'fresh.py'])).toEqual({ 'a.py': 'edited', 'fresh.py': 'f' });
  });
});
