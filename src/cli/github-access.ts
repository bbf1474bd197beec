import { wakefulClock } from '../clock.ts';
import { GitHubError, UsageError } from '../errors.ts';
import { createGitHubClient, type GitHubClient } from '../github/github-client.ts';
import { labelOf, type PullRequestPlace } from '../github/repository.ts';
import { createRequestLimiter } from '../github/request-limiter.ts';

/** The variables that say how GitHub is reached, by the names of GitHub Actions: GITHUB_TOKEN and GITHUB_API_URL. */
type GitHubEnvironment = Readonly<Record<string, string | undefined>>;

/** Makes a client with the token of the environment; `null` when there is none. Throws `UsageError` for an address or a token that is none. */
export function gitHubClientOf({ GITHUB_TOKEN, GITHUB_API_URL }: GitHubEnvironment): GitHubClient | null {
  const token = GITHUB_TOKEN?.trim();
  if (!token) return null;
  // Said here, lest the error of `fetch` shows it.
  if (!/^[\x21-\x7e]+$/.test(token)) throw new UsageError('GITHUB_TOKEN holds more than a token');
  const baseUrl = GITHUB_API_URL?.trim() || 'https://api.github.com';
  if (!/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? '')) {
    throw new UsageError(`GITHUB_API_URL ${baseUrl} should be an address such as https://HOST/api/v3`);
  }
  return createGitHubClient({
    token,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    limiter: createRequestLimiter({ clock: wakefulClock }),
    clock: wakefulClock,
  });
}

/** As `gitHubClientOf`; throws `UsageError` when there is no token. */
export function requireGitHubClient(environment: GitHubEnvironment): GitHubClient {
  const client = gitHubClientOf(environment);
  if (client !== null) return client;
  throw new UsageError(
    'GITHUB_TOKEN is not set: GitHub lets nobody read pull requests this way without a token',
  );
}

/** What GitHub refused, in words that say what to do; any other error as it is. */
export function explainGitHubError(error: unknown, place: PullRequestPlace): unknown {
  if (!(error instanceof GitHubError)) return error;
  const remedy = remedyFor(error, place);
  if (remedy === null) return error;
  return new GitHubError(error.kind, `${remedy} (${error.message})`, { cause: error });
}

function remedyFor({ kind, retryAfter }: GitHubError, place: PullRequestPlace): string | null {
  switch (kind) {
    case 'unauthorized':
      return 'GITHUB_TOKEN is not valid: it is mistyped, has expired or belongs to another server';
    case 'not-found':
      return `${labelOf(place)} is not there, or GITHUB_TOKEN may not read it`;
    case 'forbidden':
      return `GITHUB_TOKEN may not do this in ${place.owner}/${place.repo}: a review reads contents and pull requests, --post writes pull requests`;
    case 'rate-limited':
      return `GitHub's limit of requests is reached; try again in ${minutes(retryAfter ?? 60_000)}`;
    default:
      return null;
  }
}

function minutes(milliseconds: number): string {
  const count = Math.ceil(milliseconds / 60_000);
  return count === 1 ? 'a minute' : `${count} minutes`;
}
