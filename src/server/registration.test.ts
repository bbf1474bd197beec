import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createGitHubClient } from '../github/github-client.ts';
import { type Environment, readEnvironment } from './environment.ts';
import type { HttpRequest } from './http-reply.ts';
import { createRegistration } from './registration.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registration-'));
});
afterEach(() => rm(folder, { recursive: true }));

const manifest = { name: 'Loopwarden', public: false, default_permissions: { checks: 'write' } };

function setUp(env: Record<string, string> = {}, envFile = join(folder, '.env')) {
  const registered: object[] = [];
  const environment: Environment = readEnvironment(env);
  const client = createGitHubClient({ baseUrl: apiUrl });
  const onRegistered = async (variables: object) => void registered.push(variables);
  return {
    registered,
    envFile,
    ...createRegistration({ environment, manifest, envFile, client, onRegistered }),
  };
}

function ask(
  host: string,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
): HttpRequest {
  return {
    method: 'GET',
    path: '/',
    query: new URLSearchParams(query),
    headers: { host, ...headers },
    readBody: async () => new Uint8Array(),
  };
}

/** What the page's form would send, and where. */
function formOf(page: string) {
  const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const action = /<form action="(?<action>[^"]+)"/.exec(page)?.groups?.action;
  const value = /name="manifest" value="(?<value>[^"]+)"/.exec(page)?.groups?.value;
  const url = new URL(plain(action ?? 'about:blank'));
  return { url, state: url.searchParams.get('state') ?? '', manifest: JSON.parse(plain(value ?? 'null')) };
}

describe('the page to register an App', () => {
  it('asks for the right to commit only when told so', async () => {
    const { page } = setUp();

    const { body } = await page(ask('loopwarden.example'));

    const [, first = '', second = ''] = body.split('<form');
    const { manifest: least, ...form } = formOf(`<form${first}`);
    expect(least.default_permissions).toEqual({ checks: 'write' });
    expect(formOf(`<form${second}`)).toEqual({
      ...form,
      manifest: { ...least, default_permissions: { checks: 'write', contents: 'write' } },
    });
  });

  it('sends GitHub the manifest with the addresses of this server', async () => {
    const { page } = setUp();

    const reply = await page(ask('loopwarden.example', {}, { 'x-forwarded-proto': 'https' }));

    const form = formOf(reply.body);
    expect(form.url.origin + form.url.pathname).toBe('https://github.com/settings/apps/new');
    expect(form.state).toMatch(/^[0-9a-f]{32}$/);
    expect(form.manifest).toEqual({
      ...manifest,
      url: 'https://loopwarden.example',
      hook_attributes: { url: 'https://loopwarden.example/api/github/webhooks' },
      redirect_url: 'https://loopwarden.example/probot/setup',
    });
    expect(reply.headers['content-security-policy']).toContain('form-action https://github.com');
  });

  it.each<[string, Record<string, string>, string, string]>([
    [
      'an organization',
      { GH_ORG: 'acme' },
      'x.example',
      'https://github.com/organizations/acme/settings/apps/new',
    ],
    ['another GitHub', { GHE_HOST: 'ghe.example' }, 'x.example', 'https://ghe.example/settings/apps/new'],
    [
      'a GitHub here',
      { GHE_HOST: '127.0.0.1:1', GHE_PROTOCOL: 'http' },
      'localhost:3000',
      'http://127.0.0.1:1/settings/apps/new',
    ],
  ])('leads to %s', async (_what, env, host, expected) => {
    const { url } = formOf((await setUp(env).page(ask(host))).body);

    expect(url.origin + url.pathname).toBe(expected);
  });

  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])(
    'offers no button on %s, which GitHub cannot reach',
    async host => {
      const { body } = await setUp().page(ask(host));

      expect(body).toContain('GitHub cannot reach this server yet');
      expect(body).not.toContain('<form');
    },
  );

  it('takes a relay for the webhooks', async () => {
    const { page } = setUp({ WEBHOOK_PROXY_URL: 'https://smee.io/abc' });

    const form = formOf((await page(ask('localhost:3000'))).body);

    expect(form.manifest.hook_attributes).toEqual({ url: 'https://smee.io/abc' });
    expect(form.manifest.redirect_url).toBe('http://localhost:3000/probot/setup');
  });

  it('takes the public address from the environment before that of the request', async () => {
    const { page } = setUp({ LOOPWARDEN_URL: 'https://public.example' });

    expect(formOf((await page(ask('10.0.0.1'))).body).manifest.url).toBe('https://public.example');
  });

  it('writes nothing into the page that the request says', async () => {
    const { body } = await setUp().page(ask('x"><script>alert(1)</script>'));

    expect(body).not.toContain('<script>');
  });
});

describe('coming back from GitHub', () => {
  const answer = {
    id: 7,
    pem: '-----BEGIN\nkey\n-----END',
    webhook_secret: 's3cret',
    html_url: 'https://github.com/apps/lw',
  };
  const stateFrom = async (registration: ReturnType<typeof setUp>) =>
    formOf((await registration.page(ask('loopwarden.example'))).body).state;

  it('writes the credentials, starts the App and leads on to its installation', async () => {
    const registration = setUp();
    const state = await stateFrom(registration);
    gitHub().post('/app-manifests/c0de/conversions').reply(201, answer);

    const reply = await registration.callback(ask('loopwarden.example', { code: 'c0de', state }));

    expect([reply.status, reply.headers.location]).toEqual([
      302,
      'https://github.com/apps/lw/installations/new',
    ]);
    expect(await readFile(registration.envFile, 'utf8')).toBe(
      'APP_ID=7\nPRIVATE_KEY="-----BEGIN\\nkey\\n-----END"\nWEBHOOK_SECRET=s3cret\n',
    );
    expect(registration.registered).toEqual([
      { APP_ID: '7', PRIVATE_KEY: answer.pem, WEBHOOK_SECRET: 's3cret' },
    ]);
  });

  it('takes a state once', async () => {
    const registration = setUp();
    const state = await stateFrom(registration);
    gitHub().post('/app-manifests/c0de/conversions').reply(201, answer);
    await registration.callback(ask('loopwarden.example', { code: 'c0de', state }));

    await expect(
      registration.callback(ask('loopwarden.example', { code: 'c0de', state })),
    ).rejects.toMatchObject({
      status: 400,
    });
  });

  it.each<[string, Record<string, string>]>([
    ['without a code', { state: 'x' }],
    ['with a code that is none', { code: '../app', state: 'x' }],
    ['without a state', { code: 'c0de' }],
    ['with the state of someone else', { code: 'c0de', state: 'f00' }],
  ])('refuses %s', async (_what, query) => {
    const { callback } = setUp();

    await expect(callback(ask('loopwarden.example', query))).rejects.toMatchObject({ status: 400 });
  });

  it('asks GitHub for nothing when the credentials could not be written', async () => {
    const registration = setUp({}, join(folder, 'nowhere', '.env'));
    const state = await stateFrom(registration);

    await expect(
      registration.callback(ask('loopwarden.example', { code: 'c0de', state })),
    ).rejects.toMatchObject({
      status: 502,
      message: expect.stringContaining('.env cannot be written.'),
    });
  });

  it('says what GitHub says', async () => {
    const registration = setUp();
    const state = await stateFrom(registration);
    gitHub().post('/app-manifests/c0de/conversions').reply(404, { message: 'Not Found' });

    await expect(
      registration.callback(ask('loopwarden.example', { code: 'c0de', state })),
    ).rejects.toMatchObject({
      status: 502,
      message: expect.stringContaining('Not Found'),
    });
    expect(registration.registered).toEqual([]);
  });
});
