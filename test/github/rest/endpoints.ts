import type { Endpoint } from '../http/endpoint.ts';
import { appEndpoints } from './apps.ts';
import { checkRunEndpoints } from './check-runs.ts';
import { checkSuiteEndpoints } from './check-suites.ts';
import { commitEndpoints } from './commits.ts';
import { contentEndpoints } from './contents.ts';
import { gitDataEndpoints } from './git-data.ts';
import { issueEndpoints } from './issues.ts';
import { pullRequestEndpoints } from './pull-requests.ts';
import { reactionEndpoints } from './reactions.ts';
import { repositoryEndpoints } from './repositories.ts';
import { reviewCommentEndpoints } from './review-comments.ts';
import { reviewEndpoints } from './reviews.ts';
import { userEndpoints } from './users.ts';
import { webhookDeliveryEndpoints } from './webhook-deliveries.ts';

/** Every operation of the REST API that the stand-in serves, by its name in GitHub's description. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(
  [
    ...appEndpoints,
    ...checkRunEndpoints,
    ...checkSuiteEndpoints,
    ...commitEndpoints,
    ...contentEndpoints,
    ...gitDataEndpoints,
    ...issueEndpoints,
    ...pullRequestEndpoints,
    ...reactionEndpoints,
    ...repositoryEndpoints,
    ...reviewCommentEndpoints,
    ...reviewEndpoints,
    ...userEndpoints,
    ...webhookDeliveryEndpoints,
  ].map(one => [one.operation, one]),
);
