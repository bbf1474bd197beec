import type { IncomingMessage } from 'node:http';
import { type Clock, systemClock } from '../clock.ts';
import { HttpError } from './http-reply.ts';

/** How long a body may take, in milliseconds: GitHub itself waits no longer for the whole answer. */
const timeLimit = 10_000;

/** Reads a request's body of at most `limit` bytes. Rejects with an `HttpError`: 413 too long, 408 too slow, 400 broken off. */
export function readBody(
  request: IncomingMessage,
  limit: number,
  clock: Clock = systemClock,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (error: HttpError) => {
      cancel();
      request.removeAllListeners('data');
      request.resume();
      reject(error);
    };
    const cancel = clock.after(timeLimit, () => stop(new HttpError(408, 'The body took too long.')));
    if (Number(request.headers['content-length']) > limit) return stop(tooLong(limit));
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) stop(tooLong(limit));
      else chunks.push(chunk);
    });
    request.on('end', () => {
      cancel();
      resolve(Buffer.concat(chunks));
    });
    request.on('error', () => stop(new HttpError(400, 'The body broke off.')));
    request.on('close', () => stop(new HttpError(400, 'The body broke off.')));
  });
}

function tooLong(limit: number): HttpError {
  return new HttpError(413, `The body has more than ${limit.toLocaleString('en')} bytes.`);
}
