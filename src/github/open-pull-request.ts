import type { ProjectFiles } from '../project/project-files.ts';
import type { PullRequestHost } from '../review/ports.ts';
import type { BlobCache } from './blob-cache.ts';
import type { ReadMarker } from './existing-comments.ts';
import type { GitHubClient } from './github-client.ts';
import { createGitHubProjectFiles } from './github-project-files.ts';
import { createPullRequestHost } from './pull-request-host.ts';
import { createContentsReader } from './read-contents.ts';
import { type PullRequest, readPullRequest } from './read-pull-request.ts';
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
export interface OpenPullRequestOptions {
  readonly client: GitHubClient;
  readonly place: PullRequestPlace;
  readonly cache: BlobCache;
  /** As whom comments are written: `NAME[bot]` for an App. */
  readonly login: string;
  readonly readMarker: ReadMarker;
}

/** What the parser takes, too. */
const maxFileBytes = 1_000_000;

/** Reads a pull request as it is now, and gives what a review of it needs. */
export async function openPullRequest(options: OpenPullRequestOptions): Promise<OpenPullRequest> {
  const { client, place, cache, login, readMarker } = options;
  const known = await readPullRequest(client, place);
  const repository = { owner: place.owner, repo: place.repo };
  const contents = createContentsReader({ client, repository, cache, maxBytes: maxFileBytes });
  // Whoever compares the settings of both versions asks once.
  const settings = readTogether(contents);
  return {
    host: createPullRequestHost({ client, place, contents, login, readMarker, known }),
    baseFiles: createGitHubProjectFiles(settings, known.base),
    headFiles: createGitHubProjectFiles(settings, known.head),
    pull: known,
  };
}
