import { spawnSync } from 'node:child_process';
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
