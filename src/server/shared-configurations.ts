import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../clock.ts';
import {
  fullName,
  type OtherRepositories,
  type RepositoryName,
  sharedRepository,
} from '../config/other-repositories.ts';
import { configurationFiles } from '../config/read-configuration-file.ts';
import { readDefaultBranch } from '../github/default-branch-files.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import type { InstallationClients } from './installation-clients.ts';
import type { InstalledPlace } from './work.ts';

/** The configurations that repositories share, as the App may read them. */
export interface SharedConfigurations {
  /**
   * What the configuration of a repository may reach. The `.github` repository of its owner is looked for at once.
   * `signal` gives up what is under way.
   */
  othersOf(place: InstalledPlace, signal: AbortSignal): OtherRepositories;
}

/** A pull request is often reviewed again within seconds, and an organisation has many. Milliseconds. */
const keptFor = 60_000;

/** What is not there rarely comes, and GitHub does not like to be asked in vain again and again. Milliseconds. */
const absentFor = 3_600_000;

interface Kept {
  readonly files: ProjectFiles | null;
  readonly until: number;
}

/**
 * Reads other repositories with what a repository's own client may see, which is what everybody may; those of the same
 * account also where the App is installed in them. Each is asked for once a minute, what is not there once an hour.
 */
export function createSharedConfigurations(
  clients: InstallationClients,
  clock: Clock = systemClock,
): SharedConfigurations {
  const kept = new LRUCache<string, Kept>({ max: 1000 });

  const read = async (
    place: InstalledPlace,
    { owner, name }: RepositoryName,
    signal: AbortSignal,
  ): Promise<ProjectFiles | null> => {
    const repository = { owner, repo: name };
    const own = await clients.clientFor(place, signal);
    const seen = await readDefaultBranch(own, repository, configurationFiles);
    if (seen !== null || owner.toLowerCase() !== place.owner.toLowerCase()) return seen;
    const reader = await clients.readerFor(place.installation, name, signal);
    return reader && readDefaultBranch(reader, repository, configurationFiles);
  };

  const readOnce = async (
    place: InstalledPlace,
    repository: RepositoryName,
    signal: AbortSignal,
  ): Promise<ProjectFiles | null> => {
    const key = `${place.installation} ${fullName(repository)}`.toLowerCase();
    const known = kept.get(key);
    if (known !== undefined && known.until > clock.now()) return known.files;
    const files = await read(place, repository, signal);
    kept.set(key, { files, until: clock.now() + (files === null ? absentFor : keptFor) });
    return files;
  };

  return {
    othersOf(place, signal) {
      const opening = new Map<string, Promise<ProjectFiles | null>>();
      const open = (repository: RepositoryName): Promise<ProjectFiles | null> => {
        const name = fullName(repository);
        const opened = opening.get(name) ?? readOnce(place, repository, signal);
        opening.set(name, opened);
        return opened;
      };
      // Most repositories have no configuration of their own: this is then there when it is asked for. A failure is told then.
      open({ owner: place.owner, name: sharedRepository }).catch(() => {});
      return { own: { owner: place.owner, name: place.repo }, open };
    },
  };
}
