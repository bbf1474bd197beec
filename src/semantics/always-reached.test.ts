import { describe, expect, it } from 'vitest';
import { findExpression, modelOf } from '../../test/support/model.ts';
import { isAlwaysReached } from './always-reached.ts';

async function reached(body: string): Promise<boolean> {
  const model = await modelOf(`def f(self, x, xs):\n    ${body.replaceAll('\n', '\n    ')}\n`);
  const [within] = model.parsed.module.body;
  return within?.kind === 'FunctionDef' && isAlwaysReached(findExpression(model, 'here()'), within);
}

describe('isAlwaysReached', () => {
  it.each([
    'here()',
    'a = x.y\nreturn here()',
    'with x:\n    g()\n    here()',
    'with here():\n    pass',
    'if here():\n    pass',
    'while here():\n    pass',
    'for y in here():\n    pass',
    'a = [y for y in here()]',
    'a = here() or x',
    'a = 1 if here() else 2',
    'g(x, here())',
    'if x:\n    g()\nhere()',
    'try:\n    g()\nfinally:\n    here()',
    'try:\n    here()\nexcept ValueError:\n    pass',
    'for y in xs:\n    continue\nhere()',
  ])('%s', async body => expect(await reached(body)).toBe(true));

  it.each([
    'if x:\n    here()',
    'if x:\n    g()\nelse:\n    here()',
    'if x:\n    return\nhere()',
    'if not x:\n    raise ValueError\nhere()',
    'while x:\n    here()',
    'for y in xs:\n    here()',
    'a = [here() for y in xs]',
    'a = [z for y in xs for z in here()]',
    'a = {y: here() for y in xs}',
    'a = x and here()',
    'a = here() if x else 2',
    'match x:\n    case 1:\n        here()',
    'try:\n    g()\nexcept ValueError:\n    here()',
    'try:\n    here()\nexcept RuntimeError:\n    pass',
    'try:\n    here()\nexcept (ValueError, Exception):\n    pass',
    'try:\n    here()\nexcept:\n    pass',
    'with x:\n    if x:\n        return\n    here()',
  ])('not: %s', async body => expect(await reached(body)).toBe(false));
});
