import { describe, expect, it } from 'vitest';
import { libraryFacts } from '../../rules/generated/library-facts.ts';
import { modelOf } from '../../test/support/model.ts';
import { descendants } from '../python/visitor.ts';
import { awaitsOwnWork } from './own-work.ts';

/** Whether the `try` body in a coroutine does work of its own. */
async function isOwn(body: string): Promise<boolean> {
  const model = await modelOf(
    `import asyncio\n\nasync def f(self, job, tasks, queue: asyncio.Queue, event: asyncio.Event):\n    try:\n        ${body}\n    except E:\n        pass\n`,
    libraryFacts,
  );
  const attempt = [...descendants(model.parsed.module)].find(node => node.kind === 'Try');
  return awaitsOwnWork(attempt?.body ?? [], model);
}

describe('awaitsOwnWork', () => {
  it.each([
    'await job()',
    'await queue.get()',
    'await event.wait()',
    'await asyncio.sleep(1)',
    'x = [await job(n) for n in tasks]',
    'await asyncio.wait_for(job(), 1)',
    'await asyncio.shield(self.save())',
    'async with self.session: pass',
    'async for x in job(): pass',
    'yield 1',
    'await self.stop(); await job()',
  ])('%s', async body => expect(await isOwn(body)).toBe(true));

  it.each([
    'await self.task',
    'await tasks[0]',
    'await asyncio.gather(*tasks)',
    'await asyncio.wait(tasks)',
    'await job.wait()',
    'await self._wait_all()',
    'await asyncio.wait_for(self.task, 1)',
    'await asyncio.wait_for(asyncio.create_task(job()), 1)',
    'await asyncio.shield(self.task)',
    'await queue.join()',
    'await self.session.aclose()',
    'await self._stop_workers()',
    'async def inner(): await job()',
    'job()',
  ])('not: %s', async body => expect(await isOwn(body)).toBe(false));
});
