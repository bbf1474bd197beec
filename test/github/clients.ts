import { sign } from 'node:crypto';
import { Octokit, type RestEndpointMethodTypes } from '@octokit/rest';
import type { StandIn } from './stand-in.ts';
import { installApp } from './state/installations.ts';
import type { Repository } from './state/model.ts';

type TokenRequest = Omit<
  RestEndpointMethodTypes['apps']['createInstallationAccessToken']['parameters'],
  'installation_id'
>;

/** A client without retries and throttling, so that every answer is seen as it is. */
export function clientWith(standIn: StandIn, token?: string): Octokit {
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  return new Octokit({
    baseUrl: standIn.apiUrl,
    log: quiet,
    request: { retries: 0 },
    ...(token !== undefined && { auth: token }),
  });
}

/** A JSON Web Token that says that its sender is the App; `claims` replaces parts of what it says. */
export function appToken(
  standIn: StandIn,
  claims: Readonly<Record<string, unknown>> = {},
  privateKey = standIn.environment.PRIVATE_KEY ?? '',
): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const payload = { iat: now - 30, exp: now + 570, iss: Number(standIn.environment.APP_ID), ...claims };
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

/** A client of the App in a repository, with a token that was asked for in the proper way. */
export async function appClient(
  standIn: StandIn,
  repository: Repository,
  request: TokenRequest = {},
): Promise<Octokit> {
  const installation = installApp(standIn.world, repository.owner);
  const { data } = await clientWith(standIn, appToken(standIn)).rest.apps.createInstallationAccessToken({
    installation_id: installation.id,
    ...request,
  });
  return clientWith(standIn, data.token);
}

/** Where a repository is, as Octokit's methods want it. */
export function placeOf(repository: Repository): { owner: string; repo: string } {
  return { owner: repository.owner.login, repo: repository.name };
}
