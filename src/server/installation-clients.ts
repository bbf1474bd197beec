import { LRUCache } from 'lru-cache';
import { createGitHubClient, type GitHubClient } from '../github/github-client.ts';
import type { InstallationTokens } from '../github/installation-tokens.ts';
import { createRequestLimiter, type RequestLimiter } from '../github/request-limiter.ts';
import type { InstalledPlace } from './work.ts';

/** Gives clients that can do nothing outside one repository but read what everybody may. */
export interface InstallationClients {
  /** `signal` gives up what the client has under way. */
  clientFor(place: InstalledPlace, signal: AbortSignal): Promise<GitHubClient>;
  /** One that only reads a repository of the installation's account; `null` when the installation does not have that. */
  readerFor(installation: number, name: string, signal: AbortSignal): Promise<GitHubClient | null>;
  /** Whether they may write contents: commit to branches, and resolve threads. */
  mayCommit(place: InstalledPlace): Promise<boolean>;
}

/**
 * Makes clients with tokens of the installation. All clients of one installation share a limiter, as they share GitHub's
 * limits; those of different installations do not wait for each other.
 */
export function createInstallationClients(tokens: InstallationTokens, baseUrl: string): InstallationClients {
  const limiters = new LRUCache<number, RequestLimiter>({ max: 1000 });

  const limiterOf = (installation: number): RequestLimiter => {
    const limiter = limiters.get(installation) ?? createRequestLimiter();
    limiters.set(installation, limiter);
    return limiter;
  };

  return {
    async clientFor(place, signal) {
      const limiter = limiterOf(place.installation);
      const token = await tokens.tokenFor(place);
      return createGitHubClient({ token, baseUrl, limiter, signal });
    },
    async readerFor(installation, name, signal) {
      const limiter = limiterOf(installation);
      const token = await tokens.readingTokenFor(installation, name);
      return token === null ? null : createGitHubClient({ token, baseUrl, limiter, signal });
    },
    mayCommit: place => tokens.mayCommit(place),
  };
}
