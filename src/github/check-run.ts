import { CHECK_NAME } from '../review/compose-review.ts';
import type { Annotation, CheckRunResult } from '../review/ports.ts';
import { listIn, objectIn } from './answers.ts';
import { clipMarkdown, clipText } from './clip.ts';
import type { GitHubClient } from './github-client.ts';
import { isSameLogin } from './logins.ts';
import type { PullRequestPlace } from './repository.ts';

/** GitHub's limits (https://docs.github.com/rest/checks/runs#update-a-check-run); those in characters are kept in bytes. */
const annotationsPerRequest = 50;
const longestOutput = 65_535;
const longestTitle = 255;
const longestDetail = 64_000;

/**
 * Shows that a head is being looked at and gives the check run's id. One that an earlier try left open is taken up
 * again, so that none hangs for ever. `external_id` is the pull request's number: events about pull requests from forks
 * name none.
 *
 * @param login of the App that we are: another one may have check runs of the same name, which it alone can change
 */
export async function startCheckRun(
  client: GitHubClient,
  place: PullRequestPlace,
  head: string,
  login: string,
): Promise<number> {
  const { owner, repo, number } = place;
  const open = await client.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    owner,
    repo,
    ref: head,
    check_name: CHECK_NAME,
    status: 'in_progress',
  });
  const runs = listIn({ url: open.url, data: objectIn(open).check_runs });
  const left = runs.find(run => isByApp(run.app, login) && run.external_id === String(number));
  if (left !== undefined) return Number(left.id);
  const created = await client.request('POST /repos/{owner}/{repo}/check-runs', {
    owner,
    repo,
    name: CHECK_NAME,
    head_sha: head,
    status: 'in_progress',
    external_id: String(number),
  });
  return Number(objectIn(created).id);
}

/** Whether a check run is of the App that comments with an account (`NAME[bot]`). */
export function isByApp(
  app: { readonly slug?: string | undefined } | null | undefined,
  login: string,
): boolean {
  return app?.slug === undefined || isSameLogin(`${app.slug}[bot]`, login);
}

/**
 * Completes a check run. The first request has the conclusion, so that a failure among the others leaves a check that is
 * short of annotations but never one that hangs; the others append their annotations.
 */
export async function completeCheckRun(
  client: GitHubClient,
  place: PullRequestPlace,
  id: number,
  result: CheckRunResult,
): Promise<void> {
  const { owner, repo } = place;
  const { title, summary, text, annotations } = result.output;
  const output = {
    title: clipText(title, longestTitle),
    summary: clipMarkdown(summary, longestOutput),
    ...(text !== undefined && { text: clipMarkdown(text, longestOutput) }),
  };
  const batches = batchesOf(annotations.map(withinLimits));
  for (const [index, batch] of batches.entries()) {
    await client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      owner,
      repo,
      check_run_id: id,
      ...(index === 0 && {
        name: result.name,
        status: 'completed',
        conclusion: result.conclusion,
        ...(result.actions && { actions: [...result.actions] }),
      }),
      output: { ...output, annotations: batch },
    });
  }
}

/** At least one batch: a check without annotations is completed, too. */
function batchesOf(annotations: readonly Annotation[]): readonly Annotation[][] {
  const batches: Annotation[][] = [];
  for (let start = 0; start === 0 || start < annotations.length; start += annotationsPerRequest) {
    batches.push(annotations.slice(start, start + annotationsPerRequest));
  }
  return batches;
}

/** Columns are only for annotations of one line. */
function withinLimits({ start_column, end_column, ...annotation }: Annotation): Annotation {
  const columns =
    annotation.start_line === annotation.end_line && start_column !== undefined && end_column !== undefined;
  return {
    ...annotation,
    ...(columns && { start_column, end_column }),
    title: clipText(annotation.title, longestTitle),
    message: clipText(annotation.message, longestDetail),
    ...(annotation.raw_details !== undefined && {
      raw_details: clipText(annotation.raw_details, longestDetail),
    }),
  };
}
