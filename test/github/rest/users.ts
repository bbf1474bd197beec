import { ok } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { forbidden, Refusal } from '../http/refusal.ts';
import { renderAccount } from '../render/account.ts';

/** People. https://docs.github.com/rest/users/users */
export const userEndpoints = [
  endpoint('users/get-authenticated', 'anyone', call => {
    if (call.caller.kind === 'nobody') throw new Refusal(401, 'Requires authentication');
    if (call.caller.kind !== 'user') throw forbidden();
    const profile = {
      name: null,
      company: null,
      blog: null,
      location: null,
      email: null,
      hireable: null,
      bio: null,
    };
    const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 };
    const since = { created_at: '2020-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' };
    return ok({ ...renderAccount(call.world, call.caller.account), ...profile, ...counts, ...since });
  }),
];
