import type { CheckRunResult } from '../review/ports.ts';
import { listIn, objectIn } from './answers.ts';
import { completeCheckRun, isByApp } from './check-run.ts';
import type { GitHubClient } from './github-client.ts';
import type { PullRequestPlace, Repository } from './repository.ts';

/** By which check runs of ours are known. */
export interface OwnRuns {
  readonly name: string;
  /** Of the App that we are: another one may have check runs of the same name. */
  readonly login: string;
}

/**
 * Says something of a commit that is not reviewed, once: where a check run of that name stands already, it is left as it is,
 * or completed.
 */
export async function reportCheckRun(
  client: GitHubClient,
  { owner, repo }: Repository,
  head: string,
  { name, conclusion, output: { title, summary } }: CheckRunResult,
  login: string,
): Promise<void> {
  const runs = await listRuns(client, { owner, repo }, head, { name, login });
  if (runs.some(run => run.isCompleted)) return;
  const [open] = runs;
  const fields = { owner, repo, name, status: 'completed', conclusion, output: { title, summary } } as const;
  if (open === undefined) {
    await client.request('POST /repos/{owner}/{repo}/check-runs', { ...fields, head_sha: head });
  } else {
    await client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...fields,
      check_run_id: open.id,
    });
  }
}

/** Completes what a review of this pull request that was broken off has left open, lest it hangs. */
export async function completeLeftCheckRuns(
  client: GitHubClient,
  place: PullRequestPlace,
  head: string,
  result: CheckRunResult,
  login: string,
): Promise<void> {
  const runs = await listRuns(client, place, head, { name: result.name, login });
  for (const { id, isCompleted, externalId } of runs) {
    if (isCompleted || externalId !== String(place.number)) continue;
    await completeCheckRun(client, place, id, result);
  }
}

/** Whether there is a check run of ours at a commit, completed or not. */
export async function hasCheckRun(
  client: GitHubClient,
  repository: Repository,
  head: string,
  own: OwnRuns,
): Promise<boolean> {
  return (await listRuns(client, repository, head, own)).length > 0;
}

async function listRuns(
  client: GitHubClient,
  { owner, repo }: Repository,
  head: string,
  { name, login }: OwnRuns,
): Promise<readonly { id: number; isCompleted: boolean; externalId: string | null }[]> {
  const answer = await client.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    owner,
    repo,
    ref: head,
    check_name: name,
  });
  return listIn({ url: answer.url, data: objectIn(answer).check_runs })
    .filter(run => isByApp(run.app, login))
    .map(run => ({
      id: Number(run.id),
      isCompleted: run.status === 'completed',
      externalId: run.external_id,
    }));
}
