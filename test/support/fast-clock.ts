import { type Clock, systemClock } from '../../src/clock.ts';

/** A clock that goes so many times as fast as the machine's, from its time. */
export function createFastClock(speed: number): Clock {
  const start = systemClock.now();
  return {
    now: () => start + (systemClock.now() - start) * speed,
    after: (delay, callback) => systemClock.after(delay / speed, callback),
  };
}
