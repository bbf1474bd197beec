import { hasRole, roleOf } from '../state/accounts.ts';
import type { Level, Permissions, Repository } from '../state/model.ts';
import { installationOf } from '../state/repositories.ts';
import type { World } from '../state/world.ts';
import type { Caller } from './call.ts';
import type { Access, Need } from './endpoint.ts';
import { forbidden, notFound, Refusal } from './refusal.ts';

const ranks: readonly (Level | undefined)[] = [undefined, 'read', 'write', 'admin'];

/** What people do with a role less than `write`, whatever the permission is called. */
const openToReaders: ReadonlySet<string> = new Set(['pull_requests', 'issues']);

/** Throws a `Refusal` when a caller may not do what an endpoint does to a repository (`null`: it is about none). */
export function authorise(world: World, caller: Caller, access: Access, repository: Repository | null): void {
  if (access === 'anyone') return;
  if (access === 'app') {
    if (caller.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded');
    return;
  }
  if (caller.kind === 'app') throw new Refusal(401, 'Bad credentials');
  if (repository !== null && !mayRead(world, caller, repository)) throw notFound();
  if (access === 'installation') {
    if (caller.kind !== 'installation')
      throw forbidden('You must authenticate with an installation access token');
    return;
  }
  if (!access.some(need => isMet(caller, need, repository))) throw refusalFor(caller, access);
}

/** Whether a permission is among those that a caller has for a repository. */
export function allows(caller: Caller, need: Need, repository: Repository): boolean {
  return isMet(caller, need, repository);
}

/** Whether a caller knows that a repository is there. */
export function mayRead(world: World, caller: Caller, repository: Repository): boolean {
  if (caller.kind === 'user') return roleOf(repository, caller.account) !== 'none';
  if (caller.kind !== 'installation') return !repository.private;
  if (caller.repositories) return caller.repositories.has(repository);
  return !repository.private || installationOf(world, repository) === caller.installation;
}

function isMet(caller: Caller, need: Need, repository: Repository | null): boolean {
  const wanted = Object.entries(need);
  if (caller.kind === 'installation') {
    return wanted.every(([name, level]) => atLeast(caller.permissions, name, level));
  }
  if (caller.kind === 'user') {
    // Only an App can write check runs.
    return wanted.every(([name, level]) => {
      if (level === 'read' || repository === null) return true;
      return (
        name !== 'checks' && hasRole(repository, caller.account, openToReaders.has(name) ? 'read' : 'write')
      );
    });
  }
  return wanted.every(([, level]) => level === 'read');
}

/** Whether permissions go as far as a level. */
export function atLeast(permissions: Permissions, name: string, level: Level): boolean {
  return ranks.indexOf(permissions[name]) >= ranks.indexOf(level);
}

function refusalFor(caller: Caller, needs: readonly Need[]): Refusal {
  if (caller.kind === 'nobody') return new Refusal(401, 'Requires authentication');
  const isUser = caller.kind === 'user';
  const message = isUser
    ? 'Resource not accessible by personal access token'
    : 'Resource not accessible by integration';
  const accepted = needs.map(need => Object.entries(need).map(([name, level]) => `${name}=${level}`));
  return new Refusal(403, message, {
    headers: { 'x-accepted-github-permissions': accepted.map(names => names.join(',')).join('; ') },
  });
}
