import { expect, it } from 'vitest';
import { isInstalled } from './installed-code.ts';

it.each([
  ['vendor/lib/site-packages/x.py', true],
  ['node_modules/gyp/x.py', true],
  ['app/site_packages/x.py', false],
  ['node_modules.py', false],
])('%s: %s', (path, expected) => {
  expect(isInstalled(path)).toBe(expected);
});
