import { LRUCache } from 'lru-cache';
import { systemClock } from '../clock.ts';
import { createGitHubClient, type GitHubClient, requestTimeout } from '../github/github-client.ts';
import type { InstallationTokens } from '../github/installation-tokens.ts';
import {
  createRequestLimiter,
  type RequestLimiter,
  type RequestLimiterOptions,
} from '../github/request-limiter.ts';
import type { InstalledPlace } from './work.ts';

/** How requests to GitHub keep to its advice, and how long one may take, in milliseconds. The clock is the whole App's. */
export interface Pace extends RequestLimiterOptions {
  readonly requestTimeout?: number;
  /** How long a job may take, in milliseconds. */
  readonly jobTime?: number;
}

/** Gives clients that can do nothing outside one repository but read what everybody may. */
export interface InstallationClients {
  /** `signal` gives up what the client has under way. */
  clientFor(place: InstalledPlace, signal?: AbortSignal): Promise<GitHubClient>;
  /** One that only reads a repository of the installation's account; `null` when the installation does not have that. */
  readerFor(installation: number, name: string, signal: AbortSignal): Promise<GitHubClient | null>;
  /** One that may write contents, too: commit to branches, and resolve threads; `null` where that was not granted. */
  committerFor(place: InstalledPlace, signal: AbortSignal): Promise<GitHubClient | null>;
}

/**
 * Makes clients with tokens of the installation. All clients of one installation share a limiter, as they share GitHub's
 * limits; those of different installations do not wait for each other.
 */
export function createInstallationClients(
  tokens: InstallationTokens,
  baseUrl: string,
  pace: Pace = {},
): InstallationClients {
  const { clock = systemClock, requestTimeout: timeout = requestTimeout } = pace;
  const limiters = new LRUCache<number, RequestLimiter>({ max: 1000 });

  const limiterOf = (installation: number): RequestLimiter => {
    const limiter = limiters.get(installation) ?? createRequestLimiter(pace);
    limiters.set(installation, limiter);
    return limiter;
  };

  /** A token that GitHub takes no more (it was revoked, or the clock is wrong) is replaced once in a request. */
  const make = (
    installation: number,
    token: string,
    mintAnew: () => Promise<string | null>,
    signal?: AbortSignal,
  ): GitHubClient =>
    createGitHubClient({
      token,
      baseUrl,
      limiter: limiterOf(installation),
      ...(signal && { signal }),
      clock,
      timeout,
      renewToken: refused => {
        tokens.forget(refused);
        return mintAnew();
      },
    });

  return {
    async clientFor(place, signal) {
      const mint = () => tokens.tokenFor(place);
      return make(place.installation, await mint(), mint, signal);
    },
    async committerFor(place, signal) {
      const mint = () => tokens.committingTokenFor(place);
      const token = await mint();
      return token === null ? null : make(place.installation, token, mint, signal);
    },
    async readerFor(installation, name, signal) {
      const mint = () => tokens.readingTokenFor(installation, name);
      const token = await mint();
      return token === null ? null : make(installation, token, mint, signal);
    },
  };
}
