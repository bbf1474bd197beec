import { GitHubError } from '../errors.ts';
import { listIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';
import { pageSize } from './read-pages.ts';
import { labelOf, type PullRequestPlace } from './repository.ts';

/** A file as a pull request's list of files has it. */
export interface ListedFile {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged';
  /** The id of the head's blob (of the base's for a removed file). */
  readonly blob: string | null;
  /** How many lines were added or deleted. */
  readonly changes: number;
  /** The hunks as GitHub shows them; `null` for binary files, pure renames and diffs that GitHub finds too large. */
  readonly patch: string | null;
}

/** The most that GitHub lists (https://docs.github.com/rest/pulls/pulls#list-pull-requests-files). */
export const mostListedFiles = 3000;

/**
 * Reads the list of a pull request's files. `changedFiles` is how many the pull request itself says: a shorter list is
 * an error, for it would pass off what was not seen as what has no mistakes.
 */
export async function readFiles(
  client: GitHubClient,
  place: PullRequestPlace,
  changedFiles: number,
): Promise<readonly ListedFile[]> {
  const expected = Math.min(changedFiles, mostListedFiles);
  const numbers = Array.from({ length: Math.ceil(expected / pageSize) }, (_, index) => index + 1);
  const pages = await Promise.all(numbers.map(page => readPage(client, place, page)));
  const files = pages.flat();
  if (files.length < expected) {
    throw new GitHubError(
      'server',
      `GitHub listed only ${files.length} of the ${changedFiles} changed files of ${labelOf(place)}.`,
      { status: 200 },
    );
  }
  return files;
}

async function readPage(client: GitHubClient, place: PullRequestPlace, page: number): Promise<ListedFile[]> {
  const { owner, repo, number } = place;
  const answer = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
    owner,
    repo,
    pull_number: number,
    per_page: pageSize,
    page,
  });
  return listIn(answer).map(file => ({
    path: file.filename,
    previousPath: file.previous_filename ?? null,
    status: file.status,
    blob: file.sha,
    changes: file.changes,
    patch: file.patch ?? null,
  }));
}
