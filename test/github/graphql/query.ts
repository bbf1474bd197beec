import { mayRead } from '../http/authorise.ts';
import { actorOf } from '../http/call.ts';
import { isoTime } from '../render/json.ts';
import { actorSource } from './actor.ts';
import { nodeNamed, nodeSource } from './nodes.ts';
import { noNode } from './refusals.ts';
import { repositorySource } from './repository.ts';
import type { Arguments, GraphQLCall, Source } from './source.ts';

/** The root of queries. */
export const query: Source = {
  viewer: (_: Arguments, call: GraphQLCall) => actorSource(call.world, actorOf(call)),

  repository({ owner, name }: Arguments, { world, caller }: GraphQLCall) {
    const fullName = `${String(owner)}/${String(name)}`;
    const repository = world.repositories.get(fullName.toLowerCase());
    if (repository === undefined || !mayRead(world, caller, repository)) {
      throw noNode(`a Repository with the name '${fullName}'`);
    }
    return repositorySource(world, repository);
  },

  node: ({ id }: Arguments, call: GraphQLCall) => nodeSource(call.world, nodeNamed(call, id)),
  nodes: ({ ids }: Arguments, call: GraphQLCall) =>
    (ids as readonly string[]).map(id => nodeSource(call.world, nodeNamed(call, id))),

  rateLimit: (_: Arguments, { world }: GraphQLCall) => ({
    cost: 1,
    limit: 5000,
    remaining: 4999,
    used: 1,
    nodeCount: 0,
    resetAt: isoTime(new Date(world.now().getTime() + 3_600_000)),
  }),
};
