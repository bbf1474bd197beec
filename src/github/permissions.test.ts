import { describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createGitHubClient } from './github-client.ts';
import { readRole } from './permissions.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const repository = { owner: 'acme', repo: 'shop' };
const path = '/repos/acme/shop/collaborators/ada/permission';

describe('readRole', () => {
  it.each([
    ['admin', 'admin', 'admin'],
    ['maintain', 'write', 'maintain'],
    ['write', 'write', 'write'],
    ['triage', 'read', 'triage'],
    ['read', 'read', 'read'],
    ['none', 'none', 'none'],
    ['security-champion', 'write', 'write'],
    ['robot', 'unheard-of', 'none'],
  ])('takes the role %s with the permission %s for %s', async (role_name, permission, expected) => {
    gitHub().get(path).reply(200, { role_name, permission });

    expect(await readRole(client, repository, 'ada')).toBe(expected);
  });

  it('gives none to whom GitHub does not know', async () => {
    gitHub().get(path).reply(404, { message: 'ada is not a user' });

    expect(await readRole(client, repository, 'ada')).toBe('none');
  });

  it('fails when GitHub does not say', async () => {
    gitHub().get(path).reply(500, { message: 'oops' });

    await expect(readRole(client, repository, 'ada')).rejects.toMatchObject({ kind: 'server' });
  });
});
