import { findToken } from '../state/tokens.ts';
import type { World } from '../state/world.ts';
import type { Caller } from './call.ts';
import { tokenProblem } from './json-web-token.ts';
import { Refusal } from './refusal.ts';

/** Finds out who sends a request. Throws a `Refusal` (401) for credentials that are wrong or out of date. */
export function authenticate(world: World, authorization: string | undefined): Caller {
  if (authorization === undefined) return { kind: 'nobody' };
  const [, scheme, credentials = ''] = /^(\S+) +(\S+)$/.exec(authorization) ?? [];
  if (scheme === undefined || !/^(?:bearer|token)$/i.test(scheme)) throw badCredentials();

  const token = findToken(world, credentials);
  if (token) return suspended(token.bearer);
  // A token of ours has dots in it as well, but says whose it is.
  if (/^gh[a-z]_/.test(credentials) || credentials.split('.').length !== 3) throw badCredentials();
  const problem = tokenProblem(credentials, world.app, Math.floor(Date.now() / 1000));
  if (problem !== null) throw new Refusal(401, problem);
  return { kind: 'app' };
}

function suspended(bearer: Caller): Caller {
  if (bearer.kind === 'installation' && bearer.installation.suspendedAt !== null) {
    throw new Refusal(403, 'This installation has been suspended');
  }
  return bearer;
}

function badCredentials(): Refusal {
  return new Refusal(401, 'Bad credentials');
}
