import { describe, expect, it } from 'vitest';
import { GitHubError, StaleHeadError, UsageError } from '../errors.ts';
import { retryDelay } from './retry-delay.ts';

describe('retryDelay', () => {
  it.each([
    ['a network failure', new GitHubError('network', 'x'), 0, 10_000],
    ['the second network failure', new GitHubError('network', 'x'), 1, 30_000],
    ['a network failure after many', new GitHubError('network', 'x'), 4, 810_000],
    [
      'a rate limit that says when',
      new GitHubError('rate-limited', 'x', { retryAfter: 1_800_000 }),
      0,
      1_800_000,
    ],
    [
      'a rate limit that says too soon',
      new GitHubError('rate-limited', 'x', { retryAfter: 1000 }),
      1,
      30_000,
    ],
    ['a bug', new TypeError('x'), 0, 10_000],
  ])('waits after %s', (_what, error, attempt, expected) => {
    expect(retryDelay(error, attempt)).toBe(expected);
  });

  it.each([
    ['what is forbidden', new GitHubError('forbidden', 'x'), 0],
    ['what is not there', new GitHubError('not-found', 'x'), 0],
    ['a head that moved', new StaleHeadError('x'), 0],
    ['wrong usage', new UsageError('x'), 0],
    ['what failed six times', new GitHubError('network', 'x'), 5],
  ])('gives up on %s', (_what, error, attempt) => {
    expect(retryDelay(error, attempt)).toBeNull();
  });
});
