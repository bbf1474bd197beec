import { type Clock, pause, systemClock } from '../clock.ts';
import { describeError } from '../jobs/describe-error.ts';
import type { Log } from '../jobs/log.ts';

/** What a relay does its work with. */
export interface WebhookRelayOptions {
  /** A channel of smee.io, or of a server that speaks as it does. */
  readonly source: string;
  /** Where the webhooks go. */
  readonly target: string;
  readonly log: Log;
  readonly clock?: Clock;
}

const pauseBeforeReconnecting = 5000;

/** The headers of a webhook that count for us. */
const forwarded: ReadonlySet<string> = new Set([
  'content-type',
  'x-github-delivery',
  'x-github-event',
  'x-hub-signature-256',
]);

/**
 * Hands webhooks on from a channel to a machine that GitHub cannot reach, for development. The channel sends them as
 * server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Returns what stops it.
 */
export function startWebhookRelay(options: WebhookRelayOptions): () => void {
  const { source, log, clock = systemClock } = options;
  const stopping = new AbortController();
  const { signal } = stopping;

  const run = async () => {
    while (!signal.aborted) {
      try {
        await listen(options, signal);
      } catch (error) {
        if (!signal.aborted) log.warn({ source, ...describeError(error) }, 'webhook relay interrupted');
      }
      await pause(clock, pauseBeforeReconnecting, signal);
    }
  };
  void run();
  return () => stopping.abort();
}

async function listen({ source, target, log }: WebhookRelayOptions, signal: AbortSignal): Promise<void> {
  const response = await fetch(source, { headers: { accept: 'text/event-stream' }, signal });
  if (!response.ok || response.body === null) throw new Error(`${source} answered ${response.status}.`);
  log.info({ source }, 'webhook relay connected');
  let buffer = '';
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    buffer += part;
    const events = buffer.split(/\r?\n\r?\n/);
    buffer = events.pop() ?? '';
    for (const event of events) await handOn(event, target);
  }
}

async function handOn(event: string, target: string): Promise<void> {
  const data = event
    .split(/\r?\n/)
    .filter(line => line.startsWith('data:'))
    .map(line => line.slice('data:'.length).trimStart())
    .join('\n');
  const isOther = /^event:\s*(?!message\b)/m.test(event);
  if (data === '' || isOther) return;
  const { body, ...rest } = JSON.parse(data) as Readonly<Record<string, unknown>>;
  const headers = Object.entries(rest).filter(([name]) => forwarded.has(name.toLowerCase()));
  await fetch(target, {
    method: 'POST',
    headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
    body: JSON.stringify(body),
  });
}
