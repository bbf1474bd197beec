import { LRUCache } from 'lru-cache';

/** Keeps contents that never change, by a name that says what they are: a blob's id, or `commit:path`. */
export interface BlobCache {
  get(name: string): Promise<Uint8Array | undefined>;
  set(name: string, bytes: Uint8Array): Promise<void>;
}

/** What an entry costs besides its bytes, so that a million empty files have a price. */
const overhead = 200;

/** A cache in memory that holds up to `maxBytes` and forgets what was not asked for longest. */
export function createMemoryBlobCache(maxBytes: number): BlobCache {
  const cache = new LRUCache<string, Uint8Array>({
    maxSize: maxBytes,
    sizeCalculation: bytes => bytes.length + overhead,
  });
  return {
    get: async name => cache.get(name),
    set: async (name, bytes) => {
      cache.set(name, bytes);
    },
  };
}
