import type { Clock } from '../../src/clock.ts';

/** A clock that only moves when told to. */
export interface FakeClock extends Clock {
  /** Moves on, calling back whatever falls due on the way, in order, and lets promises settle after each. */
  advance(milliseconds: number): Promise<void>;
  /** How many callbacks are waiting. */
  readonly pending: number;
}

/** Makes a clock that stands at `start` milliseconds since 1970. */
export function createFakeClock(start = 1_800_000_000_000): FakeClock {
  let now = start;
  let timers: { readonly due: number; readonly callback: () => void }[] = [];

  return {
    now: () => now,
    after(delay, callback) {
      const timer = { due: now + Math.max(delay, 0), callback };
      timers.push(timer);
      return () => {
        timers = timers.filter(other => other !== timer);
      };
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        await settle();
        const next = timers.toSorted((a, b) => a.due - b.due)[0];
        if (next === undefined || next.due > end) break;
        timers = timers.filter(other => other !== next);
        now = Math.max(now, next.due);
        next.callback();
      }
      now = end;
      await settle();
    },
    get pending() {
      return timers.length;
    },
  };
}

/** Lets everything that waits for a promise only, not for time or the network, run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
}
