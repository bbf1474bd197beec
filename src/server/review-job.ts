import { GitHubError } from '../errors.ts';
import { completeCheckRun, startCheckRun } from '../github/check-run.ts';
import { readPullRequest } from '../github/read-pull-request.ts';
import { describeError } from '../jobs/describe-error.ts';
import type { Job } from '../jobs/queue.ts';
import { CHECK_NAME } from '../review/compose-review.ts';
import { type ReviewOutcome, reviewPullRequest } from '../review/review-pull-request.ts';
import { canCommit, openWork } from './open-work.ts';
import { readRepositorySettings } from './repository-settings.ts';
import type { ReviewWork } from './work.ts';
import type { Workshop } from './workshop.ts';

/** Reviews a pull request as it is now, by the configuration at its base. */
export async function reviewJob(
  workshop: Workshop,
  job: Job<ReviewWork>,
  signal: AbortSignal,
): Promise<void> {
  const { identity, threads, queue, shared, metrics, log } = workshop;
  const others = shared.othersOf(job.data.place, signal);
  const { pages } = await identity.get();
  const { host, pull, baseFiles, headFiles } = await openWork(workshop, job.data, signal, {
    readsAhead: true,
  });
  const settings = await readRepositorySettings({ base: baseFiles, head: headFiles, others });
  const analyser = threads.analyserFor(settings.engine, pages);
  const outcome = await reviewPullRequest(host, analyser, settings.review, {
    isSuperseded: () => queue.hasWaiting(job.key),
    signal,
    canCommit: () => canCommit(workshop, job.data, pull, signal),
  });
  metrics.reviewed(outcome);
  const level = outcome.kind === 'failed' ? 'error' : 'info';
  log[level]({ key: job.key, ...describeOutcome(outcome) }, 'review ended');
}

/**
 * Says in the check run that a review was given up, so that nobody waits for another try. By single requests: where one part
 * of GitHub fails for long, others may answer.
 */
export async function reportGivenUp(
  { clients, identity }: Workshop,
  { place, number }: ReviewWork,
  error: unknown,
): Promise<void> {
  const client = await clients.clientFor(place, AbortSignal.timeout(30_000));
  const spot = { owner: place.owner, repo: place.repo, number };
  const { login } = await identity.get();
  const { head } = await readPullRequest(client, spot);
  const reason = error instanceof GitHubError ? ` ${error.message}` : '';
  await completeCheckRun(client, spot, await startCheckRun(client, spot, head, login), {
    name: CHECK_NAME,
    conclusion: 'neutral',
    output: {
      title: 'Not reviewed',
      summary: `The review failed and will not be tried again by itself.${reason} To try it again: "Re-run" here, or \`/loopwarden review\` in a comment.`,
      annotations: [],
    },
  });
}

function describeOutcome(outcome: ReviewOutcome): object {
  switch (outcome.kind) {
    case 'skipped':
      return { outcome: outcome.kind, reason: outcome.reason };
    case 'superseded':
      return { outcome: outcome.kind };
    case 'failed':
      return { outcome: outcome.kind, ...describeError(outcome.error) };
    case 'reviewed': {
      const { review, posted, refused, tended } = outcome;
      const { resolved, minimized, failed, reopened, noted } = tended;
      return {
        outcome: outcome.kind,
        findings: review.findings.length,
        posted,
        refused,
        threads: {
          resolved: resolved.length,
          minimized: minimized.length,
          failed,
          reopened: reopened.length,
          noted: noted.length,
        },
      };
    }
  }
}
