import type { RestEndpointMethodTypes } from '@octokit/rest';
import { atLeast } from '../http/authorise.ts';
import { type Call, created, numberOf, ok, type Reply, repositoryOf, textOf } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { pageOf } from '../http/paging.ts';
import { notFound, Refusal } from '../http/refusal.ts';
import { renderApp, renderInstallation } from '../render/app.ts';
import { isoTime } from '../render/json.ts';
import { renderRepository } from '../render/repository.ts';
import type { Installation, Level, Permissions, Repository } from '../state/model.ts';
import { installationOf } from '../state/repositories.ts';
import { issueToken } from '../state/tokens.ts';
import type { World } from '../state/world.ts';

type TokenRequest = RestEndpointMethodTypes['apps']['createInstallationAccessToken']['parameters'];

/** The App itself, its installations and their tokens. https://docs.github.com/rest/apps */
export const appEndpoints = [
  endpoint('apps/get-authenticated', 'app', call => ok(renderApp(call.world))),

  endpoint('apps/get-webhook-config-for-app', 'app', ({ world: { hook } }) =>
    ok({
      content_type: 'json',
      insecure_ssl: '0',
      secret: '********',
      ...(hook.url !== null && { url: hook.url }),
    }),
  ),

  endpoint('apps/create-from-manifest', 'anyone', call => {
    const { app, hook, registrationCodes } = call.world;
    if (!registrationCodes.delete(textOf(call, 'code'))) throw notFound();
    return created({
      ...renderApp(call.world),
      client_secret: 'the client secret of a test',
      webhook_secret: hook.secret,
      pem: app.privateKey,
    });
  }),

  endpoint('apps/list-installations', 'app', call => {
    const { items, headers } = pageOf(call, [...call.world.installations.values()]);
    return { status: 200, headers, body: items.map(one => renderInstallation(call.world, one)) };
  }),

  endpoint('apps/get-installation', 'app', call =>
    ok(renderInstallation(call.world, installationNamed(call))),
  ),

  endpoint('apps/get-repo-installation', 'app', call => {
    const installation = installationOf(call.world, repositoryOf(call));
    if (installation === null) throw notFound();
    return ok(renderInstallation(call.world, installation));
  }),

  endpoint('apps/create-installation-access-token', 'app', createToken),

  endpoint('apps/list-repos-accessible-to-installation', 'installation', call => {
    if (call.caller.kind !== 'installation') throw notFound();
    const all = [...(call.caller.repositories ?? coveredBy(call.world, call.caller.installation))];
    const { items, headers } = pageOf(call, all);
    const repositories = items.map(one => renderRepository(call.world, one));
    return { status: 200, headers, body: { total_count: all.length, repositories } };
  }),
];

function createToken(call: Call): Reply {
  const installation = installationNamed(call);
  const request = call.body as TokenRequest;
  if (installation.suspendedAt) throw new Refusal(403, 'This installation has been suspended');

  const permissions = narrowedPermissions(installation, request.permissions as Permissions | undefined);
  const narrowed = narrowedRepositories(call.world, installation, request);
  const repositories = narrowed ?? installation.repositories;
  const token = issueToken(call.world, { kind: 'installation', installation, permissions, repositories });
  return created({
    token: token.text,
    expires_at: isoTime(token.expiresAt),
    permissions,
    repository_selection: repositories === null ? 'all' : 'selected',
    ...(narrowed && { repositories: [...narrowed].map(one => renderRepository(call.world, one)) }),
  });
}

function narrowedPermissions(installation: Installation, wanted: Permissions | undefined): Permissions {
  if (wanted === undefined) return installation.permissions;
  const granted = Object.entries(wanted).every(([name, level]) =>
    atLeast(installation.permissions, name, level),
  );
  if (!granted) throw new Refusal(422, 'The permissions requested are not granted to this installation.');
  return { metadata: 'read' satisfies Level, ...wanted };
}

function narrowedRepositories(
  world: World,
  installation: Installation,
  { repositories: names, repository_ids: ids }: TokenRequest,
): Set<Repository> | null {
  if (names === undefined && ids === undefined) return null;
  const covered = coveredBy(world, installation);
  const found = [
    ...(names ?? []).map(name => covered.find(one => one.name.toLowerCase() === name.toLowerCase())),
    ...(ids ?? []).map(id => covered.find(one => one.id === id)),
  ];
  const known = found.filter(one => one !== undefined);
  if (known.length < found.length) {
    const reason =
      'There is at least one repository that does not exist or is not accessible to the parent installation.';
    throw new Refusal(422, reason);
  }
  return new Set(known);
}

function coveredBy(world: World, installation: Installation): readonly Repository[] {
  return [...world.repositories.values()].filter(one => installationOf(world, one) === installation);
}

function installationNamed(call: Call): Installation {
  const installation = call.world.installations.get(numberOf(call, 'installation_id'));
  if (installation === undefined) throw notFound();
  return installation;
}
