import { allows } from '../http/authorise.ts';
import type { Need } from '../http/endpoint.ts';
import { repositoryPage } from '../render/repository.ts';
import { roleOf } from '../state/accounts.ts';
import type { Repository } from '../state/model.ts';
import { fullNameOf } from '../state/repositories.ts';
import { nodeId, type World } from '../state/world.ts';
import { actorSource } from './actor.ts';
import { connection } from './connection.ts';
import { gitObjectSource } from './git-object.ts';
import { pullRequestSource } from './pull-request.ts';
import { noNode, notAccessible } from './refusals.ts';
import type { Arguments, GraphQLCall, Source } from './source.ts';

/** Throws unless the caller has a permission for a repository. */
export function demand(call: GraphQLCall, need: Need, repository: Repository): void {
  if (!allows(call.caller, need, repository)) throw notAccessible();
}

/** A `Repository`. */
export function repositorySource(world: World, repository: Repository): Source {
  const url = repositoryPage(world, repository);
  return {
    __typename: 'Repository',
    id: nodeId(repository),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullNameOf(repository),
    owner: actorSource(world, repository.owner),
    url,
    resourcePath: new URL(url).pathname,
    isPrivate: repository.private,
    isFork: repository.parent !== null,
    isArchived: false,
    parent: repository.parent && (() => repository.parent && repositorySource(world, repository.parent)),
    defaultBranchRef: (_: Arguments, call: GraphQLCall) =>
      refSource(call, repository, repository.defaultBranch),
    viewerPermission: (_: Arguments, { caller }: GraphQLCall) =>
      caller.kind === 'user' ? roleOf(repository, caller.account).toUpperCase() : null,

    ref: ({ qualifiedName }: Arguments, call: GraphQLCall) =>
      refSource(call, repository, String(qualifiedName).replace(/^refs\/heads\//, '')),

    object({ expression, oid }: Arguments, call: GraphQLCall) {
      demand(call, { contents: 'read' }, repository);
      return gitObjectSource(world, repository, String(expression ?? oid));
    },

    pullRequest({ number }: Arguments, call: GraphQLCall) {
      demand(call, { pull_requests: 'read' }, repository);
      const conversation = repository.conversations.get(Number(number));
      if (conversation?.kind !== 'pull') throw noNode(`a PullRequest with the number of ${Number(number)}`);
      return pullRequestSource(world, conversation);
    },

    pullRequests(args: Arguments, call: GraphQLCall) {
      demand(call, { pull_requests: 'read' }, repository);
      const states = args.states as readonly string[] | null | undefined;
      const pulls = [...repository.conversations.values()].filter(one => one.kind === 'pull');
      const wanted = pulls.filter(pull => {
        const state = pull.mergedAt ? 'MERGED' : pull.state.toUpperCase();
        const { headRefName, baseRefName } = args;
        return (
          (states == null || states.includes(state)) &&
          (headRefName == null || headRefName === pull.headBranch) &&
          (baseRefName == null || baseRefName === pull.baseBranch)
        );
      });
      return connection('pullRequests', wanted, args, pull => pullRequestSource(world, pull));
    },
  };
}

/** A `Ref` of a branch, or `null`. */
export async function refSource(
  call: GraphQLCall,
  repository: Repository,
  branch: string,
): Promise<Source | null> {
  demand(call, { contents: 'read' }, repository);
  const sha = await repository.git.resolve(`refs/heads/${branch}`);
  if (sha === null) return null;
  return {
    __typename: 'Ref',
    id: `REF_${Buffer.from(`refs/heads/${branch}`).toString('base64url')}`,
    name: branch,
    prefix: 'refs/heads/',
    target: () => gitObjectSource(call.world, repository, sha),
    repository: () => repositorySource(call.world, repository),
  };
}
