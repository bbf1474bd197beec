import { repositoryPage } from '../render/repository.ts';
import { roleOf } from '../state/accounts.ts';
import type { Repository } from '../state/model.ts';
import { fullNameOf } from '../state/repositories.ts';
import { nodeId, type World } from '../state/world.ts';
import { actorSource } from './actor.ts';
import { connection } from './connection.ts';
import { demand } from './demand.ts';
import { gitObjectSource } from './git-object.ts';
import { pullRequestSource } from './pull-request.ts';
import { refSource } from './ref.ts';
import { noNode } from './refusals.ts';
import type { Arguments, GraphQLCall, Source } from './source.ts';

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
