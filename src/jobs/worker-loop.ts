import type { Clock } from '../clock.ts';
import { pause, systemClock } from '../clock.ts';
import { LoopwardenError } from '../errors.ts';
import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';
import { silentLog } from './log.ts';
import type { Job, Queue } from './queue.ts';
import { retryDelay } from './retry-delay.ts';

/** What a worker loop is made of. Times are in milliseconds. */
export interface WorkerLoopOptions<T> {
  readonly queue: Queue<T>;
  /** Does the work. The signal is aborted when the job's time is over or the process has to end. */
  readonly handle: (job: Job<T>, signal: AbortSignal) => Promise<void>;
  /** Told when a job has failed for good. Its own failure is logged. */
  readonly onGivenUp?: (job: Job<T>, error: unknown) => Promise<void>;
  /** How many jobs run at the same time. */
  readonly concurrency: number;
  /** How long one job may take. */
  readonly timeLimit?: number;
  /** How long it may go on after its signal, to leave things in order. */
  readonly tidyTime?: number;
  readonly clock?: Clock;
  readonly log?: Log;
}

/** Takes jobs from a queue and does them until it is stopped. */
export interface WorkerLoop {
  start(): void;
  /**
   * Takes no more jobs, lets those under way finish within `grace` milliseconds, tells the others to end, and gives them back
   * to the queue.
   */
  stop(grace: number): Promise<void>;
  readonly active: number;
}

const defaultTimeLimit = 10 * 60_000;
const defaultTidyTime = 5000;

/** The queue believes a worker dead only some time after the worker itself would have given up. */
const leaseMargin = 60_000;

/** Makes a worker loop; nothing runs before `start`. */
export function createWorkerLoop<T>(options: WorkerLoopOptions<T>): WorkerLoop {
  const {
    queue,
    handle,
    concurrency,
    timeLimit = defaultTimeLimit,
    tidyTime = defaultTidyTime,
    clock = systemClock,
    log = silentLog,
  } = options;
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const ending = new AbortController();
  let stopListening: (() => void) | null = null;
  let taking = false;
  let missed = false;

  const fill = async () => {
    if (taking) {
      missed = true;
      return;
    }
    taking = true;
    try {
      do {
        missed = false;
        while (running.size < concurrency && !stopping.signal.aborted) {
          const job = await queue.take(timeLimit + leaseMargin);
          if (job === null) break;
          if (stopping.signal.aborted) await queue.fail(job, 'the process is ending', 0);
          else launch(job);
        }
      } while (missed);
    } catch (error) {
      log.error(describeError(error), 'cannot take work from the queue');
      clock.after(5000, wake);
    } finally {
      taking = false;
    }
  };
  const wake = () => void fill();

  const launch = (job: Job<T>) => {
    const work = run(job)
      .catch(error => log.error({ ...describeError(error), key: job.key }, 'cannot report to the queue'))
      .finally(() => {
        running.delete(work);
        wake();
      });
    running.add(work);
  };

  const run = async (job: Job<T>) => {
    const started = clock.now();
    const fields = { key: job.key, attempt: job.attempt };
    log.debug(fields, 'job started');
    try {
      await withinLimits(job);
      await queue.complete(job);
      log.info({ ...fields, durationMs: clock.now() - started }, 'job done');
    } catch (error) {
      const delay = ending.signal.aborted ? 0 : retryDelay(error, job.attempt);
      const level = delay === null ? 'error' : 'warn';
      log[level]({ ...fields, ...describeError(error), retryInMs: delay }, 'job failed');
      await queue.fail(job, describeError(error).message, delay);
      if (delay === null) await giveUp(job, error);
    }
  };

  /** A handler that hears no signal is left behind in the end, so that it cannot hold its place in the loop for ever. */
  const withinLimits = async (job: Job<T>) => {
    const over = new AbortController();
    const cancel = clock.after(timeLimit, () => over.abort(tooSlow(job.key, timeLimit)));
    const signal = AbortSignal.any([over.signal, ending.signal]);
    const left = Promise.withResolvers<never>();
    let cancelLeaving = () => {};
    const leave = () => {
      cancelLeaving = clock.after(tidyTime, () => left.reject(signal.reason));
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      await Promise.race([handle(job, signal), left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      cancelLeaving();
      cancel();
    }
  };

  const giveUp = async (job: Job<T>, error: unknown) => {
    try {
      await options.onGivenUp?.(job, error);
    } catch (second) {
      log.error({ key: job.key, ...describeError(second) }, 'cannot tell that a job failed');
    }
  };

  return {
    start() {
      stopListening ??= queue.onWork(wake);
      wake();
    },
    async stop(grace) {
      stopping.abort();
      stopListening?.();
      const finished = new AbortController();
      const all = Promise.allSettled(running).then(() => finished.abort());
      await pause(clock, grace, finished.signal);
      if (running.size > 0) ending.abort(new Error('The process is ending.'));
      await all;
    },
    get active() {
      return running.size;
    },
  };
}

function tooSlow(key: string, timeLimit: number): LoopwardenError {
  return new LoopwardenError('job-timeout', `${key} took longer than ${timeLimit / 1000} s.`, {
    retry: 'later',
  });
}
