import { answerCommand } from '../commands/answer-command.ts';
import { createConversation } from '../github/conversation.ts';
import { findPullRequests } from '../github/find-pull-requests.ts';
import type { Job } from '../jobs/queue.ts';
import { reviewJob } from './review-job.ts';
import { type CommandWork, keyOf, type RerunWork, type Work } from './work.ts';
import type { Workshop } from './workshop.ts';

/** Does a job. Rejects with what the worker loop decides by whether to try again. */
export async function doWork(workshop: Workshop, job: Job<Work>, signal: AbortSignal): Promise<void> {
  const work = job.data;
  switch (work.kind) {
    case 'review':
      return reviewJob(workshop, { ...job, data: work }, signal);
    case 'rerun':
      return rerun(workshop, work, signal);
    case 'command':
      return obey(workshop, work, signal);
  }
}

async function rerun(
  { clients, queue, log }: Workshop,
  { place, head }: RerunWork,
  signal: AbortSignal,
): Promise<void> {
  const client = await clients.clientFor(place, signal);
  const numbers = await findPullRequests(client, place, head);
  for (const number of numbers) {
    const work: Work = { kind: 'review', place, number };
    await queue.enqueue(keyOf(work), work);
  }
  log.info(
    { repository: `${place.owner}/${place.repo}`, head, pullRequests: numbers },
    'checks are run again',
  );
}

async function obey(
  { clients, queue, log }: Workshop,
  work: CommandWork,
  signal: AbortSignal,
): Promise<void> {
  const { place, number, commentId, command, commander } = work;
  const client = await clients.clientFor(place, signal);
  const conversation = createConversation(client, { ...place, number }, commentId);
  const requestReview = async () => {
    const review: Work = { kind: 'review', place, number };
    await queue.enqueue(keyOf(review), review);
  };
  const outcome = await answerCommand(command, commander, conversation, requestReview);
  log.info({ key: keyOf(work), command: command.name, by: commander.login, outcome }, 'command answered');
}
