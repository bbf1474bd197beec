import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../clock.ts';
import { GitHubError, invariant } from '../errors.ts';
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
  /** A token for reviews that stays valid for at least ten minutes. */
  tokenFor(place: InstalledRepository): Promise<string>;
  /** One that may write contents, too: commit to branches, and resolve threads; `null` where that was not granted. */
  committingTokenFor(place: InstalledRepository): Promise<string | null>;
  /** One that only reads a repository of the installation's account, by its name; `null` when the installation does not have it. */
  readingTokenFor(installation: number, name: string): Promise<string | null>;
  /** Forgets a token that GitHub does not take any more, so that the next one is new. */
  forget(token: string): void;
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

/** What was not granted may be so later. */
const refusalValidity = 10 * 60_000;

interface Token {
  /** `null`: it was refused. */
  readonly value: string | null;
  readonly expiresAt: number;
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
  const mintForReviews = async (place: InstalledRepository): Promise<Token> =>
    (await granted(() => mint(place, reviewing))) ?? (await mint(place, null));

  const mintToCommit = async (place: InstalledRepository): Promise<Token> => {
    const token = (await asksToCommit()) ? await granted(() => mint(place, committing)) : null;
    return token ?? { value: null, expiresAt: clock.now() + shortestValidity + refusalValidity };
  };

  const mintToRead = async (installation: number, name: string): Promise<Token | null> =>
    granted(async () =>
      toToken(
        objectIn(
          await app.request('POST /app/installations/{installation_id}/access_tokens', {
            installation_id: installation,
            repositories: [name],
            permissions: readingPermissions,
          }),
        ),
      ),
    );

  /** What is being made: who asks meanwhile waits for the same one. */
  const underWay = new Map<string, Promise<Token | null>>();

  const keep = async (key: string, make: () => Promise<Token | null>): Promise<string | null> => {
    const known = tokens.get(key);
    if (known !== undefined && known.expiresAt - clock.now() > shortestValidity) return known.value;
    const making = underWay.get(key) ?? make().finally(() => underWay.delete(key));
    underWay.set(key, making);
    const token = await making;
    if (token !== null) tokens.set(key, token);
    return token?.value ?? null;
  };

  const keyOf = ({ installation, repositoryId }: InstalledRepository) => `${installation}/${repositoryId}`;

  return {
    async tokenFor(place) {
      const token = await keep(keyOf(place), () => mintForReviews(place));
      invariant(token !== null, 'a token for reviews is never refused');
      return token;
    },
    committingTokenFor: place => keep(`${keyOf(place)} to commit`, () => mintToCommit(place)),
    readingTokenFor: (installation, name) =>
      keep(`${installation}/${name.toLowerCase()} to read`, () => mintToRead(installation, name)),
    forget(token) {
      for (const [key, { value }] of tokens.entries()) if (value === token) tokens.delete(key);
    },
  };
}

/** `null` when GitHub says that the installation has not granted it, or does not have the repository. */
async function granted(mint: () => Promise<Token>): Promise<Token | null> {
  try {
    return await mint();
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'unprocessable') return null;
    throw error;
  }
}

function toToken(answer: { readonly token: string; readonly expires_at: string }): Token {
  return { value: answer.token, expiresAt: Date.parse(answer.expires_at) };
}
