import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-repository.ts';
import { pathWithin, resolveInputs } from './inputs.ts';

const files = { 'app/main.py': '', 'app/util.py': '', 'tests/test_main.py': '', script: '' };

async function resolved(paths: readonly string[], workingDirectory: string) {
  const { root, entries } = await resolveInputs(paths, workingDirectory);
  const all = await Array.fromAsync(entries);
  const found = all.filter(entry => entry.kind === 'file');
  return {
    root,
    found,
    paths: found.map(({ path }) => path),
    unread: all.filter(entry => entry.kind === 'unread'),
  };
}

describe('resolveInputs', () => {
  it.each([
    [['.'], '', ['app/main.py', 'app/util.py', 'tests/test_main.py']],
    [['app'], 'app', ['main.py', 'util.py']],
    [['app/'], 'app', ['main.py', 'util.py']],
    [['app', 'tests'], '', ['app/main.py', 'app/util.py', 'tests/test_main.py']],
    [['app/main.py'], '', ['app/main.py']],
    [['./app/../app/main.py'], '', ['app/main.py']],
    [['script'], '', ['script']],
    [['app', 'app/main.py', '.'], '', ['app/main.py', 'app/util.py', 'tests/test_main.py']],
    [['app/util.py', 'app'], '', ['app/util.py', 'app/main.py']],
  ])('of %j is relative to %j and finds %j', async (paths, root, expected) => {
    const folder = temporaryFolder(files);

    const inputs = await resolved(paths, folder);

    expect(inputs.paths).toEqual(expected);
    expect(inputs.root).toBe(join(folder, root));
  });

  it('of a folder elsewhere is relative to that folder', async () => {
    const folder = temporaryFolder(files);

    const inputs = await resolved([join(folder, 'app')], temporaryFolder());

    expect(inputs.paths).toEqual(['main.py', 'util.py']);
  });

  it('of a file elsewhere is its full path', async () => {
    const folder = temporaryFolder(files);

    const inputs = await resolved([join(folder, 'script')], temporaryFolder());

    expect(inputs.paths).toEqual([`${folder}/script`]);
  });

  it('remembers what is not there, and goes on', async () => {
    const inputs = await resolved(['nowhere.py', 'app'], temporaryFolder(files));

    expect(inputs.paths).toEqual(['app/main.py', 'app/util.py']);
    expect(inputs.unread).toEqual([
      {
        kind: 'unread',
        error: {
          path: 'nowhere.py',
          line: 1,
          kind: 'unreadable',
          message: 'cannot be read: no such file or folder',
        },
        explicit: true,
      },
    ]);
  });

  it('knows what was named by itself', async () => {
    const { found } = await resolved(['script', 'app'], temporaryFolder(files));

    expect(found.map(({ explicit }) => explicit)).toEqual([true, false, false]);
  });
});

describe('pathWithin', () => {
  it.each([
    ['/a', '/a/b/c.py', 'b/c.py'],
    ['/a', '/a/..b.py', '..b.py'],
    ['/a', '/ab/c.py', '/ab/c.py'],
    ['/a/b', '/a/c.py', '/a/c.py'],
    ['/a', '/a', '.'],
    ['/', '/a.py', 'a.py'],
  ])('%s of %s is %s', (root, path, expected) => {
    expect(pathWithin(root, path)).toBe(expected);
  });
});
