import type { Installation } from '../state/model.ts';
import type { World } from '../state/world.ts';
import { renderAccount } from './account.ts';
import { isoTimeOrNull, type Json } from './json.ts';

/** When the App was registered. */
const registered = '2026-01-01T00:00:00Z';

/** An `integration`. */
export function renderApp(world: World): Json {
  const { app } = world;
  return {
    id: app.id,
    slug: app.slug,
    client_id: `Iv23li${app.id}`,
    node_id: `A_${Buffer.from(`stand-in:${app.id}`).toString('base64url')}`,
    owner: renderAccount(world, app.owner),
    name: app.name,
    description: null,
    external_url: world.origin,
    html_url: `${world.origin}/apps/${app.slug}`,
    created_at: registered,
    updated_at: registered,
    permissions: app.permissions,
    events: app.events,
  };
}

/** An `installation`. */
export function renderInstallation(world: World, installation: Installation): Json {
  const { account } = installation;
  return {
    id: installation.id,
    account: renderAccount(world, account),
    repository_selection: installation.repositories === null ? 'all' : 'selected',
    access_tokens_url: `${world.api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${world.api}/installation/repositories`,
    html_url: `${world.origin}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: world.app.id,
    app_slug: world.app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: world.app.events,
    created_at: isoTimeOrNull(installation.createdAt),
    updated_at: isoTimeOrNull(installation.createdAt),
    single_file_name: null,
    suspended_by: null,
    suspended_at: isoTimeOrNull(installation.suspendedAt),
  };
}
