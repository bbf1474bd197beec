import { Refusal } from './refusal.ts';

/** GitHub's secondary rate limits, as far as an App meets them. */
export interface SecondaryLimits {
  /** Requests that create content, in a minute. */
  readonly contentPerMinute: number;
  /** Requests under way at the same time, REST and GraphQL together. */
  readonly concurrent: number;
  /** Comments in one review. Not documented; above some 32 GitHub was seen to refuse (src-d/lookout#264). */
  readonly commentsPerReview: number;
}

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
export const githubSecondaryLimits: SecondaryLimits = {
  contentPerMinute: 80,
  concurrent: 100,
  commentsPerReview: 32,
};

/** Operations that create what people are notified of. */
const creatingContent = new Set([
  'pulls/create-review',
  'pulls/create-review-comment',
  'pulls/create-reply-for-review-comment',
  'issues/create-comment',
]);

/** Counts requests against the limits. */
export interface LimitWatch {
  /** Throws a `Refusal` (403 with `retry-after`) for a request that comes too soon or asks too much. */
  check(request: { readonly operation: string; readonly concurrent: number; readonly body: unknown }): void;
}

/** Makes a watch that has seen nothing yet. `now` is in milliseconds. */
export function createLimitWatch(limits: SecondaryLimits, now: () => number): LimitWatch {
  const created: number[] = [];

  return {
    check({ operation, concurrent, body }) {
      if (concurrent >= limits.concurrent) throw secondaryLimit(60);
      if (!creatingContent.has(operation)) return;
      const { comments = [] } = (body ?? {}) as { comments?: readonly unknown[] };
      if (comments.length > limits.commentsPerReview) throw tooQuickly();
      const time = now();
      const lately = created.filter(one => one > time - 60_000);
      if (lately.length >= limits.contentPerMinute) throw secondaryLimit(60);
      created.push(time);
    },
  };
}

/** 403 as GitHub answers when a secondary limit is met; `retryAfter` in seconds. */
export function secondaryLimit(retryAfter: number): Refusal {
  const message =
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. ' +
    'For more on scraping GitHub and how it may affect your rights, please review our Terms of Service';
  return new Refusal(403, message, { headers: { 'retry-after': String(retryAfter) } });
}

function tooQuickly(): Refusal {
  return new Refusal(422, 'Unprocessable Entity', { errors: ['was submitted too quickly'] });
}
