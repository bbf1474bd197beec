import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** How a run of the program ended. */
export interface CliRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** Runs the real program in a folder. Of the environment it sees only the path, and what is given. */
export function runCli(
  folder: string,
  args: readonly string[],
  options: {
    readonly input?: string | Uint8Array;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): CliRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    input: options.input ?? '',
    env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', ...options.environment },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** As `runCli`, while this process goes on: for programs that talk to a server of the test's own. */
export async function startCli(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<CliRun> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}
