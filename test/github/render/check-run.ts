import { readCommit } from '../git/commit.ts';
import { suiteResult } from '../state/check-runs.ts';
import type { CheckAnnotation, CheckRun, CheckSuite } from '../state/model.ts';
import { openPullRequestsAt } from '../state/pull-requests.ts';
import { nodeId, type World } from '../state/world.ts';
import { renderApp } from './app.ts';
import { renderSimpleCommit } from './commit.ts';
import { isoTime, isoTimeOrNull, type Json } from './json.ts';
import { renderMinimalPull } from './pull-request.ts';
import { encodePath, renderMinimalRepository, repositoryApi, repositoryPage } from './repository.ts';

/** A `check-run`. `pull_requests` is empty for a commit of a fork. */
export function renderCheckRun(world: World, run: CheckRun): Json {
  const { repository, headSha } = run.suite;
  const api = `${repositoryApi(world, repository)}/check-runs/${run.id}`;
  const page = `${repositoryPage(world, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId(run),
    name: run.name,
    head_sha: headSha,
    external_id: run.externalId,
    url: api,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: isoTime(run.startedAt),
    completed_at: isoTimeOrNull(run.completedAt),
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${api}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: renderApp(world),
    pull_requests: openPullRequestsAt(repository, headSha).map(pull => renderMinimalPull(world, pull)),
  };
}

/** A `check-annotation`, as it is read back. */
export function renderAnnotation(world: World, run: CheckRun, annotation: CheckAnnotation): Json {
  const { repository, headSha } = run.suite;
  return {
    start_column: null,
    end_column: null,
    title: null,
    raw_details: null,
    ...annotation,
    blob_href: `${repositoryPage(world, repository)}/blob/${headSha}/${encodePath(annotation.path)}`,
  };
}

/** A `check-suite`. */
export async function renderCheckSuite(world: World, suite: CheckSuite): Promise<Json> {
  const { repository, headSha } = suite;
  const api = `${repositoryApi(world, repository)}/check-suites/${suite.id}`;
  const pulls = openPullRequestsAt(repository, headSha);
  return {
    id: suite.id,
    node_id: nodeId(suite),
    head_branch: suite.headBranch,
    head_sha: headSha,
    ...suiteResult(suite),
    url: api,
    before: pulls[0]?.baseSha ?? null,
    after: headSha,
    pull_requests: pulls.map(pull => renderMinimalPull(world, pull)),
    app: renderApp(world),
    repository: renderMinimalRepository(world, repository),
    created_at: isoTime(suite.createdAt),
    updated_at: isoTime(suite.createdAt),
    head_commit: renderSimpleCommit(await readCommit(repository.git, headSha)),
    latest_check_runs_count: suite.runs.length,
    check_runs_url: `${api}/check-runs`,
    rerequestable: true,
    runs_rerequestable: true,
  };
}
