import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-repository.ts';
import { pathWithin, resolveInputs } from './inputs.ts';

const files = { 'app/main.py': '', 'app/util.py': '', 'tests/test_main.py': '', script: '' };

async function resolved(paths: readonly string[], workingDirectory: string, projectRoot = workingDirectory) {
  const inputs = await resolveInputs(paths, workingDirectory);
  const all = await Array.fromAsync(inputs.entries(projectRoot));
  const found = all.filter(entry => entry.kind === 'file');
  const unread = all.filter(entry => entry.kind === 'unread');
  return { ...inputs, found, unread, paths: found.map(({ path }) => path) };
}

describe('resolveInputs', () => {
  it.each([
    [['.'], '', ['app/main.py', 'app/util.py', 'tests/test_main.py']],
    [['app'], 'app', ['app/main.py', 'app/util.py']],
    [['app/'], 'app', ['app/main.py', 'app/util.py']],
    [['app', 'tests'], '', ['app/main.py', 'app/util.py', 'tests/test_main.py']],
    [['app/main.py'], '', ['app/main.py']],
    [['./app/../app/main.py'], '', ['app/main.py']],
    [['script'], '', ['script']],
    [['app', 'app/main.py', '.'], '', ['app/main.py', 'app/util.py', 'tests/test_main.py']],
    [['app/util.py', 'app'], '', ['app/util.py', 'app/main.py']],
  ])('of %j analyses the folder %j and finds %j', async (paths, root, expected) => {
    const folder = temporaryFolder(files);

    const inputs = await resolved(paths, folder);

    expect(inputs.paths).toEqual(expected);
    expect(inputs.root).toBe(join(folder, root));
  });

  it('names files by their place in the project', async () => {
    const folder = temporaryFolder(files);

    const inputs = await resolved(['.'], join(folder, 'app'), folder);

    expect(inputs.paths).toEqual(['app/main.py', 'app/util.py']);
  });

  it.each([
    [['app/main.py'], 'app'],
    [['app'], 'app'],
    [['app/main.py', 'script'], ''],
    [['nowhere.py'], ''],
  ])('of %j looks for settings in %j', async (paths, expected) => {
    const folder = temporaryFolder(files);

    expect((await resolveInputs(paths, folder)).settingsFolder).toBe(join(folder, expected));
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
