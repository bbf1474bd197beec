import { describe, expect, it } from 'vitest';
import { silentLog } from '../jobs/log.ts';
import type { HttpRequest } from './http-reply.ts';
import { createWebhookEndpoint } from './webhook-endpoint.ts';

/** Sends a webhook whose signature is right when it is `right`. */
function send(
  body: string,
  headers: Record<string, string | undefined> = {},
  receive: (event: unknown) => Promise<void> = async () => {},
) {
  const lines: object[] = [];
  const note = (fields: object, message: string) => void lines.push({ ...fields, says: message });
  const endpoint = createWebhookEndpoint(
    { verify: async (_payload, signature) => signature === 'right', receive },
    { ...silentLog, info: note, warn: note, error: note },
  );
  const request: HttpRequest = {
    method: 'POST',
    path: '/api/github/webhooks',
    query: new URLSearchParams(),
    headers: {
      'content-type': 'application/json',
      'x-github-delivery': 'd1',
      'x-github-event': 'pull_request',
      'x-hub-signature-256': 'right',
      ...headers,
    },
    readBody: async () => Buffer.from(body),
  };
  const answer = (async () => endpoint(request))();
  return { answer, lines };
}

const payload = JSON.stringify({
  action: 'opened',
  repository: { full_name: 'acme/shop' },
  secret: 'hunter2',
});

describe('createWebhookEndpoint', () => {
  it('answers 202 when the event is in the queue', async () => {
    const events: unknown[] = [];
    const { answer, lines } = send(payload, {}, async event => void events.push(event));

    expect((await answer).status).toBe(202);
    expect(events).toEqual([{ id: 'd1', name: 'pull_request', payload: JSON.parse(payload) }]);
    expect(lines).toEqual([
      {
        delivery: 'd1',
        event: 'pull_request',
        action: 'opened',
        repository: 'acme/shop',
        says: 'webhook accepted',
      },
    ]);
  });

  it.each<[number, string, string, Record<string, string | undefined>]>([
    [401, 'a wrong signature', payload, { 'x-hub-signature-256': 'sha256=forged' }],
    [400, 'no signature', payload, { 'x-hub-signature-256': undefined }],
    [400, 'no event', payload, { 'x-github-event': undefined }],
    [400, 'no delivery', payload, { 'x-github-delivery': undefined }],
    [415, 'a form', payload, { 'content-type': 'application/x-www-form-urlencoded' }],
    [400, 'what is no JSON', '{"action"', {}],
  ])('refuses with %i %s', async (status, _what, body, headers) => {
    const received: unknown[] = [];
    const { answer } = send(body, headers, async event => void received.push(event));

    await expect(answer).rejects.toMatchObject({ status });
    expect(received).toEqual([]);
  });

  it('answers 500 when the queue fails, so that GitHub offers to deliver it again', async () => {
    const failure = new AggregateError([new Error('database is locked')], 'database is locked');
    const { answer, lines } = send(payload, {}, () => Promise.reject(failure));

    expect((await answer).status).toBe(500);
    expect(lines).toMatchObject([{ message: 'database is locked', says: 'webhook failed' }]);
  });

  it('takes an event without a repository', async () => {
    expect((await send('{"zen": "Design for failure."}', { 'x-github-event': 'ping' }).answer).status).toBe(
      202,
    );
  });
});
