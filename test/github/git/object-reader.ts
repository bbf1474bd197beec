import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { gitEnvironment } from './git.ts';

/** A git object as it is stored. */
export interface GitObject {
  readonly oid: string;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  readonly bytes: Buffer;
}

/** Reads objects of one repository through one long-lived git process. */
export interface ObjectReader {
  /** The object that a revision (`sha`, `main`, `sha:path`) names, or `null` when there is none. */
  read(revision: string): Promise<GitObject | null>;
  close(): void;
}

interface Waiting {
  resolve(object: GitObject | null): void;
  reject(error: Error): void;
}

/** Starts `git cat-file --batch`, which answers in the order asked, in a bare repository's folder. */
export function openObjectReader(folder: string): ObjectReader {
  const waiting: Waiting[] = [];
  let process: ChildProcessWithoutNullStreams | undefined;
  let received: Buffer = Buffer.alloc(0);

  function start(): ChildProcessWithoutNullStreams {
    const child = spawn('git', ['cat-file', '--batch'], { cwd: folder, env: gitEnvironment });
    child.stdout.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      handOut();
    });
    child.stdin.on('error', () => {});
    child.on('close', () => {
      for (const one of waiting.splice(0))
        one.reject(new Error('git cat-file ended before it had answered.'));
    });
    return child;
  }

  function handOut(): void {
    for (;;) {
      const answer = firstAnswer(received);
      if (answer === null) return;
      received = received.subarray(answer.length);
      waiting.shift()?.resolve(answer.object);
    }
  }

  return {
    read(revision) {
      if (/[\n\0]/.test(revision)) return Promise.resolve(null);
      return new Promise((resolve, reject) => {
        process ??= start();
        waiting.push({ resolve, reject });
        process.stdin.write(`${revision}\n`);
      });
    },
    close() {
      // What has been asked is answered first.
      process?.stdin.end();
    },
  };
}

/** `<oid> <type> <size>\n<bytes>\n`, or `<revision> missing\n` (or `ambiguous`); `null` while it is incomplete. */
function firstAnswer(received: Buffer): { object: GitObject | null; length: number } | null {
  const lineEnd = received.indexOf('\n');
  if (lineEnd === -1) return null;
  const header = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/.exec(received.toString('utf8', 0, lineEnd));
  if (header === null) return { object: null, length: lineEnd + 1 };

  const [, oid = '', type, size] = header;
  const start = lineEnd + 1;
  const end = start + Number(size);
  if (received.length < end + 1) return null;
  const bytes = Buffer.from(received.subarray(start, end));
  return { object: { oid, type: type as GitObject['type'], bytes }, length: end + 1 };
}
