import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appClient, appToken, clientWith, placeOf } from './clients.ts';
import { foreignPrivateKey } from './key-pair.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import { installApp } from './state/installations.ts';
import type { Installation, Repository } from './state/model.ts';
import { openPullRequest } from './state/pull-requests.ts';
import { expireTokens } from './state/tokens.ts';

let standIn: StandIn;
let repository: Repository;
let installation: Installation;

beforeEach(async () => {
  standIn = await startStandIn({ permissions: { pull_requests: 'write', contents: 'read' } });
  repository = await standIn.addRepository('acme/shop', { files: { 'a.py': 'a = 1\n' } });
  installation = installApp(standIn.world, repository.owner);
});

afterEach(async () => {
  await standIn.close();
  expect(standIn.violations).toEqual([]);
});

const now = () => Math.floor(Date.now() / 1000);
const tokenFor = (jwt: string, request: object = {}) =>
  clientWith(standIn, jwt).rest.apps.createInstallationAccessToken({
    installation_id: installation.id,
    ...request,
  });

describe('the App', () => {
  it('is known by its JWT', async () => {
    const { data } = await clientWith(standIn, appToken(standIn)).rest.apps.getAuthenticated();
    expect(data).toMatchObject({
      slug: 'loopwarden',
      permissions: { pull_requests: 'write', metadata: 'read' },
    });
  });

  it('finds its installations', async () => {
    const client = clientWith(standIn, appToken(standIn));
    const found = await client.rest.apps.getRepoInstallation(placeOf(repository));
    const all = await client.rest.apps.listInstallations();
    expect([found.data.id, all.data.map(one => one.id)]).toEqual([installation.id, [installation.id]]);
  });

  it.each([
    ['signed with another key', () => appToken(standIn, {}, foreignPrivateKey()), 'could not be decoded'],
    ['of another App', () => appToken(standIn, { iss: 1 }), "'Issuer' claim"],
    ['that is over', () => appToken(standIn, { exp: now() - 1 }), "'Expiration time' claim"],
    ['that is good for too long', () => appToken(standIn, { exp: now() + 700 }), 'too far in the future'],
    ['from the future', () => appToken(standIn, { iat: now() + 120 }), "'Issued at' claim"],
    ['in pieces', () => 'a.b.c', 'could not be decoded'],
  ])('is not believed with a JWT %s', async (_, jwt, problem) => {
    await expect(tokenFor(jwt())).rejects.toMatchObject({
      status: 401,
      message: expect.stringContaining(problem),
    });
  });

  it('says where its webhooks go', async () => {
    standIn.hookTo('http://127.0.0.1:1/hook');
    const { data } = await clientWith(standIn, appToken(standIn)).rest.apps.getWebhookConfigForApp();
    expect(data.url).toBe('http://127.0.0.1:1/hook');
  });

  it('is handed out once for the code of its registration', async () => {
    const code = standIn.registrationCode();
    const { data } = await clientWith(standIn).rest.apps.createFromManifest({ code });
    expect(data).toMatchObject({ id: 424_242, pem: standIn.environment.PRIVATE_KEY });
    await expect(clientWith(standIn).rest.apps.createFromManifest({ code })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('cannot read a repository as itself', async () => {
    const read = clientWith(standIn, appToken(standIn)).rest.repos.get(placeOf(repository));
    await expect(read).rejects.toMatchObject({ status: 401 });
  });
});

describe('an installation token', () => {
  it('lives for an hour and has a format of its own length', async () => {
    const { data } = await tokenFor(appToken(standIn));
    expect(Date.parse(data.expires_at) - Date.now()).toBeGreaterThan(59 * 60_000);
    expect(data.token).toMatch(/^ghs_424242_.{200,}$/);
  });

  it('can be narrowed to permissions and repositories', async () => {
    const other = await standIn.addRepository('acme/other');
    const client = await appClient(standIn, repository, {
      repositories: ['shop'],
      permissions: { contents: 'read' },
    });

    const seen = await client.rest.apps.listReposAccessibleToInstallation();
    expect(seen.data.repositories.map(one => one.full_name)).toEqual(['acme/shop']);
    await expect(client.rest.repos.get(placeOf(other))).rejects.toMatchObject({ status: 404 });
    await expect(client.rest.pulls.list(placeOf(repository))).rejects.toMatchObject({ status: 403 });
  });

  it.each([
    ['more than was granted', { permissions: { contents: 'write' } }, 'not granted'],
    [
      'a repository that is not covered',
      { repositories: ['elsewhere'] },
      'does not exist or is not accessible',
    ],
  ])('is refused for %s', async (_, request, problem) => {
    const asked = tokenFor(appToken(standIn), request);
    await expect(asked).rejects.toMatchObject({ status: 422, message: expect.stringContaining(problem) });
  });

  it('is refused while the installation is suspended', async () => {
    installation.suspendedAt = new Date();
    await expect(tokenFor(appToken(standIn))).rejects.toMatchObject({ status: 403 });
  });

  it('is 401 when its hour is over', async () => {
    const client = await appClient(standIn, repository);
    expireTokens(standIn.world);
    await expect(client.rest.repos.get(placeOf(repository))).rejects.toMatchObject({ status: 401 });
  });

  it('does what its permissions allow, and no more', async () => {
    const client = await appClient(standIn, repository);
    const created = client.rest.checks.create({
      ...placeOf(repository),
      name: 'x',
      head_sha: 'e'.repeat(40),
    });
    await expect(created).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
      response: { headers: { 'x-accepted-github-permissions': 'checks=write' } },
    });
  });

  it('does what was granted later', async () => {
    standIn.install('acme', { ...installation.permissions, issues: 'write' });
    await openPullRequest(standIn.world, repository, { files: { 'b.py': '' } });
    const client = await appClient(standIn, repository);
    await client.rest.issues.createComment({ ...placeOf(repository), issue_number: 1, body: 'Here.' });
    expect(repository.conversations.get(1)?.comments.map(one => one.body)).toEqual(['Here.']);
  });
});

describe('others', () => {
  it('people see what they collaborate on', async () => {
    repository.collaborators.set('mary', 'read');
    const mary = clientWith(standIn, standIn.userToken('mary'));
    const bob = clientWith(standIn, standIn.userToken('bob'));
    expect((await mary.rest.repos.get(placeOf(repository))).data.full_name).toBe('acme/shop');
    expect((await mary.rest.users.getAuthenticated()).data.login).toBe('mary');
    await expect(bob.rest.repos.get(placeOf(repository))).rejects.toMatchObject({ status: 404 });
  });

  it('nobody sees a private repository, but a public one', async () => {
    const open = await standIn.addRepository('acme/open', { private: false });
    await expect(clientWith(standIn).rest.repos.get(placeOf(repository))).rejects.toMatchObject({
      status: 404,
    });
    expect((await clientWith(standIn).rest.repos.get(placeOf(open))).status).toBe(200);
  });

  it('a wrong token is 401', async () => {
    const client = clientWith(standIn, 'ghp_unknown');
    await expect(client.rest.repos.get(placeOf(repository))).rejects.toMatchObject({ status: 401 });
  });
});
