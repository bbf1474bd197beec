import { expect, it } from 'vitest';
import { createMemoryBlobCache } from './blob-cache.ts';

it('forgets what was not asked for longest when it is full', async () => {
  const cache = createMemoryBlobCache(1000);
  await cache.set('a', new Uint8Array(100));
  await cache.set('b', new Uint8Array(100));
  await cache.set('c', new Uint8Array(100));
  await cache.get('a');
  await cache.set('d', new Uint8Array(100));

  const kept = await Promise.all(
    ['a', 'b', 'c', 'd'].map(async name => (await cache.get(name)) !== undefined),
  );

  expect(kept).toEqual([true, false, true, true]);
});
