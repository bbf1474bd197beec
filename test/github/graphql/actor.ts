import type { Account } from '../state/model.ts';
import { nodeId, type World } from '../state/world.ts';
import type { Source } from './source.ts';

/** A `User`, `Bot` or `Organization`. A bot's login has no `[bot]` here, other than in REST. */
export function actorSource(world: World, account: Account): Source {
  const login = account.login.replace(/\[bot\]$/, '');
  const path = account.type === 'Bot' ? `/apps/${login}` : `/${login}`;
  return {
    __typename: account.type,
    id: nodeId(account),
    databaseId: account.id,
    login,
    url: `${world.origin}${path}`,
    resourcePath: path,
    avatarUrl: `${world.origin}/avatars/u/${account.id}`,
  };
}
