import { GitHubError, type GitHubErrorKind } from '../errors.ts';

/** What of Octokit's RequestError (and of what `fetch` throws) is needed here. */
interface FailedRequest {
  readonly message: string;
  readonly request?: { readonly method?: string; readonly url?: string };
  readonly response?: { readonly status: number; readonly headers: Headers; readonly data?: unknown };
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** An entry of `errors` in a GraphQL answer. */
export interface GraphQLError {
  readonly type?: string;
  readonly message?: string;
  /** Where in the answer it belongs. */
  readonly path?: readonly (string | number)[];
}

/**
 * GitHub asks for a minute where it does not say how long
 * (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately).
 */
const unnamedPause = 60_000;

/** Error pages can be whole HTML documents. */
const longestReason = 300;

/** Turns whatever a request to GitHub failed with into one of our errors. */
export function toGitHubError(error: unknown): GitHubError {
  if (error instanceof GitHubError) return error;
  const { message, request, response } = describe(error);
  const what = nameOf(request);
  if (response === undefined) {
    return new GitHubError('network', `GitHub could not be reached for ${what}: ${reasonIn(message)}`, {
      cause: error,
    });
  }
  const retryAfter = pauseAskedFor(response.status, response.headers, message);
  const kind = retryAfter !== null ? 'rate-limited' : kindOf(response.status);
  const lacking = kind === 'forbidden' ? permissionsIn(response.headers) : '';
  return new GitHubError(
    kind,
    `GitHub answered ${response.status} to ${what}: ${reasonIn(message)}${lacking}`,
    {
      status: response.status,
      ...(retryAfter !== null && { retryAfter }),
      cause: error,
    },
  );
}

/** Turns the errors of a GraphQL answer, which comes with status 200, into one of ours. */
export function fromGraphQLErrors(errors: readonly GraphQLError[], headers: Headers): GitHubError {
  const reason = reasonIn(errors.map(error => error.message ?? error.type ?? 'unknown').join('; '));
  const message = `GitHub answered a GraphQL query with an error: ${reason}`;
  const types = new Set(errors.map(error => error.type));
  if (types.has('RATE_LIMITED') || /\bsecondary rate\b/i.test(reason)) {
    const retryAfter = pauseAskedFor(403, headers, reason) ?? unnamedPause;
    return new GitHubError('rate-limited', message, { status: 200, retryAfter });
  }
  const kind: GitHubErrorKind = types.has('FORBIDDEN')
    ? 'forbidden'
    : types.has('NOT_FOUND')
      ? 'not-found'
      : types.has(undefined) || /something went wrong|timeout/i.test(reason)
        ? 'server'
        : 'unprocessable';
  return new GitHubError(kind, message, { status: 200 });
}

function describe(error: unknown): FailedRequest {
  return error instanceof Error ? error : { message: String(error) };
}

function kindOf(status: number): GitHubErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 403 || status === 451) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  return status >= 500 || status === 408 ? 'server' : 'unprocessable';
}

/**
 * How long GitHub asks to wait, in milliseconds; `null` when this is no rate limit
 * (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit).
 */
function pauseAskedFor(status: number, headers: Headers, message: string): number | null {
  if (status !== 403 && status !== 429) return null;
  const seconds = Number(headers['retry-after']);
  if (seconds > 0) return seconds * 1000;
  if (String(headers['x-ratelimit-remaining']) === '0') {
    // Both in GitHub's own time: the clock of this machine may be wrong.
    const now = Date.parse(String(headers.date)) || Date.now();
    const reset = Number(headers['x-ratelimit-reset']) * 1000;
    return reset > now ? reset - now + 1000 : unnamedPause;
  }
  return status === 429 || /\bsecondary rate\b|\babuse\b/i.test(message) ? unnamedPause : null;
}

/**
 * What a request takes, as GitHub says it to Apps: `contents=read` alone or several, or one of several sets
 * (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible).
 */
function permissionsIn(headers: Headers): string {
  const needed = String(headers['x-accepted-github-permissions'] ?? '');
  if (needed === '') return '';
  const inWords = needed.replaceAll('=', ': ').replaceAll(/,\s*/g, ' and ').replaceAll(/;\s*/g, ', or ');
  return ` (it takes ${inWords})`;
}

function nameOf(request: FailedRequest['request']): string {
  const path = URL.parse(request?.url ?? '', 'https://api.github.com')?.pathname ?? '';
  return `${request?.method ?? 'GET'} ${path.replace(/^\/api\/v3(?=\/)/, '')}`;
}

/** Without the link to the documentation that Octokit adds, on one line. */
function reasonIn(message: string): string {
  const line = message
    .replace(/ - https:\/\/docs\.github\.com\S*$/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length > longestReason ? `${line.slice(0, longestReason)}…` : line;
}
