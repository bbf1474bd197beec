import type { IncomingHttpHeaders } from 'node:http';
import { describeError } from '../jobs/describe-error.ts';
import type { Log } from '../jobs/log.ts';
import { HttpError, type HttpHandler, textReply } from './http-reply.ts';

/** Where GitHub sends its webhooks. */
export const webhookPath = '/api/github/webhooks';

/** GitHub sends nothing longer (https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap). */
const longestPayload = 25 * 1024 * 1024;

/** What is needed of Probot's webhooks. */
export interface WebhookReceiver {
  verify(payload: string, signature: string): Promise<boolean>;
  /** Runs the handlers of an event; rejects when one of them fails. */
  receive(event: { readonly id: string; readonly name: string; readonly payload: unknown }): Promise<void>;
}

/**
 * Answers webhooks: 202 once the work is in the queue, 401 for a wrong signature. It stands in the place of Octokit's
 * own middleware, which reads a body of any length before it looks at the signature
 * (https://github.com/octokit/webhooks.js, `src/middleware/node/get-payload.ts`).
 */
export function createWebhookEndpoint(receiver: WebhookReceiver, log: Log): HttpHandler {
  return async request => {
    const { id, name, signature } = readHeaders(request.headers);
    const body = new TextDecoder().decode(await request.readBody(longestPayload));
    const isGenuine = await receiver.verify(body, signature).catch(() => false);
    if (!isGenuine) {
      log.warn({ delivery: id, event: name }, 'webhook refused: wrong signature; see WEBHOOK_SECRET');
      throw new HttpError(401, 'The signature does not fit the payload.');
    }
    const payload = parse(body);
    const fields = { delivery: id, event: name, ...describePayload(payload) };
    try {
      await receiver.receive({ id, name, payload });
    } catch (error) {
      log.error({ ...fields, ...describeError(firstOf(error)) }, 'webhook failed');
      return textReply(500, 'The event could not be put into the queue.');
    }
    log.info(fields, 'webhook accepted');
    return textReply(202, 'Accepted.');
  };
}

function readHeaders(headers: IncomingHttpHeaders): { id: string; name: string; signature: string } {
  if (!/^\s*application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    throw new HttpError(415, 'Webhooks have to come as application/json.');
  }
  const [id, name, signature] = ['x-github-delivery', 'x-github-event', 'x-hub-signature-256'].map(header => {
    const value = headers[header];
    if (typeof value !== 'string') throw new HttpError(400, `The header ${header} is missing.`);
    return value;
  });
  return { id: id ?? '', name: name ?? '', signature: signature ?? '' };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new HttpError(400, 'The payload is not JSON.');
  }
}

/** What a log may tell of an event. */
function describePayload(payload: unknown): { readonly action?: unknown; readonly repository?: unknown } {
  if (typeof payload !== 'object' || payload === null) return {};
  const { action, repository } = payload as { action?: unknown; repository?: { full_name?: unknown } | null };
  return { action, repository: repository?.full_name };
}

/** Octokit wraps what its handlers throw. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError ? (error.errors[0] ?? error) : error;
}
