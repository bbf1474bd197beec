import { ok, repositoryOf, textOf } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { notFound } from '../http/refusal.ts';
import { renderAccount } from '../render/account.ts';
import { renderFullRepository } from '../render/repository.ts';
import { roleOf } from '../state/accounts.ts';
import type { Role } from '../state/model.ts';

/** The two roles that the older field `permission` has no word for. */
const olderWords: Partial<Record<Role | 'none', string>> = { maintain: 'write', triage: 'read' };

/** A repository and who works on it. https://docs.github.com/rest/repos/repos */
export const repositoryEndpoints = [
  endpoint('repos/get', { metadata: 'read' }, call =>
    ok(renderFullRepository(call.world, repositoryOf(call))),
  ),

  endpoint('repos/get-collaborator-permission-level', { metadata: 'read' }, call => {
    const account = call.world.accounts.get(textOf(call, 'username').toLowerCase());
    if (account === undefined) throw notFound();
    const role = roleOf(repositoryOf(call), account);
    return ok({
      permission: olderWords[role] ?? role,
      role_name: role,
      user: { ...renderAccount(call.world, account), role_name: role },
    });
  }),
];
