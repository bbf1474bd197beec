import { created, numberOf, ok, repositoryOf } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { notFound, Refusal } from '../http/refusal.ts';
import { renderCheckSuite } from '../render/check-run.ts';
import { suiteOf } from '../state/check-runs.ts';

/** Check suites. https://docs.github.com/rest/checks/suites */
export const checkSuiteEndpoints = [
  endpoint('checks/get-suite', { checks: 'read' }, async call => {
    const suite = repositoryOf(call).checkSuites.find(one => one.id === numberOf(call, 'check_suite_id'));
    if (suite === undefined) throw notFound();
    return ok(await renderCheckSuite(call.world, suite));
  }),

  endpoint('checks/create-suite', { checks: 'write' }, async call => {
    const repository = repositoryOf(call);
    const { head_sha: headSha } = call.body as { head_sha: string };
    if ((await repository.git.resolve(headSha)) !== headSha) {
      throw new Refusal(422, `No commit found for SHA: ${headSha}`);
    }
    const known = repository.checkSuites.some(suite => suite.headSha === headSha);
    const rendered = await renderCheckSuite(call.world, suiteOf(call.world, repository, headSha));
    return known ? ok(rendered) : created(rendered);
  }),
];
