import { reportCheckRun } from '../github/report-check-run.ts';
import { CHECK_NAME } from '../review/compose-review.ts';
import type { CheckRunResult } from '../review/ports.ts';
import type { MergeGroupWork } from './work.ts';
import type { Workshop } from './workshop.ts';

/**
 * Completes the check of a merge queue's commit at once: nobody reads comments there, and a queue stalls until its timeout
 * where a required check is missing
 * (https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue).
 */
export async function mergeGroupJob(
  { clients, identity }: Workshop,
  { place, head }: MergeGroupWork,
  signal: AbortSignal,
): Promise<void> {
  const client = await clients.clientFor(place, signal);
  const result: CheckRunResult = {
    name: CHECK_NAME,
    conclusion: 'neutral',
    output: {
      title: 'Reviewed in the pull requests',
      summary:
        "Each pull request was reviewed before it came into the merge queue. The queue's own commits are not reviewed again.",
      annotations: [],
    },
  };
  const { login } = await identity.get();
  await reportCheckRun(client, place, head, result, login);
}
