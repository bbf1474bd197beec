import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const program = resolve(import.meta.dirname, '../cli/main.ts');

let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

/** Runs `loopwarden serve` in an empty folder, with nothing of this process's environment but the path. */
function serve(env: Readonly<Record<string, string>>) {
  const started = spawn(process.execPath, [program, 'serve'], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', LOG_FORMAT: 'json', HOST: '127.0.0.1', PORT: '0', ...env },
  });
  child = started;
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', chunk => {
      output += String(chunk);
      for (const listener of listeners) listener();
    });
  }
  return {
    output: () => output,
    closed: once(started, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    kill: (signal: NodeJS.Signals) => started.kill(signal),
    /** The first group of the first match in the output. */
    see: (pattern: RegExp) =>
      new Promise<string>(found => {
        const look = () => {
          const match = pattern.exec(output)?.[1];
          if (match !== undefined) found(match);
        };
        listeners.add(look);
        look();
      }),
  };
}

describe('loopwarden serve', () => {
  it('says where to register an App when there is none, and stops when it is told to', async () => {
    const server = serve({});
    const page = await server.see(/open (http:\/\/\S+\/probot) to register one/);

    const answer = await fetch(page);
    await answer.text();
    server.kill('SIGTERM');

    expect(answer.status).toBe(200);
    expect(await server.closed).toEqual([0, null]);
    expect(server.output()).toContain('"msg":"stopped"');
  });

  it('reads the file .env, but believes the environment more', async () => {
    await writeFile(join(folder, '.env'), 'PORT=none\nLOOPWARDEN_CONCURRENCY=many\n');

    const server = serve({});

    expect(await server.closed).toEqual([2, null]);
    expect(server.output()).toBe(
      'loopwarden: LOOPWARDEN_CONCURRENCY must be a whole number from 1 to 100.\n',
    );
  });

  it('complains in one line', async () => {
    const server = serve({ APP_ID: '7' });

    expect(await server.closed).toEqual([2, null]);
    expect(server.output()).toBe(
      'loopwarden: PRIVATE_KEY or PRIVATE_KEY_PATH is missing: there is an APP_ID.\n',
    );
  });
});
