import { expect, it } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { describeQueueContract } from '../../test/support/queue-contract.ts';
import { createMemoryQueue } from './memory-queue.ts';

describeQueueContract('memory', clock => createMemoryQueue(clock));

it('tells of a job when it is due, though the timer fires a moment early', async () => {
  const clock = createFakeClock();
  const early = {
    now: clock.now,
    after: (delay: number, callback: () => void) => clock.after(delay > 10 ? delay - 1 : delay, callback),
  };
  const queue = createMemoryQueue<string>(early);
  const taken: (string | undefined)[] = [];
  queue.onWork(() => {
    void queue.take(1000).then(job => taken.push(job?.data));
  });

  await queue.enqueue('a', 'work', { delay: 50 });
  await clock.advance(49);
  expect(taken).toEqual([]);
  await clock.advance(1);
  expect(taken).toEqual(['work']);
});
