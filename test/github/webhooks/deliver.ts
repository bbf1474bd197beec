import { createHmac, randomUUID } from 'node:crypto';
import { renderAccount } from '../render/account.ts';
import type { Json } from '../render/json.ts';
import { renderRepository } from '../render/repository.ts';
import { checkPayload } from '../schema/webhook-contract.ts';
import { accountOf } from '../state/accounts.ts';
import type { Account, Installation, Repository } from '../state/model.ts';
import { installationOf } from '../state/repositories.ts';
import type { World } from '../state/world.ts';
import { payloads, type Subjects } from './payloads.ts';

/** After this many milliseconds GitHub calls a delivery failed. */
const patience = 10_000;

/** How one delivery differs from the usual. */
export interface DeliveryOptions {
  /** The login of who did it; by default the author of what it is about, or `alice`. */
  readonly sender?: string;
  /** `X-GitHub-Delivery`; to deliver the same again. */
  readonly id?: string;
  /** A wrong secret, to try the App's own check. */
  readonly secret?: string;
}

/** What came of a delivery. */
export interface Delivered {
  readonly id: string;
  /** `null` when there was no answer in time, or no connection. */
  readonly status: number | null;
  readonly body: string;
  /** In milliseconds. */
  readonly duration: number;
}

/** A webhook, ready to be sent any number of times. */
export interface Webhook {
  readonly event: string;
  readonly payload: Json;
}

/** Makes a webhook from what is there now. Throws a `ContractViolation` when it is not as GitHub describes it. */
export async function makeWebhook<E extends keyof Subjects>(
  world: World,
  event: E,
  action: string | null,
  subject: Subjects[E],
  sender: Account = accountOf(world, 'alice'),
): Promise<Webhook> {
  const { repository, payload } = await payloads[event](world, subject, action);
  const installation = repository && installationOf(world, repository);
  const whole = {
    ...(action !== null && { action }),
    ...payload,
    ...(repository && {
      repository: renderRepository(world, repository),
      ...organizationOf(world, repository),
    }),
    ...(installation && { installation: renderReference(installation) }),
    sender: renderAccount(world, sender),
  };
  checkPayload(event, action, whole);
  return { event, payload: whole };
}

/** Signs a webhook and posts it to where the world says. */
export async function sendWebhook(
  world: World,
  { event, payload }: Webhook,
  options: DeliveryOptions = {},
): Promise<Delivered> {
  const { url, secret } = world.hook;
  if (url === null) throw new Error('Say by hookTo() where webhooks go.');
  const body = JSON.stringify(payload);
  const id = options.id ?? randomUUID();
  const signature = createHmac('sha256', options.secret ?? secret)
    .update(body)
    .digest('hex');
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(patience),
      headers: {
        accept: '*/*',
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/5tand1n',
        'x-github-delivery': id,
        'x-github-event': event,
        'x-github-hook-id': '1',
        'x-github-hook-installation-target-id': String(world.app.id),
        'x-github-hook-installation-target-type': 'integration',
        'x-hub-signature-256': `sha256=${signature}`,
      },
    });
    const text = await answer.text();
    return { id, status: answer.status, body: text, duration: since() };
  } catch (error) {
    return { id, status: null, body: String(error), duration: since() };
  }
}

function organizationOf(world: World, { owner }: Repository): Json {
  if (owner.type !== 'Organization') return {};
  const { login, id, node_id, avatar_url } = renderAccount(world, owner);
  const url = `${world.api}/orgs/${owner.login}`;
  return {
    organization: {
      login,
      id,
      node_id,
      avatar_url,
      url,
      description: null,
      repos_url: `${url}/repos`,
      events_url: `${url}/events`,
      hooks_url: `${url}/hooks`,
      issues_url: `${url}/issues`,
      members_url: `${url}/members{/member}`,
      public_members_url: `${url}/public_members{/member}`,
    },
  };
}

function renderReference({ id }: Installation): Json {
  return { id, node_id: Buffer.from(`Installation:${id}`).toString('base64url') };
}
