import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

const { privateKey: key } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const folder = mkdtempSync(join(tmpdir(), 'environment-'));
const keyFile = join(folder, 'key.pem');
writeFileSync(keyFile, key);
afterAll(() => rmSync(folder, { recursive: true }));

const complete = { APP_ID: '7', PRIVATE_KEY: key, WEBHOOK_SECRET: 'secret' };

describe('readEnvironment', () => {
  it('needs nothing', () => {
    expect(readEnvironment({})).toEqual({
      app: null,
      gitHub: { web: 'https://github.com', api: 'https://api.github.com' },
      organization: null,
      host: 'localhost',
      port: 3000,
      publicUrl: null,
      webhookProxy: null,
      logLevel: 'info',
      logFormat: 'pretty',
      concurrency: 4,
    });
  });

  it('reads what it is told', () => {
    const environment = readEnvironment({
      ...complete,
      GHE_HOST: '127.0.0.1:4567',
      GHE_PROTOCOL: 'http',
      GH_ORG: 'acme',
      HOST: '0.0.0.0',
      PORT: '8080',
      LOOPWARDEN_URL: 'https://loopwarden.example/',
      WEBHOOK_PROXY_URL: 'https://smee.io/abc',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'production',
      LOOPWARDEN_CONCURRENCY: '8',
    });

    expect(environment).toEqual({
      app: { id: 7, privateKey: key.trim(), webhookSecret: 'secret' },
      gitHub: { web: 'http://127.0.0.1:4567', api: 'http://127.0.0.1:4567/api/v3' },
      organization: 'acme',
      host: '0.0.0.0',
      port: 8080,
      publicUrl: 'https://loopwarden.example',
      webhookProxy: 'https://smee.io/abc',
      logLevel: 'debug',
      logFormat: 'json',
      concurrency: 8,
    });
  });

  it.each<[string, Record<string, string>]>([
    ['as it is', { PRIVATE_KEY: key }],
    ['with escaped line ends', { PRIVATE_KEY: key.replaceAll('\n', '\\n') }],
    ['in Base64', { PRIVATE_KEY: Buffer.from(key).toString('base64') }],
    ['in a file', { PRIVATE_KEY_PATH: keyFile }],
  ])('takes a private key %s', (_how, variables) => {
    const { app } = readEnvironment({ APP_ID: '7', WEBHOOK_SECRET: 'secret', ...variables });

    expect(app?.privateKey.trim()).toBe(key.trim());
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readEnvironment({ APP_ID: '', PRIVATE_KEY: ' ', PORT: '' })).toMatchObject({
      app: null,
      port: 3000,
    });
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ['a port that is none', { PORT: 'http' }, 'PORT must be a whole number from 0 to 65535.'],
    ['a port that is too high', { PORT: '70000' }, 'PORT must be a whole number from 0 to 65535.'],
    [
      'an App without number',
      { ...complete, APP_ID: 'loopwarden' },
      'APP_ID must be a whole number from 1 to 9007199254740991.',
    ],
    [
      'an address as host',
      { GHE_HOST: 'https://ghe.example' },
      'GHE_HOST must be a host name such as github.example.com, without https://.',
    ],
    [
      'an unknown level',
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal.',
    ],
    [
      'a public address that is none',
      { LOOPWARDEN_URL: 'loopwarden' },
      'LOOPWARDEN_URL must be an address such as https://loopwarden.example.',
    ],
    [
      'a key without an App',
      { PRIVATE_KEY: key },
      'APP_ID is missing: there is a private key, but not whose it is.',
    ],
    [
      'an App without a key',
      { APP_ID: '7' },
      'PRIVATE_KEY or PRIVATE_KEY_PATH is missing: there is an APP_ID.',
    ],
    [
      'an App without a secret',
      { ...complete, WEBHOOK_SECRET: undefined },
      'WEBHOOK_SECRET is missing: without it anyone could send webhooks. It is in the settings of the App.',
    ],
    [
      'a key that is none',
      { ...complete, PRIVATE_KEY: 'hunter2' },
      'PRIVATE_KEY is not a private key in PEM format, as GitHub gives it for download.',
    ],
    [
      'a key file that is not there',
      { APP_ID: '7', PRIVATE_KEY_PATH: '/nowhere/key.pem' },
      'PRIVATE_KEY_PATH: /nowhere/key.pem cannot be read (ENOENT).',
    ],
    [
      'too many jobs at a time',
      { LOOPWARDEN_CONCURRENCY: '0' },
      'LOOPWARDEN_CONCURRENCY must be a whole number from 1 to 100.',
    ],
  ])('complains of %s in one line', (_what, variables, message) => {
    expect(() => readEnvironment(variables)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });

  it('keeps secrets out of its complaints', () => {
    const complain = () => readEnvironment({ ...complete, PRIVATE_KEY: 'hunter2' });

    expect(complain).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }));
  });
});
