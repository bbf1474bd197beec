import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './call.ts';

/** Sends an answer with the headers that GitHub's answers have. `count` is how many requests there were. */
export function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  count: number,
): void {
  const body = bytesOf(reply.body);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': `STAND:IN:${count.toString(16).toUpperCase()}`,
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(Math.max(1, 5000 - count)),
    'x-ratelimit-used': String(count),
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
    'x-ratelimit-resource': 'core',
    ...reply.headers,
  };
  if (request.method !== 'GET' || reply.status !== 200) {
    response.writeHead(reply.status, headers).end(body);
    return;
  }
  // A conditional request is answered for the price of nothing.
  const tag = `W/"${createHash('sha256').update(body).digest('hex')}"`;
  const isSame = request.headers['if-none-match'] === tag;
  response.writeHead(isSame ? 304 : 200, { ...headers, etag: tag }).end(isSame ? undefined : body);
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
