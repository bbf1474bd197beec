import type { IncomingMessage, ServerResponse } from 'node:http';
import { executeGraphQL, type GraphQLRequest } from '../graphql/execute.ts';
import { ContractViolation } from '../schema/contract-violation.ts';
import { operationFor } from '../schema/rest-contract.ts';
import type { World } from '../state/world.ts';
import { answerRest } from './answer-rest.ts';
import { authenticate } from './authenticate.ts';
import type { Reply } from './call.ts';
import type { createFaults } from './faults.ts';
import { faultAfterEffect, faultBeforeEffect } from './play-fault.ts';
import { Refusal } from './refusal.ts';
import type { LoggedRequest, RequestRecorder } from './request-log.ts';
import type { LimitWatch } from './secondary-limits.ts';
import { sendReply } from './send-reply.ts';

/** What serving a request needs besides the world. */
export interface Desk {
  readonly world: World;
  readonly log: RequestRecorder;
  readonly faults: ReturnType<typeof createFaults>;
  /** `null`: no secondary limits. */
  readonly limits: LimitWatch | null;
  /** One line for each request, answer or webhook that is not as GitHub has it. */
  readonly violations: string[];
}

/** A request with its body read. */
interface Received {
  readonly method: string;
  /** As it was asked. */
  readonly url: URL;
  /** Without the base path of the API. */
  readonly path: string;
  readonly isGraphQL: boolean;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** Serves a request from its first byte to its entry in the log. Never rejects. */
export async function serveRequest(
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const bytes = await readBody(request);
  // The caller gave up before it had asked.
  if (bytes === null) return;
  const received = receive(desk.world, request, bytes);
  const entry = desk.log.begin({
    method: received.method,
    path: received.path + received.url.search,
    body: received.body,
    credentials: (request.headers.authorization ?? '').slice(0, 12),
  });
  response.on('close', () => {
    if (!response.writableFinished) desk.log.end(entry, null);
  });
  // Whoever gave up while the body was read is told of no more.
  if (response.closed) {
    desk.log.end(entry, null);
    return;
  }

  const reply = await answer(desk, received, entry);
  if (reply === 'timeout') return;
  if (reply === 'reset') {
    request.socket.destroy();
    return;
  }
  response.on('finish', () => desk.log.end(entry, response.statusCode));
  sendReply(request, response, reply, desk.log.entries.length);
}

async function answer(
  desk: Desk,
  received: Received,
  entry: LoggedRequest,
): Promise<Reply | 'reset' | 'timeout'> {
  try {
    return await answerWithFaults(desk, received, entry);
  } catch (error) {
    if (error instanceof Refusal) return error;
    const isViolation = error instanceof ContractViolation;
    const message = isViolation
      ? error.message
      : `The stand-in failed: ${String((error as Error).stack ?? error)}`;
    desk.violations.push(message);
    return new Refusal(isViolation ? error.status : 500, `Violation: ${message}`);
  }
}

async function answerWithFaults(
  desk: Desk,
  received: Received,
  entry: LoggedRequest,
): Promise<Reply | 'reset' | 'timeout'> {
  const { method, url, path, isGraphQL, headers, body } = received;
  const match = isGraphQL ? null : operationFor(method, path);
  const operation = match?.operation.id ?? graphqlName(body);
  entry.operation = operation;
  const plan = desk.faults.take({ method, path: path + url.search, operation, body });
  if (plan) entry.fault = typeof plan.fault === 'object' ? 'meanwhile' : String(plan.fault);
  const before = plan && (await faultBeforeEffect(plan, isGraphQL, Date.now()));
  if (before) return before;

  if (headers['user-agent'] === undefined) {
    throw new Refusal(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
    );
  }
  if (body instanceof SyntaxError) throw new Refusal(400, 'Problems parsing JSON');
  const caller = authenticate(desk.world, headers.authorization);
  if (isGraphQL && caller.kind === 'nobody') {
    throw new Refusal(401, 'This endpoint requires you to be authenticated.');
  }
  desk.limits?.check({ operation, concurrent: entry.concurrent, body });
  const reply =
    match === null
      ? { status: 200, body: await executeGraphQL({ world: desk.world, caller }, body as GraphQLRequest) }
      : await answerRest(desk.world, { match, caller, url, body, accept: headers.accept ?? '' });
  return plan ? faultAfterEffect(plan, reply) : reply;
}

/** Finds out what was asked under which base path: of github.com, or of a GitHub Enterprise Server. */
function receive(world: World, request: IncomingMessage, bytes: Buffer): Received {
  const { method = 'GET', headers } = request;
  const url = new URL(request.url ?? '/', world.origin);
  const isGraphQL = url.pathname === '/graphql' || url.pathname === '/api/graphql';
  const path = url.pathname.replace(/^\/api\/v3(?=\/)/, '');
  return { method, url, path, isGraphQL, headers, body: parseBody(bytes) };
}

function parseBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    return error;
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}

function graphqlName(body: unknown): string {
  const { query = '', operationName } = (body ?? {}) as Partial<GraphQLRequest>;
  const [, name] = /^\s*(?:query|mutation)\s+(\w+)/.exec(query) ?? [];
  return ['graphql', operationName ?? name].filter(part => part !== undefined).join(' ');
}
