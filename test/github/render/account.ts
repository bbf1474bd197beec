import type { Account } from '../state/model.ts';
import { nodeId, type World } from '../state/world.ts';
import type { Json } from './json.ts';

/** A `simple-user`. */
export function renderAccount(world: World, account: Account): Json {
  const api = `${world.api}/users/${encodeURIComponent(account.login)}`;
  const path = account.type === 'Bot' ? `apps/${account.login.replace('[bot]', '')}` : account.login;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account),
    avatar_url: `${world.origin}/avatars/u/${account.id}?v=4`,
    gravatar_id: '',
    url: api,
    html_url: `${world.origin}/${path}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    site_admin: false,
  };
}
