import { type Clock, systemClock } from '../../src/clock.ts';

/**
 * The pace of tests in which hours pass: a clock that is so many times as fast as the machine's, and, as the machine is not, ten
 * minutes of its own for each job.
 */
export function createFastPace(speed: number): { readonly clock: Clock; readonly jobTime: number } {
  return { clock: createFastClock(speed), jobTime: speed * 600_000 };
}

/** A clock that goes so many times as fast as the machine's, from its time. */
function createFastClock(speed: number): Clock {
  const start = systemClock.now();
  return {
    now: () => start + (systemClock.now() - start) * speed,
    after: (delay, callback) => systemClock.after(delay / speed, callback),
  };
}
