import { join } from 'node:path';
import { createGitRepository } from '../git/repository.ts';
import { accountOf } from './accounts.ts';
import type { Installation, Repository } from './model.ts';
import { register, type World } from './world.ts';

/** Adds an empty repository. `fullName` is `owner/name`; the owner is an organisation unless known otherwise. */
export async function addRepository(
  world: World,
  fullName: string,
  options: { readonly private?: boolean; readonly parent?: Repository } = {},
): Promise<Repository> {
  const [login = '', name = ''] = fullName.split('/');
  const id = world.nextId();
  const repository = register(world, {
    kind: 'repository',
    id,
    owner: accountOf(world, login, options.parent ? 'User' : 'Organization'),
    name,
    private: options.private ?? true,
    parent: options.parent ?? null,
    defaultBranch: 'main',
    git: await createGitRepository(join(world.folder, `${id}.git`)),
    collaborators: new Map(),
    protectedBranches: new Set(),
    conversations: new Map(),
    checkSuites: [],
    createdAt: world.now(),
  } as const);
  world.repositories.set(fullName.toLowerCase(), repository);
  return repository;
}

/** A person's fork of a repository, made when it is first asked for. */
export async function forkOf(world: World, parent: Repository, login: string): Promise<Repository> {
  const fullName = `${login}/${parent.name}`;
  const known = world.repositories.get(fullName.toLowerCase());
  if (known) return known;
  const fork = await addRepository(world, fullName, { private: parent.private, parent });
  const reference = `refs/heads/${parent.defaultBranch}`;
  await fork.git.fetch(parent.git, reference, reference);
  return fork;
}

/** The installation that covers a repository, or `null`. */
export function installationOf(world: World, repository: Repository): Installation | null {
  for (const installation of world.installations.values()) {
    const covered = installation.repositories?.has(repository) ?? installation.account === repository.owner;
    if (covered) return installation;
  }
  return null;
}

/** `owner/name`. */
export function fullNameOf(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}
