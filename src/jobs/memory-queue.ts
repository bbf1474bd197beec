import type { Clock } from '../clock.ts';
import { systemClock } from '../clock.ts';
import type { Job, Queue } from './queue.ts';

interface Waiting<T> {
  readonly id: string;
  readonly data: T;
  readonly attempt: number;
  readonly runAt: number;
  /** Keeps the order among those due at the same time. */
  readonly order: number;
}

interface Active<T> {
  readonly job: Job<T>;
  readonly leaseEnd: number;
}

/** A queue in this process's memory: what is in it is gone when the process ends. */
export function createMemoryQueue<T>(clock: Clock = systemClock): Queue<T> {
  const waiting = new Map<string, Waiting<T>>();
  const active = new Map<string, Active<T>>();
  const listeners = new Set<() => void>();
  const alarms = new Set<() => void>();
  let failed = 0;
  let counter = 0;
  let closed = false;

  const announce = (delay: number) => {
    const due = clock.now() + delay;
    const cancel = clock.after(delay, () => {
      alarms.delete(cancel);
      // A timer may fire a moment early: whoever asked then would be told that nothing is due.
      const early = due - clock.now();
      if (early > 0) return announce(Math.max(early, 1));
      for (const listener of listeners) listener();
    });
    alarms.add(cancel);
  };

  const put = (key: string, id: string, data: T, attempt: number, delay: number) => {
    waiting.set(key, { id, data, attempt, runAt: clock.now() + delay, order: counter++ });
    announce(delay);
  };

  /** A job whose worker died goes back, unless a newer one of its key is waiting already. */
  const reclaim = () => {
    for (const [key, { job, leaseEnd }] of active) {
      if (leaseEnd > clock.now()) continue;
      active.delete(key);
      if (!waiting.has(key)) put(key, job.id, job.data, job.attempt + 1, 0);
    }
  };

  /** Whoever comes back after the lease has ended no longer holds the job. */
  const release = (job: Job<T>): boolean => {
    const held = active.get(job.key)?.job;
    if (held?.id !== job.id || held.attempt !== job.attempt) return false;
    active.delete(job.key);
    return true;
  };

  const next = (): [string, Waiting<T>] | undefined => {
    let best: [string, Waiting<T>] | undefined;
    for (const entry of waiting) {
      const [key, candidate] = entry;
      if (candidate.runAt > clock.now() || active.has(key)) continue;
      if (best === undefined || isBefore(candidate, best[1])) best = entry;
    }
    return best;
  };

  return {
    async enqueue(key, data, options) {
      if (closed) throw new Error('The queue is closed.');
      put(key, `${++counter}`, data, 0, options?.delay ?? 0);
    },
    async hasWaiting(key) {
      return waiting.has(key);
    },
    async take(lease) {
      if (closed) return null;
      reclaim();
      const found = next();
      if (found === undefined) return null;
      const [key, { id, data, attempt }] = found;
      const job: Job<T> = { id, key, data, attempt };
      waiting.delete(key);
      active.set(key, { job, leaseEnd: clock.now() + lease });
      announce(lease);
      return job;
    },
    async complete(job) {
      if (release(job) && waiting.has(job.key)) announce(0);
    },
    async fail(job, _reason, delay) {
      if (!release(job)) return;
      if (waiting.has(job.key)) return announce(0);
      if (delay === null) failed++;
      else put(job.key, job.id, job.data, job.attempt + 1, delay);
    },
    async stats() {
      return { waiting: waiting.size, active: active.size, failed };
    },
    onWork(callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    async close() {
      closed = true;
      for (const cancel of alarms) cancel();
      alarms.clear();
      listeners.clear();
    },
  };
}

function isBefore<T>(a: Waiting<T>, b: Waiting<T>): boolean {
  return a.runAt === b.runAt ? a.order < b.order : a.runAt < b.runAt;
}
