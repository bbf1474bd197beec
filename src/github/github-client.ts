import { Octokit } from '@octokit/rest';
import { type Clock, pause, systemClock } from '../clock.ts';
import { GitHubError } from '../errors.ts';
import { fromGraphQLErrors, type GraphQLError, toGitHubError } from './errors.ts';
import { noLimiter, type RequestLimiter } from './request-limiter.ts';

/** What everything in this room talks to GitHub with. Whatever fails is a `GitHubError`. */
export type GitHubClient = Pick<Octokit, 'request' | 'graphql'>;

/** What a client needs to know. */
export interface GitHubClientOptions {
  /** A token, of an installation or of a person; without one GitHub gives what everybody may see. */
  readonly token?: string;
  /** Gives another token for one that GitHub refused (401), or `null`; what was refused is then sent again, once. */
  readonly renewToken?: (refused: string) => Promise<string | null>;
  /** `https://api.github.com`, or `https://HOST/api/v3` of a GitHub Enterprise Server. */
  readonly baseUrl: string;
  readonly limiter?: RequestLimiter;
  /** How often a read is sent again after the server or the network failed. Writes never are. */
  readonly retries?: number;
  /** How long one request may take, in milliseconds. */
  readonly timeout?: number;
  /** Gives up whatever is under way. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

const firstRetryDelay = 1000;

/** How long one request may take, unless said otherwise. Milliseconds. */
export const requestTimeout = 30_000;

const noLog = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * The part of Octokit's request options that is looked at here. In `request`: `retries` overrides the client's own,
 * `repeatable` marks a write that can be sent again, `partial` a question of which single fields may fail.
 */
interface RequestOptions {
  readonly method: string;
  readonly url: string;
  readonly query?: unknown;
  readonly request?: Readonly<Record<string, unknown>>;
}

/** What Octokit hands a hook back. */
interface Answer {
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** Makes a client for one token. It retries reads only: a write whose answer was lost may have been done. */
export function createGitHubClient(options: GitHubClientOptions): GitHubClient {
  const {
    renewToken,
    baseUrl,
    limiter = noLimiter,
    retries = 2,
    timeout = requestTimeout,
    signal,
    clock = systemClock,
  } = options;
  const octokit = new Octokit({
    baseUrl,
    userAgent: 'loopwarden',
    log: noLog,
    request: { fetch: fetchWithin(timeout, signal) },
  });

  let { token } = options;
  // With whatever token there is then. A refused request was not done, so that writes are sent again, too.
  const authenticated = async <T>(headers: Record<string, unknown>, send: () => Promise<T>): Promise<T> => {
    const used = token;
    if (used !== undefined) headers.authorization = `token ${used}`;
    try {
      return await send();
    } catch (error) {
      const isRefused = toGitHubError(error).kind === 'unauthorized';
      if (!isRefused || used === undefined || renewToken === undefined) throw error;
      if (token === used) token = (await renewToken(used)) ?? used;
      if (token === used) throw error;
      headers.authorization = `token ${token}`;
      return send();
    }
  };

  octokit.hook.wrap('request', async (request, requestOptions) => {
    const kind = isRead(requestOptions) ? 'read' : 'write';
    const isRepeatable = kind === 'read' || requestOptions.request?.repeatable === true;
    const tries = isRepeatable ? retriesOf(requestOptions, retries) : 0;
    for (let attempt = 0; ; attempt++) {
      try {
        return await limiter.run(kind, () =>
          authenticated(requestOptions.headers, () =>
            checked(async () => request(requestOptions), requestOptions),
          ),
        );
      } catch (error) {
        const { kind: failure } = toGitHubError(error);
        const hiccup = failure === 'server' || failure === 'network';
        if (!hiccup || attempt >= tries || signal?.aborted) throw error;
        await pause(clock, firstRetryDelay * 3 ** attempt, signal);
      }
    }
  });
  return octokit;
}

/** Makes a client of an Octokit that others made, such as one that is authenticated as an App. */
export function adoptOctokit(octokit: Pick<Octokit, 'request' | 'graphql' | 'hook'>): GitHubClient {
  octokit.hook.wrap('request', (request, options) => checked(async () => request(options), options));
  return octokit;
}

/** GraphQL says with status 200 that a limit is reached or that something is forbidden. */
async function checked<T extends Answer>(send: () => Promise<T>, options: RequestOptions): Promise<T> {
  let answer: T;
  try {
    answer = await send();
  } catch (error) {
    throw toGitHubError(error);
  }
  const error = isGraphQL(options) ? graphQLErrorIn(answer, options.request?.partial === true) : null;
  if (error !== null) throw error;
  return answer;
}

/** Where a part of an answer will do, errors that belong to single fields are left to whoever asked. */
function graphQLErrorIn({ data, headers }: Answer, isPartWelcome: boolean): GitHubError | null {
  if (typeof data !== 'object' || data === null) {
    // See `answers.ts`: the answer broke off on the way.
    return new GitHubError('server', "GitHub's answer to a GraphQL query broke off on the way.", {
      status: 200,
    });
  }
  if (!('errors' in data) || !Array.isArray(data.errors) || data.errors.length === 0) return null;
  const errors: readonly GraphQLError[] = data.errors;
  const isPart = errors.every(({ path, type }) => path !== undefined && type !== 'RATE_LIMITED');
  return isPart && isPartWelcome ? null : fromGraphQLErrors(errors, headers);
}

function retriesOf({ request }: RequestOptions, byDefault: number): number {
  return typeof request?.retries === 'number' ? request.retries : byDefault;
}

function isRead({ method, url, query }: RequestOptions): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  return isGraphQL({ url }) && typeof query === 'string' && !/^\s*mutation\b/.test(query);
}

function isGraphQL({ url }: Pick<RequestOptions, 'url'>): boolean {
  return url.endsWith('/graphql');
}

/** `fetch` that gives up after `timeout` milliseconds, body included, or with the signal. */
export function fetchWithin(timeout: number, signal?: AbortSignal): typeof fetch {
  return (input, init) => {
    const signals = [AbortSignal.timeout(timeout), signal, init?.signal].filter(
      one => one !== undefined && one !== null,
    );
    return fetch(input, { ...init, signal: AbortSignal.any(signals) });
  };
}
