import { expect, it } from 'vitest';
import { sourceFromString } from '../../src/python/source-text.ts';
import { testParser } from '../../test/support/model.ts';
import { chooseBranches } from './choose-branches.ts';

async function chosen(text: string): Promise<readonly string[]> {
  const parser = await testParser();
  const left = chooseBranches(parser.parse(sourceFromString(text)));
  expect(left).toHaveLength(text.length);
  return [...left.matchAll(/def (\w+)/g)].map(([, name = '']) => name);
}

it.each([
  ['if sys.version_info >= (3, 8):\n    def new(): ...\nelse:\n    def old(): ...\n', ['new']],
  ['if sys.version_info < (3, 8):\n    def old(): ...\nelse:\n    def new(): ...\n', ['new']],
  ['if sys.version_info >= (3, 99):\n    def later(): ...\nelse:\n    def now(): ...\n', ['now']],
  ['if sys.platform == "win32":\n    def windows(): ...\nelse:\n    def others(): ...\n', ['others']],
  ['if sys.platform != "win32" and sys.version_info >= (3, 8):\n    def both(): ...\n', ['both']],
  ['if not (sys.platform == "linux" or x):\n    def never(): ...\n', []],
  [
    'if sys.platform == "win32":\n    def windows(): ...\nelif sys.platform == "darwin":\n    def mac(): ...\nelse:\n    def linux(): ...\n',
    ['linux'],
  ],
  [
    'if sys.platform == "linux":\n    def linux(): ...\nelif x:\n    def a(): ...\nelse:\n    def b(): ...\n',
    ['linux'],
  ],
  [
    'class A:\n    if sys.version_info >= (3, 99):\n        def later(self): ...\n    def now(self): ...\n',
    ['now'],
  ],
  ['if whatever:\n    def one(): ...\nelse:\n    def other(): ...\n', ['one', 'other']],
])('leaves of %j the definitions %j', async (text, expected) => {
  expect(await chosen(`import sys\n${text}`)).toEqual(expected);
});
