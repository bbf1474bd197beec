import type { Account, Installation, Permissions } from './model.ts';
import type { World } from './world.ts';

/** Installs the App for all repositories of an account, or finds it there. `permissions` replaces what was granted. */
export function installApp(world: World, account: Account, permissions?: Permissions): Installation {
  for (const installation of world.installations.values()) {
    if (installation.account !== account) continue;
    if (permissions) installation.permissions = { metadata: 'read', ...permissions };
    return installation;
  }
  const installation: Installation = {
    id: world.nextId(),
    account,
    permissions: { metadata: 'read', ...(permissions ?? world.app.permissions) },
    repositories: null,
    suspendedAt: null,
    createdAt: world.now(),
  };
  world.installations.set(installation.id, installation);
  return installation;
}
