import type { ConfigurationReader } from './read-configuration-file.ts';

/** A repository by its names. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** What a configuration may reach besides its own repository. */
export interface OtherRepositories {
  /** The repository that is configured; `null` when nobody knows what it is called. */
  readonly own: RepositoryName | null;
  /** Whether a repository may be opened here at all; without it each may. */
  reaches?(repository: RepositoryName): Promise<boolean>;
  /**
   * The files of a repository at its default branch; `null` when there is no such repository, or its files may not be
   * read. Rejects for what may succeed later.
   */
  open(repository: RepositoryName): Promise<ConfigurationReader | null>;
}

/** The repository of an owner whose configuration counts for all those that have none. */
export const sharedRepository = '.github';

/** Reads `OWNER/REPO`, or `REPO` of the owner given; `null` when that one is not known. */
export function parseRepositoryName(written: string, owner: string | null): RepositoryName | null {
  const slash = written.indexOf('/');
  if (slash === -1) return owner === null ? null : { owner, name: written };
  return { owner: written.slice(0, slash), name: written.slice(slash + 1) };
}

/** `OWNER/REPO`, as people write it. */
export function fullName({ owner, name }: RepositoryName): string {
  return `${owner}/${name}`;
}

/** Whether a repository can be opened from here. */
export async function canReach(others: OtherRepositories, repository: RepositoryName): Promise<boolean> {
  return (await others.reaches?.(repository)) ?? true;
}
