import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { UsageError } from '../errors.ts';
import { describeError } from '../jobs/describe-error.ts';
import type { Log } from '../jobs/log.ts';
import { HttpError, type HttpHandler, type HttpReply, type HttpRequest, textReply } from './http-reply.ts';
import { readBody } from './read-body.ts';

/** A server that listens. */
export interface HttpServer {
  /** Its own address, without a slash at the end. */
  readonly url: string;
  /** Takes no more requests and resolves when those under way are answered. */
  close(): Promise<void>;
}

/** Where a server listens. */
export interface HttpServerOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly log: Log;
}

/** Serves with one handler. Throws `UsageError` when it cannot listen there. */
export async function openHttpServer(handle: HttpHandler, options: HttpServerOptions): Promise<HttpServer> {
  const { host, port, log } = options;
  let closing = false;
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000 }, (request, response) => {
    void answer(request, handle, log).then(reply => send(request, response, reply, closing));
  });
  await listen(server, host, port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server, port)}`,
    close: () =>
      new Promise(resolve => {
        closing = true;
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

/** Whatever fails is answered; only what nobody expected is logged as an error. */
async function answer(request: IncomingMessage, handle: HttpHandler, log: Log): Promise<HttpReply> {
  const start = performance.now();
  const fields = { method: request.method, path: request.url?.split('?', 1)[0] };
  let reply: HttpReply;
  try {
    reply = await handle(toRequest(request));
  } catch (error) {
    if (!(error instanceof HttpError)) log.error({ ...fields, ...describeError(error) }, 'request failed');
    reply =
      error instanceof HttpError
        ? textReply(error.status, error.message)
        : textReply(500, 'Something went wrong here.');
  }
  log.debug(
    { ...fields, status: reply.status, durationMs: Math.round(performance.now() - start) },
    'request',
  );
  return reply;
}

function toRequest(request: IncomingMessage): HttpRequest {
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (url === null) throw new HttpError(400, 'This is no address.');
  const { method = 'GET', headers } = request;
  return {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    readBody: limit => readBody(request, limit),
  };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HttpReply,
  closing: boolean,
): void {
  const bytes = Buffer.from(body);
  const broken = !request.complete && status >= 400;
  const isLast = broken || closing;
  response.writeHead(status, {
    'x-content-type-options': 'nosniff',
    'content-length': bytes.length,
    // What is left of a body that was refused is not worth reading.
    ...(isLast && { connection: 'close' }),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes, () => {
    if (broken) request.socket.destroySoon();
  });
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen({ host, port }, resolve);
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): UsageError {
  if (error.code === 'EADDRINUSE')
    return new UsageError(`PORT: ${port} is in use already; choose another one.`);
  if (error.code === 'EACCES')
    return new UsageError(`PORT: ${port} may not be used by this account; choose one above 1023.`);
  if (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL') {
    return new UsageError(`HOST: ${host} is no address of this machine.`);
  }
  return new UsageError(`Cannot listen on ${host}:${port}: ${error.message}`);
}

function portOf(server: Server, fallback: number): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : fallback;
}
