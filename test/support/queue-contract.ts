import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import type { Job, Queue } from '../../src/jobs/queue.ts';
import { createFakeClock, settle } from './fake-clock.ts';

const lease = 60_000;

/** What every driver of the queue must do, whatever keeps its jobs. */
export function describeQueueContract(
  driver: string,
  open: (clock: Clock) => Queue<string> | Promise<Queue<string>>,
): void {
  const setUp = async () => {
    const clock = createFakeClock();
    return { clock, queue: await open(clock) };
  };

  describe(`the queue on ${driver}`, () => {
    it('gives nothing when it is empty', async () => {
      const { queue } = await setUp();

      expect(await queue.take(lease)).toBeNull();
    });

    it('hands a job out once', async () => {
      const { queue } = await setUp();
      await queue.enqueue('a', 'first');

      const job = await queue.take(lease);

      expect(job).toMatchObject({ key: 'a', data: 'first', attempt: 0 });
      expect(await queue.take(lease)).toBeNull();
    });

    it('hands jobs out in the order in which they came', async () => {
      const { queue, clock } = await setUp();
      for (const key of ['a', 'b', 'c']) {
        await queue.enqueue(key, key);
        await clock.advance(1);
      }

      const order = [await taken(queue), await taken(queue), await taken(queue)].map(job => job.key);

      expect(order).toEqual(['a', 'b', 'c']);
    });

    it('replaces a waiting job by a newer one of its key', async () => {
      const { queue } = await setUp();
      await queue.enqueue('a', 'old');
      await queue.enqueue('a', 'new');

      expect((await taken(queue)).data).toBe('new');
      expect(await queue.take(lease)).toBeNull();
    });

    it('never runs two jobs of one key at the same time', async () => {
      const { queue } = await setUp();
      await queue.enqueue('a', 'old');
      const old = await taken(queue);
      await queue.enqueue('a', 'new');

      expect(await queue.take(lease)).toBeNull();
      await queue.complete(old);
      expect((await taken(queue)).data).toBe('new');
    });

    it('runs jobs of other keys meanwhile', async () => {
      const { queue } = await setUp();
      await queue.enqueue('a', 'one');
      await taken(queue);
      await queue.enqueue('b', 'other');

      expect((await taken(queue)).key).toBe('b');
    });

    it('says whether a newer job of a key is waiting', async () => {
      const { queue } = await setUp();
      await queue.enqueue('a', 'old');
      await taken(queue);

      expect(await queue.hasWaiting('a')).toBe(false);
      await queue.enqueue('a', 'new');
      expect(await queue.hasWaiting('a')).toBe(true);
      expect(await queue.hasWaiting('b')).toBe(false);
    });

    it('holds a job back for its delay', async () => {
      const { queue, clock } = await setUp();
      await queue.enqueue('a', 'later', { delay: 2000 });

      expect(await queue.take(lease)).toBeNull();
      await clock.advance(1999);
      expect(await queue.take(lease)).toBeNull();
      await clock.advance(1);
      expect((await taken(queue)).data).toBe('later');
    });

    it('starts the delay anew with the newer job', async () => {
      const { queue, clock } = await setUp();
      await queue.enqueue('a', 'first', { delay: 2000 });
      await clock.advance(1500);
      await queue.enqueue('a', 'second', { delay: 2000 });
      await clock.advance(1500);

      expect(await queue.take(lease)).toBeNull();
      await clock.advance(500);
      expect((await taken(queue)).data).toBe('second');
    });

    it('gives a failed job out again after the delay, as another attempt', async () => {
      const { queue, clock } = await setUp();
      await queue.enqueue('a', 'data');
      await queue.fail(await taken(queue), 'broken', 5000);

      expect(await queue.take(lease)).toBeNull();
      await clock.advance(5000);
      expect(await taken(queue)).toMatchObject({ data: 'data', attempt: 1 });
    });

    it('forgets a failed job for which a newer one is waiting', async () => {
      const { queue, clock } = await setUp();
      await queue.enqueue('a', 'old');
      const old = await taken(queue);
      await queue.enqueue('a', 'new');
      await queue.fail(old, 'broken', 5000);

      const job = await taken(queue);
      await queue.complete(job);
      await clock.advance(5000);

      expect(job).toMatchObject({ data: 'new', attempt: 0 });
      expect(await queue.take(lease)).toBeNull();
    });

    it('counts a job that failed for good and does not give it out again', async () => {
      const { queue, clock } = await setUp();
      await queue.enqueue('a', 'data');
      await queue.fail(await taken(queue), 'broken', null);
      await clock.advance(3_600_000);

      expect(await queue.take(lease)).toBeNull();
      expect(await queue.stats()).toEqual({ waiting: 0, active: 0, failed: 1 });
    });

    it('gives a job out again when its lease has ended', async () => {
      const { queue, clock } = await setUp();
      await queue.enqueue('a', 'data');
      await taken(queue);

      await clock.advance(lease - 1);
      expect(await queue.take(lease)).toBeNull();
      await clock.advance(1);
      expect(await taken(queue)).toMatchObject({ data: 'data', attempt: 1 });
    });

    it('prefers the newer job when a lease has ended', async () => {
      const { queue, clock } = await setUp();
      await queue.enqueue('a', 'old');
      await taken(queue);
      await queue.enqueue('a', 'new');
      await clock.advance(lease);

      expect(await taken(queue)).toMatchObject({ data: 'new', attempt: 0 });
    });

    it.each(['complete', 'fail'] as const)(
      'ignores a late %s by a worker whose lease has ended',
      async verb => {
        const { queue, clock } = await setUp();
        await queue.enqueue('a', 'data');
        const late = await taken(queue);
        await clock.advance(lease);
        const current = await taken(queue);

        if (verb === 'complete') await queue.complete(late);
        else await queue.fail(late, 'late', 0);

        expect(await queue.stats()).toEqual({ waiting: 0, active: 1, failed: 0 });
        await queue.complete(current);
        expect(await queue.stats()).toEqual({ waiting: 0, active: 0, failed: 0 });
      },
    );

    it('says how full it is', async () => {
      const { queue } = await setUp();
      await queue.enqueue('a', '1');
      await queue.enqueue('b', '2');
      await queue.enqueue('c', '3', { delay: 1000 });
      await taken(queue);

      expect(await queue.stats()).toEqual({ waiting: 2, active: 1, failed: 0 });
    });

    it.each<[string, (queue: Queue<string>) => Promise<void>, number]>([
      ['a job comes in', queue => queue.enqueue('a', 'x'), 0],
      ['a delay is over', queue => queue.enqueue('a', 'x', { delay: 3000 }), 3000],
      ['a job is given back', backToTheQueue, 4000],
      ['a job ends that held back another', heldBack, 0],
    ])('calls when %s', async (_when, arrange, after) => {
      const { queue, clock } = await setUp();
      let calls = 0;
      const found: (Job<string> | null)[] = [];
      const stop = queue.onWork(() => {
        calls++;
      });

      await arrange(queue);
      await clock.advance(after);
      found.push(await queue.take(lease));
      stop();

      expect(calls).toBeGreaterThan(0);
      expect(found).toEqual([expect.objectContaining({ key: 'a' })]);
    });

    it('calls no more when told to stop', async () => {
      const { queue, clock } = await setUp();
      let calls = 0;
      queue.onWork(() => calls++)();

      await queue.enqueue('a', 'x');
      await clock.advance(1000);
      await settle();

      expect(calls).toBe(0);
    });

    it('gives nothing and takes nothing once it is closed', async () => {
      const { queue } = await setUp();
      await queue.enqueue('a', 'x');
      await queue.close();

      expect(await queue.take(lease)).toBeNull();
      await expect(queue.enqueue('b', 'y')).rejects.toThrow(/closed/);
    });
  });
}

async function taken(queue: Queue<string>): Promise<Job<string>> {
  const job = await queue.take(lease);
  if (job === null) throw new Error('There is no job to take.');
  return job;
}

async function backToTheQueue(queue: Queue<string>): Promise<void> {
  await queue.enqueue('a', 'x');
  await queue.fail(await taken(queue), 'broken', 4000);
}

async function heldBack(queue: Queue<string>): Promise<void> {
  await queue.enqueue('a', 'old');
  const job = await taken(queue);
  await queue.enqueue('a', 'new');
  await queue.complete(job);
}
