import { GitHubError } from '../errors.ts';
import { objectIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';

/** A GitHub App that has just been registered. */
export interface RegisteredApp {
  readonly id: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** The App's page, for people. */
  readonly url: string;
}

/**
 * Exchanges the code that GitHub gives after the registration from a manifest for the App's credentials. A code works
 * once, for an hour (https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest).
 */
export async function completeRegistration(client: GitHubClient, code: string): Promise<RegisteredApp> {
  const answer = await client.request('POST /app-manifests/{code}/conversions', { code });
  const { id, pem, webhook_secret, html_url } = objectIn(answer);
  if (webhook_secret === null) {
    throw new GitHubError(
      'unprocessable',
      'GitHub registered the App without a webhook: it has no secret for it.',
    );
  }
  return { id, privateKey: pem, webhookSecret: webhook_secret, url: html_url };
}
