import { describe, expect, it, onTestFinished } from 'vitest';
import {
  repositoryAt,
  temporaryFolder,
  temporaryRepository,
} from '../../test/support/temporary-repository.ts';
import { type LocalChangeOptions, openLocalChange } from './local-change.ts';

async function openTestChange(folder: string, options: Partial<LocalChangeOptions> = {}) {
  const local = await openLocalChange({ folder, base: undefined, head: undefined, ...options });
  onTestFinished(() => local.close());
  return local;
}

function textOf(bytes: Uint8Array | null): string | null {
  return bytes && new TextDecoder().decode(bytes);
}

/** A repository whose branch `topic` changes a file, while `main` went on. */
function partedRepository() {
  const made = temporaryRepository();
  const parting = made.commit({ 'a.py': 'a = 1\nb = 1\n' });
  made.git('switch', '--quiet', '--create', 'topic');
  const topic = made.commit({ 'a.py': 'a = 1\nb = 2\n' });
  made.git('switch', '--quiet', 'main');
  const main = made.commit({ 'a.py': 'a = 3\nb = 1\n', 'main.py': 'm = 1\n' });
  return { made, parting, topic, main };
}

describe('openLocalChange', () => {
  it('reads what the head changed since it left the base', async () => {
    const { made, parting, topic, main } = partedRepository();

    const change = await (await openTestChange(made.folder, { base: 'main', head: 'topic' })).readChange();

    expect(change).toMatchObject({ base: main, head: topic, mergeBase: parting, unread: [] });
    expect(change.files.map(file => [file.path, textOf(file.base), textOf(file.head)])).toEqual([
      ['a.py', 'a = 1\nb = 1\n', 'a = 1\nb = 2\n'],
    ]);
    expect(change.files[0]?.hunks).toMatchObject([
      { baseStart: 1, baseCount: 2, headStart: 1, headCount: 2 },
    ]);
  });

  it('takes the working tree and the default branch when nobody says', async () => {
    const { made, topic, parting } = partedRepository();
    made.git('switch', '--quiet', 'topic');
    made.write({ 'fresh.py': 'f = 1\n' });

    const change = await (await openTestChange(made.folder)).readChange();

    expect(change).toMatchObject({ head: '', mergeBase: parting });
    expect(change.files.map(file => [file.path, file.status, textOf(file.head)])).toEqual([
      ['a.py', 'modified', 'a = 1\nb = 2\n'],
      ['fresh.py', 'added', 'f = 1\n'],
    ]);
    expect(made.git('rev-parse', 'HEAD')).toBe(topic);
  });

  it('reads a bare repository', async () => {
    const { made, topic } = partedRepository();
    const bare = temporaryFolder();
    repositoryAt(bare).git('clone', '--quiet', '--bare', made.folder, '.');

    const change = await (await openTestChange(bare, { head: 'topic' })).readChange();

    expect(change.head).toBe(topic);
    expect(change.files.map(file => file.path)).toEqual(['a.py']);
  });

  it('asks for a head where there is no working tree', async () => {
    const bare = temporaryFolder();
    repositoryAt(bare).git('init', '--quiet', '--bare');

    await expect(openLocalChange({ folder: bare, base: undefined, head: undefined })).rejects.toThrow(
      `${bare} has no working tree; pass what to review with --head REV`,
    );
  });

  it('knows both paths of a renamed file', async () => {
    const made = temporaryRepository();
    const base = made.commit({ 'old name.py': 'one\ntwo\nthree\n' });
    made.commit({ 'old name.py': null, 'new name.py': 'one\ntwo\nthree\nfour\n' });

    const change = await (await openTestChange(made.folder, { base, head: 'HEAD' })).readChange();

    expect(change.files).toMatchObject([
      { path: 'new name.py', previousPath: 'old name.py', status: 'renamed' },
    ]);
    expect(textOf(change.files[0]?.base ?? null)).toBe('one\ntwo\nthree\n');
  });

  it('has neither files nor hunks where nothing changed', async () => {
    const made = temporaryRepository();
    made.commit({ 'a.py': 'a = 1\n' });

    expect(await (await openTestChange(made.folder)).readChange()).toMatchObject({ files: [], unread: [] });
  });

  it('tells of a file that is too large', async () => {
    const made = temporaryRepository();
    made.commit({});
    made.write({ 'data.py': 'x'.repeat(4_000_001), 'a.py': 'a = 1\n' });

    const change = await (await openTestChange(made.folder)).readChange();

    expect(change.files.map(file => file.path)).toEqual(['a.py']);
    expect(change.unread).toEqual([{ path: 'data.py', reason: 'has 4000001 bytes, more than 4000000' }]);
  });

  it('reads the configuration from the base', async () => {
    const made = temporaryRepository();
    const base = made.commit({ 'pyproject.toml': 'old' });
    made.commit({ 'pyproject.toml': 'new' });
    const { baseFiles } = await openTestChange(made.folder, { base, head: 'HEAD' });

    expect(textOf(await baseFiles.read('pyproject.toml'))).toBe('old');
  });

  it('says which revision there is not', async () => {
    const { made } = partedRepository();

    await expect(openLocalChange({ folder: made.folder, base: 'nowhere', head: undefined })).rejects.toThrow(
      'has no commit "nowhere"',
    );
  });
});
