import { spawn } from 'node:child_process';
import { LRUCache } from 'lru-cache';
import { GitError } from '../../../src/errors.ts';

/** Nothing of the machine's own configuration may change what the stand-in answers. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C.UTF-8',
};

/** Runs git in a repository's folder; gives what it printed. Throws a `GitError` with git's own words when it fails. */
export function git(folder: string, args: readonly string[], input?: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-c', 'core.quotePath=false', ...args], { cwd: folder, env: gitEnvironment });
    const out: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.on('error', reject);
    child.on('close', status => {
      if (status === 0) resolve(Buffer.concat(out));
      else reject(new GitError(`git ${args.join(' ')}: ${Buffer.concat(complaints).toString().trim()}`));
    });
    // A git that stops reading early reports it by its status; the broken pipe adds nothing.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Runs git and gives the text that it printed, without the last line end. */
export async function gitText(folder: string, ...args: string[]): Promise<string> {
  return (await git(folder, args)).toString().replace(/\n$/, '');
}

/** What git said of objects, which never change. The newest are kept. */
const facts = new LRUCache<string, Promise<string>>({ max: 2000 });

/**
 * As `gitText`, for what is asked of objects alone: nothing that is named by less than its SHA. Git is asked only once, since
 * starting a process is most of what a request to the stand-in costs.
 */
export function gitFact(folder: string, ...args: string[]): Promise<string> {
  const key = [folder, ...args].join('\0');
  const known = facts.get(key);
  if (known !== undefined) return known;
  const asked = gitText(folder, ...args);
  facts.set(key, asked);
  asked.catch(() => facts.delete(key));
  return asked;
}

/** As `gitFact`, or `null` where git says no. */
export async function gitFactOrNull(folder: string, ...args: string[]): Promise<string | null> {
  try {
    return await gitFact(folder, ...args);
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}
