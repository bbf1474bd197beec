import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Files, repositoryAt, temporaryFolder } from '../../test/support/temporary-repository.ts';
import { findPythonFiles } from './find-files.ts';

/** What a walk finds, relative to where it starts. */
async function found(folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const each of findPythonFiles(folder)) paths.push(relative(folder, each.path));
  return paths;
}

describe('findPythonFiles', () => {
  it.each<[string, Files, readonly string[]]>([
    [
      'in the order of names, whatever the depth',
      { 'b.py': '', 'a/z.py': '', 'a/b/c.py': '', 'Z.py': '', 'gui.pyw': '' },
      ['Z.py', 'a/b/c.py', 'a/z.py', 'b.py', 'gui.pyw'],
    ],
    ['no other languages', { 'a.pyi': '', 'a.pyc': '', 'a.txt': '', py: '', '.py': '' }, []],
    ['nothing hidden', { '.tox/a.py': '', '.hidden.py': '', 'a.py': '' }, ['a.py']],
    [
      'no virtual environment',
      { 'venv/pyvenv.cfg': '', 'venv/lib/a.py': '', 'my-env/pyvenv.cfg': '', 'my-env/a.py': '' },
      [],
    ],
    [
      'nothing installed or cached',
      { 'node_modules/gyp/a.py': '', '__pycache__/a.py': '', 'lib/site-packages/a.py': '' },
      [],
    ],
    ['odd names too', { 'two words/ä 雪.py': '', 'line\nend.py': '' }, ['line\nend.py', 'two words/ä 雪.py']],
    [
      'nothing that .gitignore names',
      { '.gitignore': 'build/\n*_pb2.py\n', 'build/a.py': '', 'x/y_pb2.py': '', 'x/y.py': '' },
      ['x/y.py'],
    ],
    [
      'what a nearer .gitignore takes back',
      { '.gitignore': '*_pb2.py\n', 'x/.gitignore': '!keep_pb2.py\n', 'x/keep_pb2.py': '', 'x/a_pb2.py': '' },
      ['x/keep_pb2.py'],
    ],
    [
      'what the patterns of a folder say of that folder only',
      { 'x/.gitignore': '/gen\n', 'x/gen/a.py': '', 'gen/a.py': '' },
      ['gen/a.py'],
    ],
  ])('finds %s', async (_, files, expected) => {
    expect(await found(temporaryFolder(files))).toEqual(expected);
  });

  it('obeys the .gitignore files above, up to the root of the repository', async () => {
    const outer = temporaryFolder({
      '.gitignore': '*.py\n',
      'repository/.gitignore': 'generated\n',
      'repository/app/generated/a.py': '',
      'repository/app/b.py': '',
    });
    repositoryAt(join(outer, 'repository')).git('init', '--quiet');

    expect(await found(join(outer, 'repository/app'))).toEqual(['b.py']);
  });

  it('obeys what only this clone leaves out', async () => {
    const folder = temporaryFolder({ 'a.py': '', 'scratch.py': '' });
    repositoryAt(folder).git('init', '--quiet');
    mkdirSync(join(folder, '.git/info'), { recursive: true });
    repositoryAt(folder).write({ '.git/info/exclude': 'scratch.py\n' });

    expect(await found(folder)).toEqual(['a.py']);
  });

  it('starts even in a folder that it would not enter', async () => {
    const folder = temporaryFolder({ '.tools/pyvenv.cfg': '', '.tools/a.py': '' });

    expect(await found(join(folder, '.tools'))).toEqual(['a.py']);
  });

  it('does not follow links, so that it never goes round in a circle', async () => {
    const folder = temporaryFolder({ 'app/a.py': '' });
    symlinkSync('..', join(folder, 'app/up'));
    symlinkSync('a.py', join(folder, 'app/same.py'));

    expect(await found(folder)).toEqual(['app/a.py']);
  });

  it('tells of a folder that it cannot read', async () => {
    const folder = join(temporaryFolder(), 'gone');
    const results = [];

    for await (const each of findPythonFiles(folder)) results.push(each);

    expect(results).toEqual([{ kind: 'unreadable', path: folder, reason: 'no such file or folder' }]);
  });
});
