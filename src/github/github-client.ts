import { Octokit } from '@octokit/rest';
import { type Clock, pause, systemClock } from '../clock.ts';
import type { GitHubError } from '../errors.ts';
import { fromGraphQLErrors, type GraphQLError, toGitHubError } from './errors.ts';
import { noLimiter, type RequestLimiter } from './request-limiter.ts';

/** What everything in this room talks to GitHub with. Whatever fails is a `GitHubError`. */
export type GitHubClient = Pick<Octokit, 'request' | 'graphql'>;

/** What a client needs to know. */
export interface GitHubClientOptions {
  /** A token, of an installation or of a person; without one GitHub gives what everybody may see. */
  readonly token?: string;
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

/** The part of Octokit's request options that is looked at here. `request.retries` overrides the client's own. */
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
    token,
    baseUrl,
    limiter = noLimiter,
    retries = 2,
    timeout = requestTimeout,
    signal,
    clock = systemClock,
  } = options;
  const octokit = new Octokit({
    ...(token !== undefined && { auth: token }),
    baseUrl,
    userAgent: 'loopwarden',
    log: noLog,
    request: { fetch: fetchWithin(timeout, signal) },
  });

  octokit.hook.wrap('request', async (request, requestOptions) => {
    const kind = isRead(requestOptions) ? 'read' : 'write';
    const tries = kind === 'read' ? retriesOf(requestOptions, retries) : 0;
    for (let attempt = 0; ; attempt++) {
      try {
        return await limiter.run(kind, () => checked(async () => request(requestOptions)));
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
  octokit.hook.wrap('request', (request, options) => checked(async () => request(options)));
  return octokit;
}

/** GraphQL says with status 200 that a limit is reached or that something is forbidden. */
async function checked<T extends Answer>(send: () => Promise<T>): Promise<T> {
  let answer: T;
  try {
    answer = await send();
  } catch (error) {
    throw toGitHubError(error);
  }
  const error = graphQLErrorIn(answer);
  if (error !== null) throw error;
  return answer;
}

function graphQLErrorIn({ data, headers }: Answer): GitHubError | null {
  if (typeof data !== 'object' || data === null || !('errors' in data) || !Array.isArray(data.errors))
    return null;
  const errors: readonly GraphQLError[] = data.errors;
  return errors.length === 0 ? null : fromGraphQLErrors(errors, headers);
}

function retriesOf({ request }: RequestOptions, byDefault: number): number {
  return typeof request?.retries === 'number' ? request.retries : byDefault;
}

function isRead({ method, url, query }: RequestOptions): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  return url.endsWith('/graphql') && typeof query === 'string' && !/^\s*mutation\b/.test(query);
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
