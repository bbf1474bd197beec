import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { GitError } from '../errors.ts';

/** Where git runs, and with which variables besides the usual ones. */
export interface GitPlace {
  readonly folder: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** How a run of git ended. */
export interface GitOutput {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Options that keep a repository's own configuration from running programs or changing what git prints:
 * `core.fsmonitor` and hooks are commands, `core.quotePath` escapes names that are not ASCII.
 */
const globalOptions = [
  '--no-pager',
  '--no-optional-locks',
  '-c',
  'core.quotePath=off',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
];

/**
 * The variables that git sets for its hooks and that would point it to another repository or index
 * (`git rev-parse --local-env-vars`), and those that change what a diff looks like.
 * The object directories stay: in a `pre-receive` hook the pushed commits are only there.
 */
const droppedVariables = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_PREFIX',
  'GIT_NAMESPACE',
  'GIT_EXTERNAL_DIFF',
  'GIT_DIFF_OPTS',
  'GIT_LITERAL_PATHSPECS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
];

function environmentOf(place: GitPlace): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' };
  for (const name of droppedVariables) delete environment[name];
  return { ...environment, ...place.variables };
}

/** Starts git without a shell. Whoever starts it listens to its `error` event: see `spawnError`. */
export function spawnGit(place: GitPlace, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('git', [...globalOptions, ...args], {
    cwd: place.folder,
    env: environmentOf(place),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** What it means that git could not even be started. */
export function spawnError(error: NodeJS.ErrnoException): GitError {
  if (error.code === 'ENOENT')
    return new GitError('git was not found; install it or put it into PATH', error);
  return new GitError(`git could not be started: ${error.message}`, error);
}

/** Runs git to its end, whatever its status. Throws `GitError` only when it cannot be started. */
export async function runGit(
  place: GitPlace,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<GitOutput> {
  const git = spawnGit(place, args);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  git.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  git.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // Git may end before it has read everything; its status tells.
  git.stdin.on('error', () => {});
  git.stdin.end(input);
  const status = await new Promise<number>((resolve, reject) => {
    git.on('error', error => reject(spawnError(error)));
    git.on('close', code => resolve(code ?? -1));
  });
  return { status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

/** Runs git and gives what it printed; any other status than 0 is a `GitError` with the first line of its complaint. */
export async function gitOutput(
  place: GitPlace,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<Buffer> {
  const { status, stdout, stderr } = await runGit(place, args, input);
  if (status === 0) return stdout;
  throw new GitError(
    `git ${subcommand(args)} failed in ${place.folder}: ${complaint(stderr) || `status ${status}`}`,
  );
}

/** The first line in which git says what is wrong, without `fatal:`. */
export function complaint(stderr: string): string {
  const lines = stderr.split('\n').filter(line => line.trim() !== '');
  const line = lines.find(candidate => /^(fatal|error):/.test(candidate)) ?? lines[0] ?? '';
  return line.replace(/^(fatal|error): */, '').trim();
}

function subcommand(args: readonly string[]): string {
  return args.find((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-c') ?? '';
}
