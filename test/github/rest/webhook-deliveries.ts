import { type Call, numberOf, ok } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { notFound, Refusal } from '../http/refusal.ts';
import { isoTime, type Json } from '../render/json.ts';
import type { Delivery } from '../state/delivery.ts';
import { sendWebhook } from '../webhooks/send-webhook.ts';

/** Webhooks that were sent, to be asked for again after an outage. https://docs.github.com/rest/apps/webhooks */
export const webhookDeliveryEndpoints = [
  endpoint('apps/list-webhook-deliveries', 'app', call => {
    const { status, cursor, per_page: size = 30 } = call.parameters;
    const newestFirst = call.world.deliveries
      .filter(one => status === undefined || (status === 'success') === statusCode(one) < 400)
      .reverse();
    const start = cursor === undefined ? 0 : newestFirst.findIndex(one => cursorOf(one) === cursor);
    if (start === -1) throw new Refusal(400, 'Invalid cursor');
    const end = start + Math.min(100, Number(size));
    const next = newestFirst[end];
    const headers = next && { link: `<${addressOf(call, next)}>; rel="next"` };
    return {
      status: 200,
      body: newestFirst.slice(start, end).map(renderDelivery),
      ...(headers && { headers }),
    };
  }),

  endpoint('apps/get-webhook-delivery', 'app', call => {
    const delivery = deliveryNamed(call);
    const { webhook, body } = delivery;
    return ok({
      ...renderDelivery(delivery),
      url: call.world.hook.url ?? '',
      request: {
        headers: { 'X-GitHub-Delivery': delivery.guid, 'X-GitHub-Event': webhook.event },
        payload: webhook.payload,
      },
      response: { headers: {}, payload: body },
    });
  }),

  endpoint('apps/redeliver-webhook-delivery', 'app', call => {
    const { webhook, guid } = deliveryNamed(call);
    // GitHub says yes at once, and sends it when it comes to it. What comes of that is kept with the others.
    void sendWebhook(call.world, webhook, { id: guid, isRedelivery: true });
    return { status: 202, body: {} };
  }),
];

function deliveryNamed(call: Call): Delivery {
  const delivery = call.world.deliveries.find(one => one.id === numberOf(call, 'delivery_id'));
  if (delivery === undefined) throw notFound();
  return delivery;
}

function renderDelivery(delivery: Delivery): Json {
  const { webhook } = delivery;
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: isoTime(delivery.deliveredAt),
    redelivery: delivery.isRedelivery,
    // In seconds.
    duration: Math.round(delivery.duration) / 1000,
    status:
      delivery.status === null
        ? 'failed to connect to host'
        : statusCode(delivery) < 400
          ? 'OK'
          : 'Invalid HTTP Response',
    status_code: statusCode(delivery),
    event: webhook.event,
    action: webhook.action,
    installation_id: webhook.installationId,
    repository_id: webhook.repositoryId,
  };
}

/** Of one that nobody answered, GitHub says 502. */
function statusCode({ status }: Delivery): number {
  return status ?? 502;
}

function cursorOf({ id }: Delivery): string {
  return `v1_${id}`;
}

function addressOf(call: Call, delivery: Delivery): string {
  const url = new URL(call.url);
  url.searchParams.set('cursor', cursorOf(delivery));
  return url.href;
}
