import { GitHubError, LoopwardenError } from '../errors.ts';

/** How often a job is tried in all. */
const maxAttempts = 6;
const firstDelay = 10_000;
const longestDelay = 15 * 60_000;

/**
 * How long to wait before a job that failed is tried again, in milliseconds; `null` when that cannot help or was
 * tried often enough. `attempt` counts the tries before this one. An error that is none of ours is a bug or a hiccup
 * of the machine: it gets another chance.
 */
export function retryDelay(error: unknown, attempt: number): number | null {
  if (attempt + 1 >= maxAttempts) return null;
  if (error instanceof LoopwardenError && error.retry === 'never') return null;
  const backOff = Math.min(firstDelay * 3 ** attempt, longestDelay);
  const asked = error instanceof GitHubError ? (error.retryAfter ?? 0) : 0;
  return Math.max(asked, backOff);
}
