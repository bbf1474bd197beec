import { createHmac, randomUUID } from 'node:crypto';
import type { Delivery, Webhook } from '../state/delivery.ts';
import type { World } from '../state/world.ts';

/** After this many milliseconds GitHub calls a delivery failed. */
const patience = 10_000;

/** How one delivery differs from the usual. */
export interface SendingOptions {
  /** `X-GitHub-Delivery`; to deliver the same again. */
  readonly id?: string;
  /** A wrong secret, to try the App's own check. */
  readonly secret?: string;
  readonly isRedelivery?: boolean;
}

/** Signs a webhook, posts it to where the world says, and keeps what came of it. */
export async function sendWebhook(
  world: World,
  webhook: Webhook,
  options: SendingOptions = {},
): Promise<Delivery> {
  const { url } = world.hook;
  if (url === null) throw new Error('Say by hookTo() where webhooks go.');
  const { id: guid = randomUUID(), secret = world.hook.secret, isRedelivery = false } = options;
  const deliveredAt = world.now();
  const startedAt = performance.now();
  const outcome = await post(world, url, webhook, guid, secret);
  const duration = performance.now() - startedAt;
  const delivery = { id: world.nextId(), guid, webhook, deliveredAt, isRedelivery, duration, ...outcome };
  world.deliveries.push(delivery);
  return delivery;
}

async function post(
  world: World,
  url: string,
  { event, payload }: Webhook,
  guid: string,
  secret: string,
): Promise<Pick<Delivery, 'status' | 'body'>> {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(patience),
      headers: {
        accept: '*/*',
        // A connection that is kept may be closed by the App just when the next webhook goes out on it.
        connection: 'close',
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/5tand1n',
        'x-github-delivery': guid,
        'x-github-event': event,
        'x-github-hook-id': '1',
        'x-github-hook-installation-target-id': String(world.app.id),
        'x-github-hook-installation-target-type': 'integration',
        'x-hub-signature-256': `sha256=${signature}`,
      },
    });
    return { status: answer.status, body: await answer.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? ` (${String(error.cause)})` : '';
    return { status: null, body: String(error) + cause };
  }
}
