import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireWritable, writeEnvFile } from './env-file.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'env-file-'));
  path = join(folder, '.env');
});
afterEach(() => rm(folder, { recursive: true }));

const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE+/=\nabc\n-----END RSA PRIVATE KEY-----\n';

describe('writeEnvFile', () => {
  it('writes what Node reads back', async () => {
    await writeEnvFile(path, { APP_ID: '7', PRIVATE_KEY: key, WEBHOOK_SECRET: 'a b#c' });

    expect(parseEnv(await readFile(path, 'utf8'))).toEqual({
      APP_ID: '7',
      PRIVATE_KEY: key.trim(),
      WEBHOOK_SECRET: 'a b#c',
    });
  });

  it('lets nobody else read it', async () => {
    await writeFile(path, 'PORT=1\n', { mode: 0o644 });
    await writeEnvFile(path, { APP_ID: '7' });

    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('keeps the other lines and replaces its own', async () => {
    const before =
      '# mine\nPORT=8080\nexport APP_ID=1\nPRIVATE_KEY="-----BEGIN\nold\n-----END"\nLOG_LEVEL=debug';
    await writeFile(path, before);

    await writeEnvFile(path, { APP_ID: '7', PRIVATE_KEY: 'new' });

    expect(await readFile(path, 'utf8')).toBe(
      '# mine\nPORT=8080\nLOG_LEVEL=debug\nAPP_ID=7\nPRIVATE_KEY=new\n',
    );
  });
});

describe('requireWritable', () => {
  it.each([
    ['a file', async () => writeFile(path, '')],
    ['a file that is not there yet', async () => {}],
  ])('accepts %s', async (_what, prepare) => {
    await prepare();

    await expect(requireWritable(path)).resolves.toBeUndefined();
  });

  it('says that a folder is missing', async () => {
    const missing = join(folder, 'nowhere', '.env');

    await expect(requireWritable(missing)).rejects.toMatchObject({
      message: `${missing} cannot be written.`,
    });
  });
});
