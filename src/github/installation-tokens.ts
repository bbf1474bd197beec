import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../clock.ts';
import { GitHubError } from '../errors.ts';
import { objectIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';

/** A repository as an installation knows it. */
export interface InstalledRepository {
  readonly installation: number;
  /** GitHub's number of the repository. */
  readonly repositoryId: number;
}

/** Gives tokens that open one repository only. */
export interface InstallationTokens {
  /** A token that stays valid for at least ten minutes. */
  tokenFor(place: InstalledRepository): Promise<string>;
  /** One that only reads a repository of the installation's account, by its name; `null` when the installation does not have it. */
  readingTokenFor(installation: number, name: string): Promise<string | null>;
  /** Whether that token may write contents: commit to branches, and resolve threads. */
  mayCommit(place: InstalledRepository): Promise<boolean>;
}

/** How tokens are asked for. */
export interface InstallationTokensOptions {
  /** Whether the App itself asks for the right to commit: without, no installation has granted it. */
  readonly asksToCommit?: () => Promise<boolean>;
  readonly clock?: Clock;
}

/** What reviews need. GitHub refuses to give more than the installation has granted. */
const reviewing = {
  checks: 'write',
  contents: 'read',
  metadata: 'read',
  pull_requests: 'write',
} as const;

const readingPermissions = { contents: 'read', metadata: 'read' } as const;
const committing = { ...reviewing, contents: 'write' } as const;

/** A job must not lose its token under way. */
const shortestValidity = 10 * 60_000;

interface Token {
  readonly value: string;
  readonly expiresAt: number;
  readonly mayCommit: boolean;
}

/** Makes tokens with a client that is authenticated as the App, and keeps them for the hour that they live. */
export function createInstallationTokens(
  app: GitHubClient,
  { asksToCommit = async () => false, clock = systemClock }: InstallationTokensOptions = {},
): InstallationTokens {
  const tokens = new LRUCache<string, Token>({ max: 5000 });

  const mint = async (
    { installation, repositoryId }: InstalledRepository,
    permissions: typeof reviewing | typeof committing | null,
  ): Promise<Token> => {
    const answer = await app.request('POST /app/installations/{installation_id}/access_tokens', {
      installation_id: installation,
      repository_ids: [repositoryId],
      ...(permissions !== null && { permissions }),
    });
    return toToken(objectIn(answer));
  };

  /** An installation that has not accepted all our permissions (yet) gives those that it has. */
  const mintBest = async (place: InstalledRepository): Promise<Token> => {
    const wishes = (await asksToCommit()) ? [committing, reviewing] : [reviewing];
    for (const wish of wishes) {
      try {
        return await mint(place, wish);
      } catch (error) {
        if (!(error instanceof GitHubError && error.kind === 'unprocessable')) throw error;
      }
    }
    return mint(place, null);
  };

  const mintReading = async (installation: number, name: string): Promise<Token | null> => {
    try {
      const answer = await app.request('POST /app/installations/{installation_id}/access_tokens', {
        installation_id: installation,
        repositories: [name],
        permissions: readingPermissions,
      });
      return toToken(objectIn(answer));
    } catch (error) {
      if (error instanceof GitHubError && error.kind === 'unprocessable') return null;
      throw error;
    }
  };

  const keep = async <T extends Token | null>(key: string, make: () => Promise<T>): Promise<Token | T> => {
    const known = tokens.get(key);
    if (known !== undefined && known.expiresAt - clock.now() > shortestValidity) return known;
    const token = await make();
    if (token !== null) tokens.set(key, token);
    return token;
  };

  /** What is being made: who asks meanwhile waits for the same one. */
  const underWay = new Map<string, Promise<Token>>();

  const tokenOf = (place: InstalledRepository): Promise<Token> => {
    const key = `${place.installation}/${place.repositoryId}`;
    const making = underWay.get(key) ?? keep(key, () => mintBest(place)).finally(() => underWay.delete(key));
    underWay.set(key, making);
    return making;
  };

  return {
    async readingTokenFor(installation, name) {
      const key = `${installation}/${name.toLowerCase()} to read`;
      return (await keep(key, () => mintReading(installation, name)))?.value ?? null;
    },
    tokenFor: async place => (await tokenOf(place)).value,
    mayCommit: async place => (await tokenOf(place)).mayCommit,
  };
}

function toToken(answer: {
  readonly token: string;
  readonly expires_at: string;
  readonly permissions?: { readonly contents?: string };
}): Token {
  const { token, expires_at, permissions } = answer;
  return { value: token, expiresAt: Date.parse(expires_at), mayCommit: permissions?.contents === 'write' };
}
