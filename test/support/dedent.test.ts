import { expect, it } from 'vitest';
import { dedent } from './dedent.ts';

it.each([
  ['x = 1', 'x = 1\n'],
  ['x = 1\n', 'x = 1\n'],
  ['\n    def f():\n        pass\n    ', 'def f():\n    pass\n'],
  ['\n    a\n\n    b\n', 'a\n\nb\n'],
  ['\n\t\ta\n\t\t\tb\n\t', 'a\n\tb\n'],
  ['\n    a\n  \n    b\n', 'a\n\nb\n'],
  ['\n      a\n    b\n', '  a\nb\n'],
])('makes of %j %j', (text, expected) => {
  expect(dedent(text)).toBe(expected);
});
