import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createGitHubClient } from './github-client.ts';
import { createInstallationTokens } from './installation-tokens.ts';

const path = '/app/installations/5/access_tokens';
const place = { installation: 5, repositoryId: 42 };
const permissions = { checks: 'write', contents: 'read', metadata: 'read', pull_requests: 'write' };

function setUp({ asksToCommit = false } = {}) {
  const clock = createFakeClock();
  const app = createGitHubClient({ token: 'jwt', baseUrl: apiUrl, retries: 0 });
  const answer = (token: string) => ({ token, expires_at: new Date(clock.now() + 3_600_000).toISOString() });
  return {
    clock,
    answer,
    tokens: createInstallationTokens(app, { clock, asksToCommit: async () => asksToCommit }),
  };
}

describe('createInstallationTokens', () => {
  it('asks for a token that opens one repository and has the least rights', async () => {
    const { tokens, answer } = setUp();
    gitHub()
      .post(path, { repository_ids: [42], permissions })
      .reply(201, answer('ghs_1'));

    expect(await tokens.tokenFor(place)).toBe('ghs_1');
  });

  it('keeps a token while it is valid for ten minutes more', async () => {
    const { tokens, clock, answer } = setUp();
    gitHub().post(path).reply(201, answer('ghs_1'));
    await tokens.tokenFor(place);
    await clock.advance(49 * 60_000);
    expect(await tokens.tokenFor(place)).toBe('ghs_1');

    await clock.advance(60_000);
    gitHub().post(path).reply(201, answer('ghs_2'));

    expect(await tokens.tokenFor(place)).toBe('ghs_2');
  });

  it('asks once for all that want a token at the same time', async () => {
    const { tokens, answer } = setUp();
    gitHub().post(path).reply(201, answer('ghs_1'));

    expect(await Promise.all([tokens.tokenFor(place), tokens.tokenFor(place)])).toEqual(['ghs_1', 'ghs_1']);
  });

  it('keeps the repositories of an installation apart', async () => {
    const { tokens, answer } = setUp();
    gitHub()
      .post(path, { repository_ids: [42], permissions })
      .reply(201, answer('ghs_1'));
    gitHub()
      .post(path, { repository_ids: [43], permissions })
      .reply(201, answer('ghs_2'));
    await tokens.tokenFor(place);

    expect(await tokens.tokenFor({ ...place, repositoryId: 43 })).toBe('ghs_2');
  });

  it('takes what the installation has granted when it has not accepted all yet', async () => {
    const { tokens, answer } = setUp();
    gitHub()
      .post(path, { repository_ids: [42], permissions })
      .reply(422, { message: 'The permissions requested are not granted to this installation.' });
    gitHub()
      .post(path, { repository_ids: [42] })
      .reply(201, answer('ghs_1'));

    expect(await tokens.tokenFor(place)).toBe('ghs_1');
  });

  const committing = { ...permissions, contents: 'write' };

  it('asks for the right to commit only for those who want to commit', async () => {
    const { tokens, answer } = setUp({ asksToCommit: true });
    gitHub()
      .post(path, { repository_ids: [42], permissions })
      .reply(201, answer('ghs_1'));
    gitHub()
      .post(path, { repository_ids: [42], permissions: committing })
      .reply(201, answer('ghs_2'));

    expect(await tokens.tokenFor(place)).toBe('ghs_1');
    expect(await tokens.committingTokenFor(place)).toBe('ghs_2');
    expect(await tokens.tokenFor(place)).toBe('ghs_1');
  });

  it('has no token to commit where the App does not ask for it', async () => {
    const { tokens } = setUp();

    expect(await tokens.committingTokenFor(place)).toBeNull();
  });

  it('asks again only after a while where the installation has not granted it', async () => {
    const { tokens, answer, clock } = setUp({ asksToCommit: true });
    gitHub()
      .post(path, { repository_ids: [42], permissions: committing })
      .reply(422, { message: 'The permissions requested are not granted to this installation.' });
    expect([await tokens.committingTokenFor(place), await tokens.committingTokenFor(place)]).toEqual([
      null,
      null,
    ]);

    await clock.advance(11 * 60_000);
    gitHub()
      .post(path, { repository_ids: [42], permissions: committing })
      .reply(201, answer('ghs_1'));
    expect(await tokens.committingTokenFor(place)).toBe('ghs_1');
  });

  it('forgets a token that GitHub takes no more', async () => {
    const { tokens, answer } = setUp();
    gitHub().post(path).reply(201, answer('ghs_1')).post(path).reply(201, answer('ghs_2'));
    tokens.forget(await tokens.tokenFor(place));

    expect(await tokens.tokenFor(place)).toBe('ghs_2');
  });

  it.each([
    [401, 'unauthorized'],
    [404, 'not-found'],
  ])('fails when GitHub answers %i', async (status, kind) => {
    const { tokens } = setUp();
    gitHub().post(path).reply(status, { message: 'no' });

    await expect(tokens.tokenFor(place)).rejects.toMatchObject({ kind });
  });

  it('reads a repository of the account by its name, with a token for nothing else', async () => {
    const { tokens, answer } = setUp();
    gitHub()
      .post(path, { repositories: ['.github'], permissions: { contents: 'read', metadata: 'read' } })
      .reply(201, answer('ghs_1'));

    expect(await tokens.readingTokenFor(5, '.github')).toBe('ghs_1');
    expect(await tokens.readingTokenFor(5, '.GitHub')).toBe('ghs_1');
  });

  it('has none for a repository that the installation does not have', async () => {
    const { tokens } = setUp();
    gitHub().post(path).reply(422, { message: 'There is at least one repository that does not exist' });

    expect(await tokens.readingTokenFor(5, '.github')).toBeNull();
  });
});
