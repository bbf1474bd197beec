import { type Clock, systemClock } from '../clock.ts';
import { GitHubError } from '../errors.ts';
import type { GitHubClient } from '../github/github-client.ts';
import { readOwnApp, readWebhookUrl } from '../github/own-app.ts';
import { webhookPath } from './webhook-endpoint.ts';

/** What the App knows of itself only when it has asked GitHub. */
export interface AppIdentity {
  /** As whom it comments: `NAME[bot]`. */
  readonly login: string;
  /** The address that comments link to rule pages under. */
  readonly pages: string;
  /** Whether it asks for the right to commit; each installation may have granted it or not. */
  readonly asksToCommit: boolean;
}

/** Asks GitHub once, whoever asks first. After a failure it asks again, but not at once. */
export interface IdentitySource {
  get(): Promise<AppIdentity>;
}

/** Health checks come every few seconds: GitHub need not hear of each. Milliseconds. */
const pauseAfterFailure = 10_000;

/** Where the server is reached, as far as it was told. */
export interface KnownAddresses {
  /** From outside; `null` when nobody said. */
  readonly publicUrl: string | null;
  /** On its own machine. */
  readonly localUrl: string;
}

/**
 * Makes a source. Where nobody said the server's public address, it is read from the address that GitHub sends webhooks to
 * (which may be that of a relay: then there are only pages on this machine).
 */
export function createIdentitySource(
  app: GitHubClient,
  addresses: KnownAddresses,
  clock: Clock = systemClock,
): IdentitySource {
  let known: Promise<AppIdentity> | null = null;

  const ask = async (): Promise<AppIdentity> => {
    const { login, permissions } = await readOwnApp(app);
    const url = addresses.publicUrl ?? (await publicUrlOf(app)) ?? addresses.localUrl;
    return { login, pages: `${url}/rules`, asksToCommit: permissions.contents === 'write' };
  };

  return {
    get() {
      known ??= ask().catch((error: unknown) => {
        clock.after(pauseAfterFailure, () => {
          known = null;
        });
        throw error;
      });
      return known;
    },
  };
}

async function publicUrlOf(app: GitHubClient): Promise<string | null> {
  try {
    const url = await readWebhookUrl(app);
    return url?.endsWith(webhookPath) ? url.slice(0, -webhookPath.length) : null;
  } catch (error) {
    // Pages are not worth failing for.
    if (error instanceof GitHubError) return null;
    throw error;
  }
}
