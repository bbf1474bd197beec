import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFakeClock, type FakeClock } from '../../test/support/fake-clock.ts';
import { silentLog } from '../jobs/log.ts';
import { startWebhookRelay } from './webhook-relay.ts';

/** Plays the channel on `GET /channel`, and the server on `POST /hook`. */
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    channel.resolve(response);
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    received.resolve({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.end();
  });
});
let channel = Promise.withResolvers<ServerResponse>();
let received = Promise.withResolvers<{ headers: Record<string, unknown>; body: string }>();
let clock: FakeClock;
let stop: () => void;

beforeEach(async () => {
  channel = Promise.withResolvers();
  received = Promise.withResolvers();
  clock = createFakeClock();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = startWebhookRelay({ source: `${url}/channel`, target: `${url}/hook`, log: silentLog, clock });
});

afterEach(async () => {
  stop();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

const webhook = {
  'x-github-event': 'ping',
  'x-github-delivery': 'd1',
  'x-hub-signature-256': 'sha256=abc',
  'content-type': 'application/json',
  host: 'smee.io',
  timestamp: 1,
  body: { zen: 'Keep it logically awesome.' },
};

it('hands a webhook on with the headers that count', async () => {
  const response = await channel.promise;
  response.write('event: ready\ndata: {}\n\nid: 1\ndata: ');
  response.write(`${JSON.stringify(webhook)}\n\n`);

  const { headers, body } = await received.promise;

  expect(body).toBe('{"zen":"Keep it logically awesome."}');
  expect(headers).toMatchObject({
    'x-github-event': 'ping',
    'x-github-delivery': 'd1',
    'x-hub-signature-256': 'sha256=abc',
    'content-type': 'application/json',
    host: expect.stringMatching(/^127\.0\.0\.1:/),
  });
  expect(headers.timestamp).toBeUndefined();
});

it('connects again some time after the channel has broken off', async () => {
  const first = await channel.promise;
  channel = Promise.withResolvers();
  first.end();
  while (clock.pending === 0) await new Promise(resolve => setImmediate(resolve));
  await clock.advance(5000);

  const second = await channel.promise;
  second.write(`data: ${JSON.stringify(webhook)}\n\n`);

  expect((await received.promise).body).toBe('{"zen":"Keep it logically awesome."}');
});
