import { once } from 'node:events';
import { GitError } from '../errors.ts';
import { complaint, type GitPlace, spawnError, spawnGit } from './git-command.ts';

/** What a blob holds, or why it is not given. */
export type Blob =
  | { readonly kind: 'contents'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'missing' };

/** Reads blobs by id, all through one process. */
export interface BlobReader {
  read(id: string): Promise<Blob>;
  /** Ends the process; reads under way fail. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(blob: Blob): void;
  reject(error: Error): void;
}

/** The answer that is coming in: its contents are collected, or passed over when they are too large. */
interface Answer {
  readonly size: number;
  readonly chunks: Buffer[] | null;
  received: number;
}

/**
 * Opens `git cat-file --batch`: ids go in, one to a line, contents come out in the same order
 * (https://git-scm.com/docs/git-cat-file#_batch_output). A blob of more than `maxBytes` is not kept in memory.
 */
export function openBlobs(place: GitPlace, maxBytes: number): BlobReader {
  const git = spawnGit(place, ['cat-file', '--batch']);
  const waiting: Waiting[] = [];
  const stderr: string[] = [];
  let pending: Buffer = Buffer.alloc(0);
  let answer: Answer | null = null;
  let failure: Error | null = null;

  const fail = (error: Error) => {
    failure ??= error;
    for (const reader of waiting.splice(0)) reader.reject(failure);
  };
  git.on('error', error => fail(spawnError(error)));
  git.stdin.on('error', () => {});
  git.stderr.on('data', (chunk: Buffer) => stderr.push(chunk.toString()));
  const closed = once(git, 'close').then(
    () => fail(new GitError(`git cat-file ended early: ${complaint(stderr.join('')) || 'no reason given'}`)),
    () => {},
  );

  const take = (): boolean => {
    if (answer === null) {
      const end = pending.indexOf('\n');
      if (end === -1) return false;
      const header = pending.toString('latin1', 0, end).split(' ');
      pending = pending.subarray(end + 1);
      if (header.at(-1) === 'missing') {
        waiting.shift()?.resolve({ kind: 'missing' });
        return true;
      }
      const size = Number(header[2]);
      answer = { size, chunks: size > maxBytes ? null : [], received: 0 };
    }
    // A line end follows the contents.
    const part = pending.subarray(0, answer.size + 1 - answer.received);
    answer.chunks?.push(part);
    answer.received += part.length;
    pending = pending.subarray(part.length);
    if (answer.received <= answer.size) return false;
    const { chunks, size } = answer;
    answer = null;
    const blob: Blob =
      chunks === null
        ? { kind: 'too-large', size }
        : { kind: 'contents', bytes: new Uint8Array(Buffer.concat(chunks).subarray(0, size)) };
    waiting.shift()?.resolve(blob);
    return true;
  };
  git.stdout.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (take()) {
      // Several answers may be in one chunk.
    }
  });

  return {
    read(id) {
      if (failure !== null) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        git.stdin.write(`${id}\n`);
      });
    },
    async close() {
      git.stdin.end();
      git.stdout.resume();
      await closed;
    },
  };
}
