import { describe, expect, it } from 'vitest';
import { dedent } from '../../test/support/dedent.ts';
import { testParser } from '../../test/support/model.ts';
import { sourceFromString } from '../python/source-text.ts';
import { exitsOf } from './exits.ts';

const parser = await testParser();

/** The ways out of a block of statements, each once. */
function waysOut(code: string): readonly string[] {
  const { module } = parser.parse(sourceFromString(dedent(code)));
  return [...new Set(exitsOf(module.body).map(({ kind }) => kind))].toSorted();
}

describe('exitsOf', () => {
  it.each([
    ['a call', 'f()', ['end']],
    ['a raise', 'raise', ['raise']],
    ['what can never run', 'raise\nreturn', ['raise']],
    ['an if without else', 'if x:\n    raise', ['end', 'raise']],
    [
      'an if whose branches all leave',
      'if x:\n    raise\nelif y:\n    return\nelse:\n    raise',
      ['raise', 'return'],
    ],
    ['a with block', 'with f():\n    return', ['return']],
    ['a nested function', 'def f():\n    return 1', ['end']],
  ])('%s', (_name, code, expected) => expect(waysOut(code)).toEqual(expected));

  it.each([
    ['a loop that may not run', 'for x in xs:\n    raise', ['end', 'raise']],
    ['its else', 'for x in xs:\n    f()\nelse:\n    raise', ['raise']],
    [
      'its else, which a break skips',
      'for x in xs:\n    if x:\n        break\nelse:\n    raise',
      ['end', 'raise'],
    ],
    ['a continue of its own', 'for x in xs:\n    continue\nraise', ['raise']],
    ['an endless loop', 'while True:\n    f()\n', []],
    ['an endless loop with a way out', 'while 1:\n    if x:\n        break\n    return', ['end', 'return']],
    ['a loop with a condition', 'while x:\n    raise', ['end', 'raise']],
    ['a loop over a list with elements', 'for x in [1, 2]:\n    raise', ['raise']],
    [
      'a loop over a list whose turns may complete',
      'for x in (1, 2):\n    if y:\n        continue\n    raise',
      ['end', 'raise'],
    ],
    ['a loop over an empty list', 'for x in []:\n    raise', ['end', 'raise']],
    ['a loop over what is unpacked', 'for x in (*xs,):\n    raise', ['end', 'raise']],
    ['a loop over a dict with keys', 'for x in {1: 2}:\n    raise', ['raise']],
    ['a loop over a dict that is unpacked', 'for x in {**y}:\n    raise', ['end', 'raise']],
    ['a loop over a range', 'for x in range(3):\n    raise', ['raise']],
    ['a loop over an empty range', 'for x in range(0):\n    raise', ['end', 'raise']],
    ['a loop over a range that may be empty', 'for x in range(n):\n    raise', ['end', 'raise']],
  ])('%s', (_name, code, expected) => expect(waysOut(code)).toEqual(expected));

  it.each([
    ['a try with a handler', 'try:\n    raise\nexcept ValueError:\n    f()', ['end', 'raise']],
    ['its else', 'try:\n    f()\nexcept ValueError:\n    raise\nelse:\n    return', ['raise', 'return']],
    ['a finally that leaves', 'try:\n    f()\nfinally:\n    raise', ['raise']],
    ['a finally that goes on', 'try:\n    return\nfinally:\n    f()', ['return']],
    ['a match without a fallback', 'match x:\n    case 1:\n        raise', ['end', 'raise']],
    [
      'a match with a fallback',
      'match x:\n    case 1:\n        raise\n    case _:\n        return',
      ['raise', 'return'],
    ],
    ['a fallback with a guard', 'match x:\n    case _ if y:\n        raise', ['end', 'raise']],
  ])('%s', (_name, code, expected) => expect(waysOut(code)).toEqual(expected));
});
