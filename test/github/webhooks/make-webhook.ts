import { renderAccount } from '../render/account.ts';
import type { Json } from '../render/json.ts';
import { renderRepository } from '../render/repository.ts';
import { checkPayload } from '../schema/webhook-contract.ts';
import { accountOf } from '../state/accounts.ts';
import type { Webhook } from '../state/delivery.ts';
import type { Account, Installation, Repository } from '../state/model.ts';
import { installationOf } from '../state/repositories.ts';
import type { World } from '../state/world.ts';
import { payloads, type Subjects } from './payloads.ts';

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
  return {
    event,
    action,
    payload: whole,
    repositoryId: repository?.id ?? null,
    installationId: installation?.id ?? null,
  };
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
