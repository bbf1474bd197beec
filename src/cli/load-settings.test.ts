import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Files, temporaryFolder } from '../../test/support/temporary-repository.ts';
import { loadSettings, requireSoundConfiguration } from './load-settings.ts';

/** The settings for a folder of a project with these files, which is a repository. */
async function settingsOf(files: Files, folder: string, options = {}) {
  const project = temporaryFolder({ '.git/HEAD': '', ...files });
  mkdirSync(join(project, folder), { recursive: true });
  const loaded = await loadSettings(join(project, folder), options);
  return { ...loaded, projectRoot: loaded.projectRoot.slice(project.length) };
}

describe('loadSettings', () => {
  it.each<[Files, string, string, string]>([
    [{ '.github/loopwarden.yml': 'preset: all\n' }, '', 'all', ''],
    [{ '.github/loopwarden.yml': 'preset: all\n' }, 'app/api', 'all', ''],
    [{ 'app/pyproject.toml': '[tool.loopwarden]\npreset = "strict"\n' }, 'app/api', 'strict', '/app'],
    [
      {
        '.github/loopwarden.yml': 'preset: all\n',
        'app/pyproject.toml': '[tool.loopwarden]\npreset = "strict"\n',
      },
      'app',
      'strict',
      '/app',
    ],
    [{ '.github/loopwarden.yml': 'preset: all\n', 'app/pyproject.toml': '[project]\n' }, 'app', 'all', ''],
    [{}, 'app', 'recommended', ''],
  ])('of %j for %j has preset %s, and patterns from %j', async (files, folder, preset, root) => {
    const { settings, projectRoot } = await settingsOf(files, folder);

    expect(settings.preset).toBe(preset);
    expect(projectRoot).toBe(root);
  });

  it('does not look above the root of the repository', async () => {
    const { loaded } = await settingsOf(
      { '.github/loopwarden.yml': 'preset: all\n', 'inner/.git/HEAD': '' },
      'inner/app',
    );

    expect(loaded.file).toBeNull();
  });

  it('takes what the nearest of the own files of the project says', async () => {
    const files = {
      'pyproject.toml': '[project]\nrequires-python = ">=3.9"\n',
      'app/pyproject.toml': '[project]\nrequires-python = ">=3.12"\n',
    };

    expect((await settingsOf(files, 'app/api')).settings.targetVersion).toEqual({ major: 3, minor: 12 });
  });

  it('outside of a repository takes the folder round the outermost package for the project', async () => {
    const folder = temporaryFolder({ 'shop/__init__.py': '', 'shop/orders/__init__.py': '' });

    expect((await loadSettings(join(folder, 'shop/orders'), {})).projectRoot).toBe(folder);
  });

  it('lets the command line choose', async () => {
    const files = { '.github/loopwarden.yml': 'preset: all\n' };

    expect((await settingsOf(files, '', { preset: 'strict' })).settings.preset).toBe('strict');
  });
});

describe('requireSoundConfiguration', () => {
  it('names the first mistake, and how many more there are', async () => {
    const { loaded } = await settingsOf({ '.github/loopwarden.yml': 'a: 1\nb: 2\nc: 3\n' }, '');

    expect(() => requireSoundConfiguration(loaded)).toThrow(
      expect.objectContaining({
        message: '`a` is not a setting (and 2 more: see loopwarden config)',
        file: '.github/loopwarden.yml',
        line: 1,
        column: 1,
      }),
    );
  });

  it('has nothing against a sound one', async () => {
    const { loaded } = await settingsOf({}, '');

    expect(() => requireSoundConfiguration(loaded)).not.toThrow();
  });
});
