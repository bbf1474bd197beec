import { GitHubError } from '../errors.ts';
import type { CommitResult } from '../review/fix-pull-request.ts';
import { objectIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';
import type { Repository } from './repository.ts';

/** A commit to make. */
export interface CommitToMake {
  /** Without `refs/heads/`. */
  readonly branch: string;
  /** Full SHA of the commit that the branch is expected to be at; the new commit's parent. */
  readonly head: string;
  readonly headline: string;
  readonly body: string;
  /** Whole new contents, by path. */
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

interface MutationAnswer {
  readonly createCommitOnBranch: { readonly commit: { readonly oid: string } | null } | null;
}

const mutation = `mutation CommitFiles($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

/**
 * Makes one commit of whole files on a branch, which GitHub signs as the App's
 * (https://docs.github.com/graphql/reference/mutations#createcommitonbranch). It is made once: when the answer is lost, the
 * branch says whether the commit is there.
 */
export async function commitFiles(
  client: GitHubClient,
  repository: Repository,
  commit: CommitToMake,
): Promise<CommitResult> {
  const { owner, repo } = repository;
  const additions = commit.files.map(({ path, bytes }) => ({
    path,
    contents: Buffer.from(bytes).toString('base64'),
  }));
  const input = {
    branch: { repositoryNameWithOwner: `${owner}/${repo}`, branchName: commit.branch },
    message: { headline: commit.headline, body: commit.body },
    expectedHeadOid: commit.head,
    fileChanges: { additions },
  };
  try {
    const answer = await client.graphql<MutationAnswer>(mutation, { input });
    const made = answer?.createCommitOnBranch?.commit?.oid;
    if (made !== undefined) return { kind: 'committed', commit: made };
    throw new GitHubError('server', "GitHub's answer about a commit broke off on the way.", { status: 200 });
  } catch (error) {
    if (!(error instanceof GitHubError) || error.kind === 'rate-limited') throw error;
    const tip = await readTip(client, repository, commit.branch);
    if (tip !== commit.head) {
      // What GitHub has refused is not ours, even if it reads the same: somebody else has asked for it at the same time.
      const isLost = error.retry === 'later';
      const isOurs = isLost && tip !== null && (await isCommit(client, repository, tip, commit));
      return isOurs ? { kind: 'committed', commit: tip } : { kind: 'moved' };
    }
    if (error.retry === 'later') throw error;
    return { kind: 'refused', reason: error.message };
  }
}

/** The commit that a branch is at; `null` when there is no such branch (any more). */
async function readTip(
  client: GitHubClient,
  { owner, repo }: Repository,
  branch: string,
): Promise<string | null> {
  try {
    const answer = await client.request('GET /repos/{owner}/{repo}/git/ref/{ref}', {
      owner,
      repo,
      ref: `heads/${branch}`,
    });
    return objectIn(answer).object.sha;
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'not-found') return null;
    throw error;
  }
}

/** Whether what a branch is at now is the commit that was asked for. */
async function isCommit(
  client: GitHubClient,
  { owner, repo }: Repository,
  sha: string,
  { head, headline, body }: CommitToMake,
): Promise<boolean> {
  const answer = await client.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
    owner,
    repo,
    commit_sha: sha,
  });
  const { message, parents } = objectIn(answer);
  return parents.some(parent => parent.sha === head) && message.trim() === `${headline}\n\n${body}`.trim();
}
