import { completeLeftCheckRuns } from '../github/report-check-run.ts';
import type { Job } from '../jobs/queue.ts';
import { CHECK_NAME } from '../review/compose-review.ts';
import type { CheckRunResult } from '../review/ports.ts';
import { openWork } from './open-work.ts';
import { reviewJob } from './review-job.ts';
import type { CloseWork } from './work.ts';
import type { Workshop } from './workshop.ts';

/**
 * Tidies up after a pull request that was closed. What waited for it was dropped when this job took its place; a check that
 * stands is left as it is, and one that a broken-off review has left open is completed.
 */
export async function closeJob(workshop: Workshop, job: Job<CloseWork>, signal: AbortSignal): Promise<void> {
  const { place, number } = job.data;
  const { client, pull, place: spot } = await openWork(workshop, job.data, signal);
  // Events come in any order: it may have been opened again.
  if (pull.open) return reviewJob(workshop, { ...job, data: { kind: 'review', place, number } }, signal);
  const result: CheckRunResult = {
    name: CHECK_NAME,
    conclusion: 'skipped',
    output: { title: 'Not reviewed', summary: 'The pull request is closed.', annotations: [] },
  };
  const { login } = await workshop.identity.get();
  await completeLeftCheckRuns(client, spot, pull.head, result, login);
}
