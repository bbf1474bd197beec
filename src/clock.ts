/** Time, as far as jobs and pacing need it, so that tests can turn the hands. Milliseconds. */
export interface Clock {
  /** Since 1970. */
  now(): number;
  /** Calls back once after `delay`; returns what calls it off. */
  after(delay: number, callback: () => void): () => void;
}

/** The longest delay that `setTimeout` knows; a longer one would fire at once. */
const longestTimeout = 2 ** 31 - 1;

/** The machine's own time, for a server: what it waits for never keeps the process alive. */
export const systemClock: Clock = machineClock(timer => timer.unref());

/** The machine's own time, for a program that ends by itself: not before what it waits for. */
export const wakefulClock: Clock = machineClock(() => {});

function machineClock(onStart: (timer: NodeJS.Timeout) => void): Clock {
  return {
    now: () => Date.now(),
    after(delay, callback) {
      const timer = setTimeout(callback, Math.min(Math.max(delay, 0), longestTimeout));
      onStart(timer);
      return () => clearTimeout(timer);
    },
  };
}

/** Resolves after `delay` milliseconds (at once for none), or as soon as the signal is aborted. */
export function pause(clock: Clock, delay: number, signal?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (delay <= 0 || signal?.aborted) return resolve();
    const done = () => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(delay, done);
    signal?.addEventListener('abort', done);
  });
}
