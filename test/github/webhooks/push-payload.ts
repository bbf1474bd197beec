import { changedFiles } from '../git/changed-files.ts';
import { type Commit, readCommit } from '../git/commit.ts';
import { gitText } from '../git/git.ts';
import type { Json } from '../render/json.ts';
import { repositoryPage } from '../render/repository.ts';
import type { Repository } from '../state/model.ts';
import type { World } from '../state/world.ts';

/** The payload of a push to a branch, from the commit that it stood on to where it stands now. */
export async function renderPush(
  world: World,
  {
    repository,
    branch,
    before,
  }: { readonly repository: Repository; readonly branch: string; readonly before: string },
): Promise<Json> {
  const { git } = repository;
  const after = (await git.resolve(`refs/heads/${branch}`)) ?? before;
  const shas = (await gitText(git.folder, 'rev-list', '--reverse', `${before}..${after}`))
    .split('\n')
    .filter(Boolean);
  const commits = await Promise.all(
    shas.map(async sha => renderPushed(world, repository, await readCommit(git, sha))),
  );
  return {
    ref: `refs/heads/${branch}`,
    base_ref: null,
    before,
    after,
    created: false,
    deleted: false,
    forced: (await git.mergeBase(before, after)) !== before,
    compare: `${repositoryPage(world, repository)}/compare/${before}...${after}`,
    commits,
    head_commit: commits.at(-1) ?? null,
    pusher: { name: repository.owner.login },
  };
}

async function renderPushed(world: World, repository: Repository, commit: Commit): Promise<Json> {
  const { sha, tree, author, committer, parents } = commit;
  const files = parents[0] === undefined ? [] : await changedFiles(repository.git.folder, parents[0], sha);
  const paths = (...statuses: readonly string[]) =>
    files.filter(file => statuses.includes(file.status)).map(file => file.path);
  return {
    id: sha,
    tree_id: tree,
    distinct: true,
    message: commit.message,
    timestamp: committer.date,
    url: `${repositoryPage(world, repository)}/commit/${sha}`,
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
    added: paths('added', 'renamed'),
    removed: paths('removed'),
    modified: paths('modified', 'changed'),
  };
}
