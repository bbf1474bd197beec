import type { ProjectFiles } from '../project/project-files.ts';
import { projectFileNames } from '../project/project-settings.ts';
import type { PullRequestHost } from '../review/ports.ts';
import type { BlobCache } from './blob-cache.ts';
import type { BodyReaders } from './conversation-answer.ts';
import type { GitHubClient } from './github-client.ts';
import { createGitHubProjectFiles } from './github-project-files.ts';
import { createPullRequestHost } from './pull-request-host.ts';
import { createContentsReader } from './read-contents.ts';
import { type KnownFiles, readOverview } from './read-overview.ts';
import type { PullRequest } from './read-pull-request.ts';
import { readTogether } from './read-together.ts';
import type { PullRequestPlace } from './repository.ts';

/** A pull request on GitHub, ready to be reviewed. */
export interface OpenPullRequest {
  readonly host: PullRequestHost;
  /** The files at the tip of its base branch: where the configuration is read, so that it cannot silence its own review. */
  readonly baseFiles: ProjectFiles;
  /** The files at its head. */
  readonly headFiles: ProjectFiles;
  /** It as it is now. */
  readonly pull: PullRequest;
}

/** What it takes to open one. */
export interface OpenPullRequestOptions extends BodyReaders {
  readonly client: GitHubClient;
  /** See `PullRequestHostOptions`. */
  readonly reporter?: GitHubClient;
  readonly place: PullRequestPlace;
  readonly cache: BlobCache;
  /** As whom comments are written: `NAME[bot]` for an App. */
  readonly login: string;
  /** Files besides those of the project's own settings that say how to review. */
  readonly configurationFiles?: readonly string[];
  /** See `PullRequestHostOptions`. */
  readonly resolver?: () => Promise<GitHubClient | null>;
  readonly readsAhead?: boolean;
}

/** What the parser takes, too. */
const maxFileBytes = 1_000_000;

/** Reads a pull request as it is now, and gives what a review of it needs. */
export async function openPullRequest(options: OpenPullRequestOptions): Promise<OpenPullRequest> {
  const { client, place, cache, configurationFiles = [], login, readMarker, readRule } = options;
  const author = { login, readMarker, ...(readRule && { readRule }) };
  const paths = [...new Set([...configurationFiles, ...projectFileNames])];
  const known = await readOverview(client, place, { author, paths, maxBytes: maxFileBytes });
  const { pull } = known;
  const repository = { owner: place.owner, repo: place.repo };
  const contents = readTogether(createContentsReader({ client, repository, cache, maxBytes: maxFileBytes }));
  const filesOf = (files: KnownFiles | null, commit: string) =>
    createGitHubProjectFiles(contents, files?.commit ?? commit, files?.files);
  const { reporter, resolver, readsAhead } = options;
  return {
    host: createPullRequestHost({
      client,
      place,
      contents,
      author,
      known,
      ...(reporter && { reporter }),
      ...(resolver && { resolver }),
      ...(readsAhead !== undefined && { readsAhead }),
    }),
    baseFiles: filesOf(known.base, pull.base),
    headFiles: filesOf(known.head, pull.head),
    pull,
  };
}
