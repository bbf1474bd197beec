import { LRUCache } from 'lru-cache';
import type { QueueStats } from '../jobs/queue.ts';
import { readRule } from '../report/comment-body.ts';
import type { ReviewThread } from '../review/ports.ts';
import type { ReviewOutcome } from '../review/review-pull-request.ts';
import { createMetrics } from './metrics.ts';

/** What an operator wants to know of the work that is done. */
export interface WorkMetrics {
  /** Counts a review, what it found, and what people made of earlier comments. */
  reviewed(outcome: ReviewOutcome): void;
  /** Does a job and measures it. */
  timed(kind: string, work: () => Promise<void>): Promise<void>;
  render(): Promise<string>;
}

/** Seconds. */
const durations = [0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600];

/**
 * Makes the metrics of the work. What people think of comments is counted once for each comment, as far as this process
 * remembers: after a restart, what is seen again counts again.
 */
export function createWorkMetrics(queue: { stats(): Promise<QueueStats> }): WorkMetrics {
  const metrics = createMetrics();
  const reviews = metrics.counter('loopwarden_reviews_total', 'Reviews, by how they ended.');
  const findings = metrics.counter(
    'loopwarden_findings_total',
    'Findings, by rule and severity; one that stays counts in each review of its pull request.',
  );
  const comments = metrics.counter('loopwarden_comments_total', 'Comments that were posted, by rule.');
  const threads = metrics.counter('loopwarden_threads_total', 'Threads that something was done to, by what.');
  const judged = metrics.counter(
    'loopwarden_comments_judged_total',
    'Comments that people did not want, by rule: thumbs_down, or dismissed (resolved although the finding stayed).',
  );
  const jobs = metrics.counter('loopwarden_jobs_total', 'Jobs, by kind and how they ended.');
  const times = metrics.histogram(
    'loopwarden_job_duration_seconds',
    'How long jobs took, by kind.',
    durations,
  );
  metrics.gauge('loopwarden_queue_jobs', 'Jobs in the queue, by state.', async () => {
    const { waiting, active, failed } = await queue.stats();
    return Object.entries({ waiting, active, failed }).map(([state, count]) => [{ state }, count]);
  });
  /** By comment, how many thumbs were counted; by thread, whether it was. */
  const seen = new LRUCache<string, number>({ max: 50_000 });

  const judge = (
    key: string,
    count: number,
    labels: { readonly judgement: string },
    thread: ReviewThread,
  ) => {
    const known = seen.get(key) ?? 0;
    if (count <= known) return;
    seen.set(key, count);
    judged.add({ rule: thread.rule ?? 'unknown', ...labels }, count - known);
  };

  return {
    reviewed(outcome) {
      reviews.add({ outcome: outcome.kind });
      if (outcome.kind !== 'reviewed') return;
      const { review, posted, tended, dismissed } = outcome;
      for (const { rule, severity } of review.findings) findings.add({ rule, severity });
      if (posted > 0) {
        for (const { body } of review.review.comments) comments.add({ rule: readRule(body) ?? 'unknown' });
      }
      const done = {
        resolved: tended.resolved.length,
        hidden: tended.minimized.length,
        reopened: tended.reopened.length,
        noted: tended.noted.length,
        failed: tended.failed,
      };
      for (const [what, count] of Object.entries(done)) if (count > 0) threads.add({ done: what }, count);
      for (const thread of outcome.threads) {
        judge(
          `comment ${thread.comments[0].nodeId}`,
          thread.thumbsDown,
          { judgement: 'thumbs_down' },
          thread,
        );
      }
      for (const thread of dismissed) judge(`thread ${thread.id}`, 1, { judgement: 'dismissed' }, thread);
    },
    async timed(kind, work) {
      const start = performance.now();
      let outcome = 'failed';
      try {
        await work();
        outcome = 'done';
      } finally {
        jobs.add({ kind, outcome });
        times.observe({ kind }, (performance.now() - start) / 1000);
      }
    },
    render: () => metrics.render(),
  };
}
