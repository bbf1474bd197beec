import { GitHubError } from '../errors.ts';
import type { ProjectFiles } from '../project/project-files.ts';
import type { BlobCache } from './blob-cache.ts';
import type { GitHubClient } from './github-client.ts';
import { createContentsReader } from './read-contents.ts';
import type { Repository } from './repository.ts';

/** Larger files are nobody's settings. */
const maxBytes = 1_000_000;

/** What a branch holds changes: nothing of it is kept under the branch's name. */
const noCache: BlobCache = { get: async () => undefined, set: async () => {} };

/**
 * Some files at the tip of a repository's default branch, read at once; every other file counts as missing. `null` when
 * there is no such repository, or the client may not read it.
 */
export async function readDefaultBranch(
  client: GitHubClient,
  repository: Repository,
  paths: readonly string[],
): Promise<ProjectFiles | null> {
  const contents = createContentsReader({
    client,
    repository,
    cache: noCache,
    maxBytes,
    name: 'SharedSettings',
  });
  try {
    const answers = await contents.read(paths.map(path => ({ commit: 'HEAD', path, blob: null })));
    return {
      async read(path) {
        const answer = answers[paths.indexOf(path)];
        return answer?.kind === 'bytes' ? answer.bytes : null;
      },
    };
  } catch (error) {
    if (error instanceof GitHubError && (error.kind === 'not-found' || error.kind === 'forbidden'))
      return null;
    throw error;
  }
}
