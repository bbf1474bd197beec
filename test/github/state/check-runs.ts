import type { CheckRun, CheckSuite, Conclusion, Repository } from './model.ts';
import { openPullRequestsAt } from './pull-requests.ts';
import { register, type World } from './world.ts';

/** The suite of the App for a commit, made when it is first needed. */
export function suiteOf(world: World, repository: Repository, headSha: string): CheckSuite {
  const known = repository.checkSuites.find(suite => suite.headSha === headSha);
  if (known) return known;
  const suite: CheckSuite = register(world, {
    kind: 'check-suite',
    id: world.nextId(),
    repository,
    headSha,
    headBranch: openPullRequestsAt(repository, headSha)[0]?.headBranch ?? null,
    runs: [],
    createdAt: world.now(),
  });
  repository.checkSuites.push(suite);
  return suite;
}

/** Adds a queued run with nothing in it. */
export function addCheckRun(world: World, suite: CheckSuite, name: string): CheckRun {
  const run: CheckRun = register(world, {
    kind: 'check-run',
    id: world.nextId(),
    suite,
    name,
    externalId: '',
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: world.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  });
  suite.runs.push(run);
  return run;
}

/** All runs of a repository, oldest first. */
export function checkRunsOf(repository: Repository): readonly CheckRun[] {
  return repository.checkSuites.flatMap(suite => suite.runs).sort((a, b) => a.id - b.id);
}

/** From the best to the worst: a suite ends as its worst run. */
const severity: readonly Conclusion[] = [
  'success',
  'skipped',
  'neutral',
  'action_required',
  'timed_out',
  'cancelled',
  'failure',
];

/** How a suite stands: completed when all its runs are. */
export function suiteResult(suite: CheckSuite): Pick<CheckRun, 'status' | 'conclusion'> {
  if (suite.runs.length === 0) return { status: 'queued', conclusion: null };
  if (suite.runs.some(run => run.status !== 'completed')) return { status: 'in_progress', conclusion: null };
  const worst = Math.max(...suite.runs.map(run => severity.indexOf(run.conclusion ?? 'success')));
  return { status: 'completed', conclusion: severity[worst] ?? 'success' };
}
