import { writeFile } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import { printable } from '../report/printable.ts';

/** Writes a text to standard output, and waits until all of it is out. A reader that went away (`| head`) is no error. */
export function writeOut(text: string | Uint8Array): Promise<void> {
  return writeTo(process.stdout, text);
}

/** Writes one line to standard error; what comes from files makes no more of them, and steers no terminal. */
export function writeErrorLine(line: string): Promise<void> {
  return writeErrorText(printable(line));
}

/** Writes lines of our own to standard error. */
export function writeErrorText(text: string): Promise<void> {
  return writeTo(process.stderr, `${text}\n`);
}

function writeTo(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  if (text.length === 0 || stream.destroyed) return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.write(text, error => {
      if (!error || isClosedPipe(error)) resolve();
      else reject(new UsageError(`the output cannot be written: ${reasonOf(error)}`));
    });
  });
}

/** Keeps a failure to write from ending the program with a stack trace: whoever writes is told of it, too. */
export function keepQuietAboutStreams(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

function isClosedPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

/** Writes a report to a file or, without one, to standard output. */
export async function writeReport(text: string, file: string | undefined): Promise<void> {
  if (file === undefined) return writeOut(text);
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(error)}`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is no folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'it is a folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  ELOOP: 'its links go round in a circle',
};

/** Why the system refused a file, in words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return reasons[code] ?? error.message;
}
