import { describe, expect, it } from 'vitest';
import { blockingSleep, filesOf } from '../../test/support/configuration.ts';
import { loadConfiguration } from './load-configuration.ts';
import type { OtherRepositories } from './other-repositories.ts';

/** Repositories with their `.github/loopwarden.yml`, as acme/shop sees them. */
function othersOf(
  texts: Readonly<Record<string, string>>,
  own: OtherRepositories['own'] = { owner: 'acme', name: 'shop' },
): OtherRepositories & { readonly opened: readonly string[] } {
  const opened: string[] = [];
  return {
    own,
    opened,
    async open({ owner, name }) {
      opened.push(`${owner}/${name}`);
      const text = texts[`${owner}/${name}`];
      return text === undefined ? null : filesOf(text === '' ? {} : { '.github/loopwarden.yml': text });
    },
  };
}

function load(yaml: string | null, others: OtherRepositories | null) {
  const files = filesOf(yaml === null ? {} : { '.github/loopwarden.yml': yaml });
  return loadConfiguration(files, [blockingSleep], others);
}

async function problemsOf(yaml: string, others: OtherRepositories) {
  const { warnings } = await load(yaml, others);
  return warnings.map(
    ({ repository, file, line, message }) => `${repository ?? ''} ${file}:${line} ${message}`,
  );
}

describe('_extends', () => {
  it.each(['acme/base', 'base'])('%s takes what the project does not say itself', async name => {
    const others = othersOf({ 'acme/base': 'preset: strict\nfail-on: warning\n' });

    const { configuration, warnings, file } = await load(`_extends: ${name}\nfail-on: never\n`, others);

    expect(warnings).toEqual([]);
    expect(file).toBe('.github/loopwarden.yml');
    expect(configuration).toMatchObject({ preset: 'strict', failOn: 'never' });
  });

  it('merges mappings key by key, and replaces lists', async () => {
    const others = othersOf({
      'acme/base':
        'rules: {blocking-sleep: off, ASYNC2: advice}\ncomments: {max: 3, suggestions: false}\nexclude: [a]\nblocking-calls: {x: y, z: ""}\n',
    });

    const { configuration } = await load(
      '_extends: base\nrules: {blocking-sleep: error}\ncomments: {max: 7}\nexclude: [b]\nblocking-calls: {x: w}\n',
      others,
    );

    expect(configuration).toMatchObject({
      rules: { 'blocking-sleep': 'error', ASYNC2: 'advice' },
      comments: { max: 7, suggestions: false, minSeverity: 'advice' },
      exclude: ['b'],
      blockingCalls: { x: 'w', z: '' },
    });
    expect(Object.keys(configuration.rules)).toEqual(['ASYNC2', 'blocking-sleep']);
  });

  it('is followed from one repository to the next, each with its own owner', async () => {
    const others = othersOf({
      'big/rules': '_extends: base\npreset: strict\n',
      'big/base': 'preset: all\ndrafts: true\n',
    });

    const { configuration, origins } = await load('_extends: big/rules\n', others);

    expect(configuration).toMatchObject({ preset: 'strict', drafts: true });
    expect(origins.get('drafts')).toEqual({
      file: '.github/loopwarden.yml',
      repository: 'big/base',
      line: 2,
      column: 1,
    });
  });

  it.each([
    [
      '# ours\n_extends: nowhere\n',
      ' .github/loopwarden.yml:2 `_extends` names acme/nowhere, which is not there, or may not be read',
    ],
    [
      '_extends: empty\n',
      ' .github/loopwarden.yml:1 `_extends` names acme/empty, which has no configuration',
    ],
    [
      '_extends: ACME/Shop\n',
      ' .github/loopwarden.yml:1 `_extends` names ACME/Shop, which leads back to itself',
    ],
    [
      '_extends: one\n',
      'acme/two .github/loopwarden.yml:1 `_extends` names acme/one, which leads back to itself',
    ],
    [
      '_extends: wrong\n',
      'acme/wrong .github/loopwarden.yml:2 `presett` is not a setting. Did you mean `preset`?',
    ],
    [
      '_extends: a/b/c\n',
      ' .github/loopwarden.yml:1 `_extends` must be a repository: `OWNER/REPO`, or `REPO` of the same owner',
    ],
    [
      '_extends: ..\n',
      ' .github/loopwarden.yml:1 `_extends` must be a repository: `OWNER/REPO`, or `REPO` of the same owner',
    ],
  ])('of %j is told to be wrong: %s', async (yaml, expected) => {
    const others = othersOf({
      'acme/empty': '',
      'acme/one': '_extends: two\n',
      'acme/two': '_extends: one\n',
      'acme/wrong': 'drafts: true\npresett: all\n',
    });

    expect(await problemsOf(`${yaml}preset: strict\n`, others)).toEqual([expected]);
    expect((await load(`${yaml}preset: strict\n`, others)).configuration.preset).toBe('strict');
  });

  it('ends after a few repositories', async () => {
    const links = Array.from({ length: 20 }, (_, index) => [`acme/r${index}`, `_extends: r${index + 1}\n`]);
    const others = othersOf(Object.fromEntries(links));

    expect(await problemsOf('_extends: r0\n', others)).toEqual([
      'acme/r4 .github/loopwarden.yml:1 `_extends` names acme/r5, the end of a chain of more than 5',
    ]);
    expect(others.opened).toHaveLength(5);
  });

  it.each([
    ['_extends: acme/base\n', null],
    ['_extends: base\n', othersOf({ 'acme/base': 'preset: all\n' }, null)],
  ])('%j that is out of reach is told, and the rest counts', async (yaml, others) => {
    const { configuration, unfollowed, warnings } = await load(`${yaml}drafts: true\n`, others);

    expect(configuration).toMatchObject({ preset: 'recommended', drafts: true });
    expect(unfollowed).toEqual({ file: '.github/loopwarden.yml', line: 1, column: 1 });
    expect(warnings).toEqual([]);
  });
});

describe("the owner's .github repository", () => {
  it('counts for a project without a configuration', async () => {
    const others = othersOf({ 'acme/.github': '_extends: base\n', 'acme/base': 'preset: strict\n' });

    const { configuration, file, origins } = await load(null, others);

    expect(configuration.preset).toBe('strict');
    expect(file).toBeNull();
    expect(origins.get('preset')?.repository).toBe('acme/base');
  });

  it('does not count for one that has its own', async () => {
    const others = othersOf({ 'acme/.github': 'preset: strict\n' });

    expect((await load('drafts: true\n', others)).configuration.preset).toBe('recommended');
    expect(others.opened).toEqual([]);
  });

  it.each([
    ['is missing', {}, { owner: 'acme', name: 'shop' }],
    ['says nothing', { 'acme/.github': '' }, { owner: 'acme', name: 'shop' }],
    ['is the project itself', { 'acme/.github': 'preset: all\n' }, { owner: 'acme', name: '.github' }],
    ['belongs to nobody knows whom', { 'acme/.github': 'preset: all\n' }, null],
  ])('that %s changes nothing', async (_, texts, own) => {
    const loaded = await load(null, othersOf(texts, own));

    expect(loaded).toMatchObject({ configuration: { preset: 'recommended' }, warnings: [] });
  });
});
