import { describe, expect, it } from 'vitest';
import { modelOf } from '../../test/support/model.ts';
import { descendants } from '../python/visitor.ts';
import { keepsException } from './handled-exception.ts';

async function keeps(body: string): Promise<boolean | null> {
  const model = await modelOf(
    `def f(self, errors, queue):\n    try:\n        g()\n    except E as e:\n        ${body}\n`,
  );
  const handler = [...descendants(model.parsed.module)].find(node => node.kind === 'ExceptHandler');
  return handler === undefined ? null : keepsException(handler, model);
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
  ])('not: %s', async body => expect(await keeps(body)).toBe(false));
});
