import { describe, expect, it } from 'vitest';
import { modelOf } from '../../test/support/model.ts';
import { descendants } from '../python/visitor.ts';
import { keepsException, onlyReports } from './handled-exception.ts';

async function handlerWith(body: string) {
  const model = await modelOf(
    `def f(self, errors, queue):\n    try:\n        g()\n    except E as e:\n        ${body}\n`,
  );
  const handler = [...descendants(model.parsed.module)].find(node => node.kind === 'ExceptHandler');
  if (handler === undefined) throw new Error('no handler in the program');
  return { handler, model };
}

async function keeps(body: string): Promise<boolean> {
  const { handler, model } = await handlerWith(body);
  return keepsException(handler, model);
}

describe('keepsException', () => {
  it.each([
    'errors.append(e)',
    'queue.put_nowait((1, e))',
    'self.error = e',
    'found = self.error or e',
    'return e',
    'future.set_exception(e)',
    'self.on_error(error=e)',
    'errors.append(Error(e))',
    'self.set_exception(sys.exc_info())',
    'kind, error, where = sys.exc_info()',
  ])('%s', async body => expect(await keeps(body)).toBe(true));

  it.each([
    'pass',
    'raise e',
    'raise ValueError from e',
    'logger.error("it failed", e)',
    'print(e)',
    'log(f"it failed: {e}")',
    'self._logger.exception(str(e))',
    'if isinstance(e, OSError): pass',
    'code = e.args[0]',
    'logger.error("failed", exc_info=True)',
    'print(sys.exc_info())',
  ])('not: %s', async body => expect(await keeps(body)).toBe(false));
});

describe('onlyReports', () => {
  it.each([
    'pass',
    '...',
    'continue',
    'return',
    'logger.exception("failed")',
    'print(e); await asyncio.sleep(1); continue',
  ])('%s', async body => expect(onlyReports((await handlerWith(body)).handler)).toBe(true));

  it.each(['await self.rollback()', 'return None', 'self.failed = True', 'break'])('not: %s', async body =>
    expect(onlyReports((await handlerWith(body)).handler)).toBe(false),
  );
});
