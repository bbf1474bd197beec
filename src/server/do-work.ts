import { findPullRequests } from '../github/find-pull-requests.ts';
import { hasCheckRun } from '../github/report-check-run.ts';
import type { Job } from '../jobs/queue.ts';
import { CHECK_NAME } from '../review/compose-review.ts';
import { buttonJob } from './button-job.ts';
import { closeJob } from './close-job.ts';
import { commandJob, reportCommandGivenUp } from './command-job.ts';
import { labelJob } from './label-job.ts';
import { mergeGroupJob } from './merge-group-job.ts';
import { reportGivenUp, reviewJob } from './review-job.ts';
import { keyOf, type RerunWork, type Work } from './work.ts';
import type { Workshop } from './workshop.ts';

/** Does a job. Rejects with what the worker loop decides by whether to try again. */
export async function doWork(workshop: Workshop, job: Job<Work>, signal: AbortSignal): Promise<void> {
  const work = job.data;
  switch (work.kind) {
    case 'review':
      return reviewJob(workshop, { ...job, data: work }, signal);
    case 'close':
      return closeJob(workshop, { ...job, data: work }, signal);
    case 'label':
      return labelJob(workshop, work, signal);
    case 'rerun':
      return rerun(workshop, work, signal);
    case 'command':
      return commandJob(workshop, work, signal);
    case 'button':
      return buttonJob(workshop, work, signal);
    case 'merge-group':
      return mergeGroupJob(workshop, work, signal);
  }
}

/** Tells those who wait that a job was given up. */
export async function giveUp(workshop: Workshop, work: Work, error: unknown): Promise<void> {
  if (work.kind === 'review') await reportGivenUp(workshop, work, error);
  if (work.kind === 'command') await reportCommandGivenUp(workshop, work, error);
}

async function rerun(
  { clients, identity, queue, log }: Workshop,
  { place, head, unlessDone }: RerunWork,
  signal: AbortSignal,
): Promise<void> {
  const client = await clients.clientFor(place, signal);
  const fields = { repository: `${place.owner}/${place.repo}`, head };
  const numbers = await findPullRequests(client, place, head);
  if (unlessDone && numbers.length > 0) {
    const { login } = await identity.get();
    if (await hasCheckRun(client, place, head, { name: CHECK_NAME, login })) return;
  }
  for (const number of numbers) {
    const work: Work = { kind: 'review', place, number };
    if (unlessDone && (await queue.hasWaiting(keyOf(work)))) continue;
    await queue.enqueue(keyOf(work), work);
  }
  log.info({ ...fields, pullRequests: numbers }, 'checks are run again');
}
