import { changedFiles } from '../git/changed-files.ts';
import { type Commit, readCommit } from '../git/commit.ts';
import { git, gitFact } from '../git/git.ts';
import { type Call, ok, type Reply, repositoryOf, textOf } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { listReply, pageOf } from '../http/paging.ts';
import { notFound, Refusal } from '../http/refusal.ts';
import { renderCommit, renderFile } from '../render/commit.ts';
import { renderSimplePull } from '../render/pull-request.ts';
import { repositoryApi, repositoryPage } from '../render/repository.ts';
import type { PullRequest, Repository } from '../state/model.ts';
import { commitsOf } from '../state/pull-requests.ts';

/** Commits and what lies between them. https://docs.github.com/rest/commits */
export const commitEndpoints = [
  endpoint('repos/get-commit', { contents: 'read' }, getCommit),
  endpoint('repos/compare-commits-with-basehead', { contents: 'read' }, compare),

  endpoint('repos/list-pull-requests-associated-with-commit', { pull_requests: 'read' }, async call => {
    const repository = repositoryOf(call);
    const sha = await repository.git.resolve(textOf(call, 'commit_sha'));
    if (sha === null) throw new Refusal(422, `No commit found for SHA: ${textOf(call, 'commit_sha')}`);
    const pulls = await pullsWith(repository, sha);
    return listReply(call, pulls, pull => renderSimplePull(call.world, pull));
  }),
];

async function getCommit(call: Call): Promise<Reply> {
  const repository = repositoryOf(call);
  const sha = await repository.git.resolve(textOf(call, 'ref'));
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${textOf(call, 'ref')}`);
  const commit = await readCommit(repository.git, sha);
  const [parent = emptyTree] = commit.parents;
  const { items, headers } = pageOf(call, await changedFiles(repository.git.folder, parent, sha));
  const additions = items.reduce((sum, file) => sum + file.additions, 0);
  const deletions = items.reduce((sum, file) => sum + file.deletions, 0);
  const body = {
    ...renderCommit(call.world, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: items.map(file => renderFile(call.world, repository, sha, file)),
  };
  return { status: 200, body, headers };
}

/** What a first commit is compared with. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

async function compare(call: Call): Promise<Reply> {
  const repository = repositoryOf(call);
  const basehead = textOf(call, 'basehead');
  const [baseName = '', headName = ''] = basehead.split('...');
  const [base, head] = await Promise.all([resolveAcross(call, baseName), resolveAcross(call, headName)]);
  const mergeBase = base && head && (await repository.git.mergeBase(base, head));
  if (!base || !head || !mergeBase) throw notFound();
  const { folder } = repository.git;
  if (call.format === 'diff') {
    const diff = await git(folder, ['diff', '--no-color', mergeBase, head]);
    return {
      ...ok(diff.toString()),
      headers: { 'content-type': 'application/vnd.github.diff; charset=utf-8' },
    };
  }

  const apart = lines(await gitFact(folder, 'rev-list', '--reverse', '--left-right', `${base}...${head}`));
  const [ahead, behind] = ['>', '<'].map(side =>
    apart.filter(line => line.startsWith(side)).map(line => line.slice(1)),
  ) as [string[], string[]];
  const files = await changedFiles(folder, mergeBase, head, call.world.limits.diff);
  const { items, headers } = isPaged(call)
    ? pageOf(call, ahead)
    : { items: ahead.slice(0, 250), headers: {} };
  const render = (commit: Commit) => renderCommit(call.world, repository, commit);
  const page = `${repositoryPage(call.world, repository)}/compare/${basehead}`;
  const body = {
    url: `${repositoryApi(call.world, repository)}/compare/${basehead}`,
    html_url: page,
    permalink_url: `${repositoryPage(call.world, repository)}/compare/${base}...${head}`,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: render(await readCommit(repository.git, base)),
    merge_base_commit: render(await readCommit(repository.git, mergeBase)),
    status: relation(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: (await Promise.all(items.map(sha => readCommit(repository.git, sha)))).map(render),
    // The files are on the first page, whatever it holds.
    ...(Number(call.parameters.page ?? 1) === 1 && {
      files: files
        .slice(0, call.world.limits.comparedFiles)
        .map(file => renderFile(call.world, repository, head, file)),
    }),
  };
  return { status: 200, body, headers };
}

/** Without paging parameters a comparison lists 250 commits; with them it is paged like any list. */
function isPaged({ parameters }: Call): boolean {
  return parameters.page !== undefined || parameters.per_page !== undefined;
}

function relation(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}

/** A revision of the repository, or `owner:branch` of one in its network. */
async function resolveAcross(call: Call, name: string): Promise<string | null> {
  const repository = repositoryOf(call);
  const [owner, branch] = name.includes(':') ? name.split(':') : [null, name];
  if (owner === null || owner === undefined || owner === repository.owner.login) {
    return repository.git.resolve(branch ?? '');
  }
  const fork = call.world.repositories.get(`${owner}/${repository.name}`.toLowerCase());
  const sha = (await fork?.git.resolve(`refs/heads/${branch}`)) ?? null;
  if (fork && sha)
    await repository.git.fetch(fork.git, `refs/heads/${branch}`, `refs/network/${owner}/${branch}`);
  return sha;
}

/** The open pull requests that have a commit, or the merged one that brought it in. */
async function pullsWith(repository: Repository, sha: string): Promise<readonly PullRequest[]> {
  const found: PullRequest[] = [];
  for (const one of repository.conversations.values()) {
    if (one.kind !== 'pull') continue;
    if (one.mergeCommit === sha || (await commitsOf(one)).includes(sha)) found.push(one);
  }
  return found;
}

function lines(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}
