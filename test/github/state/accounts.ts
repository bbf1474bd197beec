import type { Account, Repository, Role } from './model.ts';
import { register, type World } from './world.ts';

/** What an account is to a repository, in the words of `author_association`. */
export type Association = 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE';

/** The account of a login, made when it is first named. */
export function accountOf(world: World, login: string, type: Account['type'] = 'User'): Account {
  const known = world.accounts.get(login.toLowerCase());
  if (known) return known;
  const account = register(world, { kind: 'account', id: world.nextId(), login, type } as const);
  world.accounts.set(login.toLowerCase(), account);
  return account;
}

/** What an account may do in a repository; `none` for a stranger. */
export function roleOf(repository: Repository, account: Account): Role | 'none' {
  if (account === repository.owner) return 'admin';
  return repository.collaborators.get(account.login.toLowerCase()) ?? (repository.private ? 'none' : 'read');
}

const ranks: readonly (Role | 'none')[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

/** Whether an account may do at least what a role may. */
export function hasRole(repository: Repository, account: Account, role: Role): boolean {
  return ranks.indexOf(roleOf(repository, account)) >= ranks.indexOf(role);
}

/** What an account is to a repository. */
export function associationOf(repository: Repository, account: Account): Association {
  if (account === repository.owner) return 'OWNER';
  if (repository.collaborators.has(account.login.toLowerCase())) {
    return repository.owner.type === 'Organization' ? 'MEMBER' : 'COLLABORATOR';
  }
  const merged = [...repository.conversations.values()].some(
    one => one.kind === 'pull' && one.mergedAt !== null && one.author === account,
  );
  return merged ? 'CONTRIBUTOR' : 'NONE';
}
