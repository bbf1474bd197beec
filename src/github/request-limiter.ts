import { type Clock, pause, systemClock } from '../clock.ts';
import { GitHubError } from '../errors.ts';
import { createSlots } from '../slots.ts';

/** Keeps the requests of one installation within what GitHub asks of integrations. */
export interface RequestLimiter {
  /** Sends when it may. After GitHub has asked for a pause, rejects at once until that is over. */
  run<T>(kind: 'read' | 'write', send: () => Promise<T>): Promise<T>;
}

/** How a limiter paces. Times are in milliseconds. */
export interface RequestLimiterOptions {
  readonly clock?: Clock;
  /** How many reads at the same time; GitHub's own limit is 100 for everything. */
  readonly concurrency?: number;
  /** How long from one write to the next, on average. */
  readonly writeGap?: number;
  /** How many writes after a quiet time need not wait for each other. */
  readonly writeBurst?: number;
}

/** Where GitHub does not say how long. */
const unnamedPause = 60_000;

/**
 * Makes a limiter: reads side by side; writes one after the other, a second apart once there are more than a review needs;
 * nothing while GitHub has asked for a pause (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
 */
export function createRequestLimiter(options: RequestLimiterOptions = {}): RequestLimiter {
  const { clock = systemClock, concurrency = 10, writeGap = 1000, writeBurst = 5 } = options;
  const reads = createSlots(concurrency);
  const writes = createSlots(1);
  /** When the writes so far would have been sent had each waited for its turn. */
  let writtenUntil = 0;
  let pausedUntil = 0;

  const guarded = async <T>(send: () => Promise<T>): Promise<T> => {
    const left = pausedUntil - clock.now();
    if (left > 0) {
      throw new GitHubError('rate-limited', 'GitHub has asked for a pause that is not over yet.', {
        retryAfter: left,
      });
    }
    try {
      return await send();
    } catch (error) {
      if (error instanceof GitHubError && error.kind === 'rate-limited') {
        pausedUntil = Math.max(pausedUntil, clock.now() + (error.retryAfter ?? unnamedPause));
      }
      throw error;
    }
  };

  return {
    run(kind, send) {
      if (kind === 'read') return reads.run(() => guarded(send));
      return writes.run(async () => {
        await pause(clock, writtenUntil - (writeBurst - 1) * writeGap - clock.now());
        writtenUntil = Math.max(writtenUntil, clock.now()) + writeGap;
        return guarded(send);
      });
    },
  };
}

/** Lets everything through at once: for a single run, and for tests. */
export const noLimiter: RequestLimiter = { run: (_kind, send) => send() };
