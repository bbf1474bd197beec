import { GitHubError } from '../errors.ts';
import { objectIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';

/** What an App is registered as. */
export interface OwnApp {
  /** Of the account that it comments with. */
  readonly login: string;
  /** What it asks of those who install it, by name; each may have granted less. */
  readonly permissions: Readonly<Record<string, string>>;
}

/** Reads what an App is registered as. `client` must be authenticated as the App itself. */
export async function readOwnApp(client: GitHubClient): Promise<OwnApp> {
  const { slug, name, permissions } = objectIn(await client.request('GET /app'));
  return { login: botLogin(slug ?? name), permissions: definedIn(permissions ?? {}) };
}

/**
 * Login of whoever a token belongs to. An App's token, such as a workflow's own, may ask that by GraphQL alone; where it gets
 * no answer there either it is taken for a workflow's, which comments as `github-actions[bot]`
 * (https://docs.github.com/actions/security-for-github-actions/security-guides/automatic-token-authentication).
 */
export async function readTokenLogin(client: GitHubClient): Promise<string> {
  try {
    return objectIn(await client.request('GET /user')).login;
  } catch (error) {
    if (!(error instanceof GitHubError) || error.kind !== 'forbidden') throw error;
    return botLogin((await readViewer(client)) ?? 'github-actions');
  }
}

async function readViewer(client: GitHubClient): Promise<string | null> {
  try {
    const answer = await client.graphql<{ readonly viewer: { readonly login: string } | null }>(
      'query Viewer { viewer { login } }',
    );
    return answer?.viewer?.login ?? null;
  } catch (error) {
    if (error instanceof GitHubError && /^(?:forbidden|not-found|unprocessable)$/.test(error.kind))
      return null;
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

function definedIn(permissions: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(permissions).flatMap(([name, level]) => (level === undefined ? [] : [[name, level]])),
  );
}

/** The login of an App's account in the REST API; GraphQL leaves the ending out. */
function botLogin(slug: string): string {
  return slug.endsWith('[bot]') ? slug : `${slug}[bot]`;
}
