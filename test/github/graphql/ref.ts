import type { Repository } from '../state/model.ts';
import { demand } from './demand.ts';
import { gitObjectSource } from './git-object.ts';
import type { GraphQLCall, Source } from './source.ts';

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
    repository: () => call.sourceOf(repository),
  };
}
