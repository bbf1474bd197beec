import { readCommit } from '../git/commit.ts';
import type { FileContent } from '../git/fast-import.ts';
import { actorOf } from '../http/call.ts';
import type { Repository } from '../state/model.ts';
import { synchronise } from '../state/pull-requests.ts';
import { demand } from './demand.ts';
import { commitSource } from './git-object.ts';
import { inputOf } from './input.ts';
import { refSource } from './ref.ts';
import { noNode, notAccessible, refuse } from './refusals.ts';
import type { Arguments, GraphQLCall, Source } from './source.ts';

interface CommitInput {
  readonly branch: {
    readonly repositoryNameWithOwner?: string;
    readonly branchName?: string;
    readonly id?: string;
  };
  readonly message: { readonly headline: string; readonly body?: string };
  readonly expectedHeadOid: string;
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[];
    readonly deletions?: readonly { readonly path: string }[];
  };
}

/** Mutations of branches. */
export const commitMutations: Source = {
  async createCommitOnBranch(args: Arguments, call: GraphQLCall) {
    const input = inputOf(args) as unknown as CommitInput;
    const { repository, branch } = branchOf(call, input);
    const files = filesIn(input);
    demand(call, { contents: 'write' }, repository);
    if (Object.keys(files).some(path => path.startsWith('.github/workflows/'))) {
      demand(call, { contents: 'write', workflows: 'write' }, repository);
    }
    const head = await repository.git.resolve(`refs/heads/${branch}`);
    if (head === null) throw noNode(`a Ref with the name '${branch}'`);
    if (head !== input.expectedHeadOid) {
      const message = `Expected branch to point to "${input.expectedHeadOid}" but it did not.  Pull and try again.`;
      throw refuse('STALE_DATA', message);
    }
    // https://github.com/Thinkmill/keystatic/issues/1598
    if (repository.protectedBranches.has(branch)) {
      throw refuse('BRANCH_PROTECTION_RULE_VIOLATION', 'Changes must be made through a pull request.');
    }

    const { login, id } = actorOf(call);
    const { headline, body } = input.message;
    const sha = await repository.git.commit({
      branch,
      files,
      message: body ? `${headline}\n\n${body}` : headline,
      author: { name: login, email: `${id}+${login}@users.noreply.github.com` },
    });
    await synchronise(call.world, repository, branch);
    return {
      commit: commitSource(call.world, repository, await readCommit(repository.git, sha)),
      ref: () => refSource(call, repository, branch),
      clientMutationId: null,
    };
  },
};

function branchOf(
  { world, caller }: GraphQLCall,
  { branch }: CommitInput,
): { repository: Repository; branch: string } {
  const repository = world.repositories.get((branch.repositoryNameWithOwner ?? '').toLowerCase());
  if (repository === undefined || branch.branchName === undefined) {
    throw noNode(`a branch of '${branch.repositoryNameWithOwner ?? branch.id ?? ''}'`);
  }
  // A fork is none of the installation's repositories, whatever its author allows to maintainers.
  if (caller.kind === 'installation' && repository.owner !== caller.installation.account)
    throw notAccessible();
  return { repository, branch: branch.branchName.replace(/^refs\/heads\//, '') };
}

function filesIn({ fileChanges }: CommitInput): Record<string, FileContent> {
  const additions = (fileChanges?.additions ?? []).map(
    one => [one.path, Buffer.from(one.contents, 'base64')] as const,
  );
  const deletions = (fileChanges?.deletions ?? []).map(one => [one.path, null] as const);
  return Object.fromEntries([...deletions, ...additions]);
}
