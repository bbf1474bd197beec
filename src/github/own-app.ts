import { GitHubError } from '../errors.ts';
import { objectIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';

/** Login of the account that an App comments with. `client` must be authenticated as the App itself. */
export async function readAppLogin(client: GitHubClient): Promise<string> {
  const app = objectIn(await client.request('GET /app'));
  return botLogin(app.slug ?? app.name);
}

/**
 * Login of whoever a token belongs to. A workflow's own token may not ask
 * (https://docs.github.com/actions/security-for-github-actions/security-guides/automatic-token-authentication): it
 * comments as `github-actions[bot]`.
 */
export async function readTokenLogin(client: GitHubClient): Promise<string> {
  try {
    return objectIn(await client.request('GET /user')).login;
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'forbidden') return botLogin('github-actions');
    throw error;
  }
}

/**
 * The address that GitHub sends an App's webhooks to; `null` when it has none. `client` must be authenticated as the App
 * itself.
 */
export async function readWebhookUrl(client: GitHubClient): Promise<string | null> {
  return objectIn(await client.request('GET /app/hook/config')).url ?? null;
}

/** The login of an App's account in the REST API; GraphQL leaves the ending out. */
function botLogin(slug: string): string {
  return `${slug}[bot]`;
}
