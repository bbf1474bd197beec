import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Call, created, numberOf, ok, type Reply, repositoryOf, textOf } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { listReply, pageOf } from '../http/paging.ts';
import { invalidRequest, notFound, Refusal } from '../http/refusal.ts';
import { renderAnnotation, renderCheckRun } from '../render/check-run.ts';
import { addCheckRun, checkRunsOf, suiteOf } from '../state/check-runs.ts';
import type { CheckAction, CheckAnnotation, CheckRun, CheckStatus, Conclusion } from '../state/model.ts';
import { outputProblems } from './check-output.ts';

type NewRun = RestEndpointMethodTypes['checks']['create']['parameters'];

/** What creating and updating have in common. */
type RunFields = Partial<
  Pick<
    NewRun,
    | 'name'
    | 'details_url'
    | 'external_id'
    | 'status'
    | 'conclusion'
    | 'started_at'
    | 'completed_at'
    | 'output'
    | 'actions'
  >
>;

/** Check runs. https://docs.github.com/rest/checks/runs */
export const checkRunEndpoints = [
  endpoint('checks/create', { checks: 'write' }, createRun),

  endpoint('checks/update', { checks: 'write' }, call => {
    const run = runOf(call);
    const fields = call.body as RunFields;
    refuseProblems(fields);
    apply(call, run, fields);
    return ok(renderCheckRun(call.world, run));
  }),

  endpoint('checks/get', { checks: 'read' }, call => ok(renderCheckRun(call.world, runOf(call)))),

  endpoint('checks/list-annotations', { checks: 'read' }, call => {
    const run = runOf(call);
    return listReply(call, run.annotations, one => renderAnnotation(call.world, run, one));
  }),

  endpoint('checks/list-for-ref', { checks: 'read' }, async call => {
    const repository = repositoryOf(call);
    const sha = await repository.git.resolve(textOf(call, 'ref'));
    if (sha === null) throw new Refusal(422, `No commit found for SHA: ${textOf(call, 'ref')}`);
    return listRuns(
      call,
      checkRunsOf(repository).filter(run => run.suite.headSha === sha),
    );
  }),

  endpoint('checks/list-for-suite', { checks: 'read' }, call => {
    const suite = repositoryOf(call).checkSuites.find(one => one.id === numberOf(call, 'check_suite_id'));
    if (suite === undefined) throw notFound();
    return listRuns(call, suite.runs);
  }),
];

async function createRun(call: Call): Promise<Reply> {
  const repository = repositoryOf(call);
  const { head_sha: headSha, ...fields } = call.body as NewRun & RunFields;
  if ((await repository.git.resolve(headSha)) !== headSha) {
    throw new Refusal(422, `No commit found for SHA: ${headSha}`);
  }
  refuseProblems(fields);
  const run = addCheckRun(call.world, suiteOf(call.world, repository, headSha), fields.name);
  apply(call, run, fields);
  return created(renderCheckRun(call.world, run));
}

function refuseProblems(fields: RunFields): void {
  const problems = outputProblems(fields.output);
  if (fields.status === 'completed' && fields.conclusion === undefined) {
    problems.push('"conclusion" is required when "status" is "completed".');
  }
  if (problems.length > 0) throw invalidRequest(...problems);
}

/** Takes over what a request says; everything else stays. Annotations are added to those that are there. */
function apply(call: Call, run: CheckRun, fields: RunFields): void {
  run.name = fields.name ?? run.name;
  run.externalId = fields.external_id ?? run.externalId;
  run.detailsUrl = fields.details_url ?? run.detailsUrl;
  run.actions = (fields.actions as readonly CheckAction[] | undefined) ?? run.actions;
  if (fields.started_at !== undefined) run.startedAt = new Date(fields.started_at);
  if (fields.output) {
    const { annotations = [], title, summary, text } = fields.output;
    run.output = { title: title ?? run.output.title, summary, text: text ?? run.output.text };
    run.annotations.push(...(annotations as readonly CheckAnnotation[]));
  }
  if (fields.conclusion !== undefined) {
    run.status = 'completed';
    run.conclusion = fields.conclusion as Conclusion;
    run.completedAt = fields.completed_at === undefined ? call.world.now() : new Date(fields.completed_at);
  } else if (fields.status !== undefined) {
    run.status = fields.status as CheckStatus;
    run.conclusion = null;
    run.completedAt = null;
  }
}

function listRuns(call: Call, runs: readonly CheckRun[]): Reply {
  const { check_name: name, status, filter = 'latest', app_id: app } = call.parameters;
  const wanted = runs.filter(
    run =>
      (name === undefined || run.name === name) &&
      (status === undefined || run.status === status) &&
      (app === undefined || app === call.world.app.id),
  );
  const listed = filter === 'all' ? wanted : wanted.filter(run => isLatest(run, wanted));
  const { items, headers } = pageOf(call, listed);
  const body = { total_count: listed.length, check_runs: items.map(run => renderCheckRun(call.world, run)) };
  return { status: 200, body, headers };
}

function isLatest(run: CheckRun, among: readonly CheckRun[]): boolean {
  return among.findLast(one => one.name === run.name) === run;
}

function runOf(call: Call): CheckRun {
  const run = checkRunsOf(repositoryOf(call)).find(one => one.id === numberOf(call, 'check_run_id'));
  if (run === undefined) throw notFound();
  return run;
}
