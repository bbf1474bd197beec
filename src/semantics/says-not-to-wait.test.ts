import { expect, it } from 'vitest';
import { findExpression, modelOf } from '../../test/support/model.ts';
import type { Call } from '../python/syntax-tree.ts';
import { saysNotToWait } from './says-not-to-wait.ts';

async function call(text: string): Promise<Call> {
  return findExpression(await modelOf(text), text) as Call;
}

it.each([
  'lock.acquire(False)',
  'lock.acquire(blocking=False)',
  'lock.acquire(True, 0)',
  'q.get(block=False)',
  'q.get(timeout=0)',
  'q.put(item, False)',
  'thread.join(0)',
  'future.result(timeout=0.0)',
  'pool.shutdown(wait=False)',
  'select.select(r, w, x, 0)',
  'selector.select(0)',
  'time.sleep(0)',
])('%s does not wait', async text => {
  expect(saysNotToWait(await call(text))).toBe(true);
});

it.each([
  'lock.acquire()',
  'lock.acquire(True)',
  'lock.acquire(timeout=5)',
  'q.get(True, 1)',
  'q.put(False)',
  'thread.join(timeout=limit)',
  'pool.shutdown(wait=wait)',
  'pool.shutdown(cancel_futures=False)',
  'acquire()',
])('%s may wait', async text => {
  expect(saysNotToWait(await call(text))).toBe(false);
});
