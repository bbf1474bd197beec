import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { answerBlobs } from '../../test/support/graphql-blobs.ts';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createGitHubClient } from '../github/github-client.ts';
import { createSharedConfigurations } from './shared-configurations.ts';

const place = { owner: 'acme', repo: 'shop', repositoryId: 42, installation: 5 };
const { signal } = new AbortController();
const file = '.github/loopwarden.yml';

/** The shared configurations of an installation that has these repositories besides, by name. */
function setUp(installed: readonly string[] = []) {
  const clock = createFakeClock();
  const read: string[] = [];
  const clientOf = (token: string) => createGitHubClient({ token, baseUrl: apiUrl, retries: 0 });
  const clients = {
    clientFor: async () => clientOf('own'),
    readerFor: async (_installation: number, name: string) => {
      read.push(name);
      return installed.includes(name) ? clientOf('reader') : null;
    },
    committerFor: async () => null,
  };
  const shared = createSharedConfigurations(clients, clock);
  /** Opens a repository as one review does. The look for `.github` was in vain before the first one. */
  const open = async (owner: string, name: string) => {
    const files = await shared.othersOf(place, signal).open({ owner, name });
    return files && new TextDecoder().decode((await files.read(file)) ?? new Uint8Array());
  };
  return { clock, read, shared, open };
}

/** As `setUp`, after a review has looked in vain for what counts for the whole account. */
async function setUpWithoutCommon(installed: readonly string[] = []) {
  const ready = setUp(installed);
  answer('own', null);
  expect(await ready.open('acme', '.github')).toBeNull();
  ready.read.splice(0);
  return ready;
}

/** Prepares GitHub's answer to a query with a token: the file's text, or that there is no such repository. */
function answer(token: 'own' | 'reader', text: string | null) {
  const query = gitHub().post('/graphql').matchHeader('authorization', `token ${token}`);
  const missing = {
    data: { repository: null },
    errors: [{ type: 'NOT_FOUND', message: 'Could not resolve' }],
  };
  if (text === null) query.reply(200, missing);
  else query.reply(answerBlobs({ [`HEAD:${file}`]: text }));
}

describe('createSharedConfigurations', () => {
  it("looks for the owner's .github repository at once, and only once", async () => {
    const { shared } = setUp();
    answer('own', 'preset: all\n');

    const others = shared.othersOf(place, signal);
    const files = await others.open({ owner: 'acme', name: '.github' });

    expect(others.own).toEqual({ owner: 'acme', name: 'shop' });
    expect(await files?.read(file)).not.toBeNull();
  });

  it('reads what everybody may with the client of the repository itself', async () => {
    const { open, read } = await setUpWithoutCommon();
    answer('own', 'preset: all\n');

    expect(await open('elsewhere', 'base')).toBe('preset: all\n');
    expect(read).toEqual([]);
  });

  it('reads a private repository of the same account where the App is installed in it', async () => {
    const { open } = await setUpWithoutCommon(['base']);
    answer('own', null);
    answer('reader', 'preset: all\n');

    expect(await open('Acme', 'base')).toBe('preset: all\n');
  });

  it.each([
    ['of another account', 'elsewhere', 'base', []],
    ['that the installation does not have', 'acme', 'secret', ['secret']],
  ])('has none of a private repository %s', async (_, owner, name, asked) => {
    const { open, read } = await setUpWithoutCommon(['base']);
    answer('own', null);

    expect(await open(owner, name)).toBeNull();
    expect(read).toEqual(asked);
  });

  it('asks again after a minute', async () => {
    const { open, clock } = await setUpWithoutCommon();
    answer('own', 'preset: all\n');
    await open('acme', 'base');
    await clock.advance(59_000);
    expect(await open('ACME', 'base')).toBe('preset: all\n');

    await clock.advance(1000);
    answer('own', 'preset: strict\n');

    expect(await open('acme', 'base')).toBe('preset: strict\n');
  });

  it('asks for what was not there after an hour', async () => {
    const { open, clock } = await setUpWithoutCommon();
    answer('own', null);
    await open('acme', 'base');
    await clock.advance(3_000_000);
    expect(await open('acme', 'base')).toBeNull();

    await clock.advance(600_000);
    answer('own', null);
    answer('own', 'preset: all\n');

    expect(await open('acme', 'base')).toBe('preset: all\n');
  });

  it('fails for what may succeed later, and asks again', async () => {
    const { open } = await setUpWithoutCommon();
    // A batch that fails is halved.
    gitHub().post('/graphql').twice().reply(502, { message: 'bad gateway' });
    await expect(open('acme', 'base')).rejects.toMatchObject({ retry: 'later' });
    answer('own', 'preset: all\n');

    expect(await open('acme', 'base')).toBe('preset: all\n');
  });
});
