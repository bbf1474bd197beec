import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../clock.ts';
import type { OtherRepositories, RepositoryName } from '../config/other-repositories.ts';
import { configurationFiles } from '../config/read-configuration-file.ts';
import { readDefaultBranch } from '../github/default-branch-files.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import type { InstallationClients } from './installation-clients.ts';
import type { InstalledPlace } from './work.ts';

/** The configurations that repositories share, as the App may read them. */
export interface SharedConfigurations {
  /** What the configuration of a repository may reach. `signal` gives up what is under way. */
  othersOf(place: InstalledPlace, signal: AbortSignal): OtherRepositories;
}

/** A pull request is often reviewed again within seconds, and an organisation has many. Milliseconds. */
const keptFor = 60_000;

/** What is not there rarely comes, and GitHub does not like to be asked in vain again and again. Milliseconds. */
const absentFor = 600_000;

interface Kept {
  readonly files: ProjectFiles | null;
  readonly until: number;
}

/**
 * Reads other repositories with what a repository's own client may see, which is what everybody may; those of the same
 * account also where the App is installed in them. Each is asked for once a minute, what is not there once in ten.
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

  return {
    othersOf: (place, signal) => ({
      own: { owner: place.owner, name: place.repo },
      async open(repository) {
        const key = `${place.installation} ${repository.owner}/${repository.name}`.toLowerCase();
        const known = kept.get(key);
        if (known !== undefined && known.until > clock.now()) return known.files;
        const files = await read(place, repository, signal);
        kept.set(key, { files, until: clock.now() + (files === null ? absentFor : keptFor) });
        return files;
      },
    }),
  };
}
