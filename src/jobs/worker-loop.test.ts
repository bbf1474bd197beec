import { describe, expect, it } from 'vitest';
import { createFakeClock, type FakeClock, settle } from '../../test/support/fake-clock.ts';
import { pause } from '../clock.ts';
import { GitHubError } from '../errors.ts';
import { createMemoryQueue } from './memory-queue.ts';
import type { Job, Queue } from './queue.ts';
import { createWorkerLoop, type WorkerLoop, type WorkerLoopOptions } from './worker-loop.ts';

/** A handler whose jobs end when the test says so. */
function openHandler() {
  const open = new Map<string, PromiseWithResolvers<void>>();
  const seen: string[] = [];
  return {
    seen,
    handle: (job: Job<string>) => {
      const ending = Promise.withResolvers<void>();
      open.set(job.key, ending);
      seen.push(`${job.key}:${job.data}:${job.attempt}`);
      return ending.promise;
    },
    finish: (key: string) => open.get(key)?.resolve(),
    fail: (key: string, error: unknown) => open.get(key)?.reject(error),
  };
}

function setUp(options: Partial<WorkerLoopOptions<string>> = {}) {
  const clock = createFakeClock();
  const queue = createMemoryQueue<string>(clock);
  const handler = openHandler();
  const loop = createWorkerLoop({ queue, clock, handle: handler.handle, concurrency: 2, ...options });
  loop.start();
  return { clock, queue, loop, ...handler };
}

describe('createWorkerLoop', () => {
  it('runs what is in the queue already', async () => {
    const clock = createFakeClock();
    const queue = createMemoryQueue<string>(clock);
    await queue.enqueue('a', 'x');
    const { handle, seen } = openHandler();

    createWorkerLoop({ queue, clock, handle, concurrency: 1 }).start();
    await settle();

    expect(seen).toEqual(['a:x:0']);
  });

  it('runs as many jobs at a time as it may, and the next when one ends', async () => {
    const { clock, queue, seen, finish, loop } = setUp();
    for (const key of ['a', 'b', 'c']) await queue.enqueue(key, 'x');
    await clock.advance(0);
    expect(seen).toEqual(['a:x:0', 'b:x:0']);
    expect(loop.active).toBe(2);

    finish('a');
    await clock.advance(0);

    expect(seen).toEqual(['a:x:0', 'b:x:0', 'c:x:0']);
  });

  it('runs the newer job of a key when the one under way has ended', async () => {
    const { clock, queue, seen, finish } = setUp();
    await queue.enqueue('a', 'old');
    await clock.advance(0);
    await queue.enqueue('a', 'new');
    await clock.advance(0);
    expect(seen).toEqual(['a:old:0']);

    finish('a');
    await clock.advance(0);

    expect(seen).toEqual(['a:old:0', 'a:new:0']);
  });

  it('tries again when GitHub says that it may', async () => {
    const { clock, queue, seen, fail } = setUp();
    await queue.enqueue('a', 'x');
    await clock.advance(0);
    fail('a', new GitHubError('rate-limited', 'slow down', { retryAfter: 120_000 }));
    await clock.advance(119_999);
    expect(seen).toHaveLength(1);

    await clock.advance(1);

    expect(seen).toEqual(['a:x:0', 'a:x:1']);
  });

  it('gives up what cannot get better, and says so', async () => {
    const given: string[] = [];
    const { clock, queue, seen, fail } = setUp({
      onGivenUp: async (job, error) => void given.push(`${job.key}: ${String(error)}`),
    });
    await queue.enqueue('a', 'x');
    await clock.advance(0);
    fail('a', new GitHubError('forbidden', 'no access'));
    await clock.advance(86_400_000);

    expect(seen).toHaveLength(1);
    expect(given).toEqual(['a: GitHubError: no access']);
    expect(await queue.stats()).toEqual({ waiting: 0, active: 0, failed: 1 });
  });

  it('goes on when even the word of giving up fails', async () => {
    const { clock, queue, seen, fail } = setUp({
      onGivenUp: () => Promise.reject(new Error('no')),
      concurrency: 1,
    });
    await queue.enqueue('a', 'x');
    await queue.enqueue('b', 'x');
    await clock.advance(0);
    fail('a', new GitHubError('forbidden', 'no access'));
    await clock.advance(0);

    expect(seen).toEqual(['a:x:0', 'b:x:0']);
  });

  it('takes its place back from a job that hears no signal, and tries it again', async () => {
    const { clock, queue, seen } = setUp({ timeLimit: 5000, tidyTime: 1000, concurrency: 1 });
    await queue.enqueue('a', 'x');
    await queue.enqueue('b', 'x');
    await clock.advance(6000);
    expect(seen).toEqual(['a:x:0', 'b:x:0']);

    await clock.advance(15_000);

    expect(seen).toContain('a:x:1');
  });

  it('goes on after the queue has failed to give work', async () => {
    const clock = createFakeClock();
    const queue = createMemoryQueue<string>(clock);
    let broken = true;
    const shaky: Queue<string> = {
      ...queue,
      take: lease => (broken ? Promise.reject(new Error('database is locked')) : queue.take(lease)),
    };
    const { handle, seen } = openHandler();
    await queue.enqueue('a', 'x');
    createWorkerLoop({ queue: shaky, clock, handle, concurrency: 1 }).start();
    await settle();

    broken = false;
    await clock.advance(5000);

    expect(seen).toEqual(['a:x:0']);
  });
});

describe('stopping', () => {
  const stopping = async (loop: WorkerLoop, clock: FakeClock, grace: number) => {
    let stopped = false;
    void loop.stop(grace).then(() => {
      stopped = true;
    });
    await clock.advance(0);
    return () => stopped;
  };

  it('is done at once when nothing runs', async () => {
    const { loop, clock } = setUp();

    expect((await stopping(loop, clock, 10_000))()).toBe(true);
  });

  it('waits for the jobs under way and takes no other', async () => {
    const { clock, queue, seen, finish, loop } = setUp({ concurrency: 1 });
    await queue.enqueue('a', 'x');
    await queue.enqueue('b', 'x');
    await clock.advance(0);
    const isStopped = await stopping(loop, clock, 10_000);
    await clock.advance(5000);
    expect(isStopped()).toBe(false);

    finish('a');
    await clock.advance(0);

    expect(isStopped()).toBe(true);
    expect(seen).toEqual(['a:x:0']);
  });

  it('gives a job that does not end in time back to the queue', async () => {
    const { clock, queue, loop } = setUp();
    await queue.enqueue('a', 'x');
    await clock.advance(0);
    const isStopped = await stopping(loop, clock, 10_000);

    await clock.advance(15_000);

    expect(isStopped()).toBe(true);
    expect(await queue.take(1000)).toMatchObject({ key: 'a', attempt: 1 });
  });

  it('lets a job that was told to end leave things in order', async () => {
    const done: string[] = [];
    const clock = createFakeClock();
    const queue = createMemoryQueue<string>(clock);
    const handle = async (_job: unknown, signal: AbortSignal) => {
      await new Promise(resolve => signal.addEventListener('abort', resolve));
      await pause(clock, 4000);
      done.push('tidied up');
      signal.throwIfAborted();
    };
    const loop = createWorkerLoop({ queue, clock, handle, concurrency: 1 });
    loop.start();
    await queue.enqueue('a', 'x');
    await clock.advance(0);
    const isStopped = await stopping(loop, clock, 1000);
    await clock.advance(5000);

    expect(isStopped()).toBe(true);
    expect(done).toEqual(['tidied up']);
    expect(await queue.take(1000)).toMatchObject({ key: 'a', attempt: 1 });
  });

  it('tells the job by its signal', async () => {
    const signals: AbortSignal[] = [];
    const { clock, queue, loop } = setUp({
      handle: (_job, signal) => {
        signals.push(signal);
        return Promise.withResolvers<void>().promise;
      },
    });
    await queue.enqueue('a', 'x');
    await clock.advance(0);
    await stopping(loop, clock, 1000);
    await clock.advance(1000);

    expect(signals.map(signal => signal.aborted)).toEqual([true]);
  });
});
