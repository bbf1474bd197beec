import { describe, expect, it } from 'vitest';
import { blockingSleep, filesOf } from '../../test/support/configuration.ts';
import { loadBothConfigurations } from './load-both-configurations.ts';

/** What a change of `.github/loopwarden.yml` from one text to another comes to (`null`: no file), and what it opened. */
async function changeOf(base: string | null, head: string | null) {
  const opened: string[] = [];
  const others = {
    own: { owner: 'acme', name: 'shop' },
    async open({ owner, name }: { owner: string; name: string }) {
      opened.push(`${owner}/${name}`);
      const texts: Readonly<Record<string, string>> = {
        'acme/base': 'preset: strict\n',
        'acme/secret': 'preset: all\nrules: {hidden: off}\n',
        'acme/.github': 'drafts: true\n',
      };
      return filesOf({ '.github/loopwarden.yml': texts[`${owner}/${name}`] ?? '' });
    },
  };
  const version = (text: string | null) => filesOf(text === null ? {} : { '.github/loopwarden.yml': text });
  const both = await loadBothConfigurations(version(base), version(head), [blockingSleep], others);
  const settings = both.changes.settings.map(({ key, before, after }) => `${key}: ${before} → ${after}`);
  return { ...both, settings, opened };
}

describe('loadBothConfigurations', () => {
  it('takes what counts from the base', async () => {
    const { loaded, settings } = await changeOf('preset: strict\n', 'preset: all\n');

    expect(loaded.configuration.preset).toBe('strict');
    expect(settings).toEqual(['preset: strict → all']);
  });

  it('opens what both extend once', async () => {
    const { settings, opened } = await changeOf('_extends: base\n', '_extends: base\ndrafts: true\n');

    expect(settings).toEqual(['drafts: false → true']);
    expect(opened).toEqual(['acme/base']);
  });

  it('opens nothing that only the head names', async () => {
    const { settings, opened, changes } = await changeOf(
      'drafts: true\n',
      '_extends: secret\ndrafts: true\n',
    );

    expect(settings).toEqual(['_extends: - → secret']);
    expect(changes.problems).toEqual([]);
    expect(opened).toEqual([]);
  });

  it('compares with what counts for the whole account', async () => {
    const { settings, opened } = await changeOf(null, 'preset: strict\n');

    expect(settings).toEqual(['preset: recommended → strict', 'drafts: true → false']);
    expect(opened).toEqual(['acme/.github']);
  });

  it('of two versions without a configuration of their own changes nothing', async () => {
    const { settings, opened } = await changeOf(null, null);

    expect(settings).toEqual([]);
    expect(opened).toEqual(['acme/.github']);
  });

  it('fails when the base cannot be read', async () => {
    const failing = { read: () => Promise.reject(new Error('no')) };

    await expect(loadBothConfigurations(failing, filesOf({}), [], null)).rejects.toThrow('no');
  });
});
