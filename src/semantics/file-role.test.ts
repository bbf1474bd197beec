import { expect, it } from 'vitest';
import { fileRole } from './file-role.ts';

it.each([
  ['app/main.py', 'application'],
  ['app/contests/main.py', 'application'],
  ['app/client.py', 'application'],
  ['app/tests/helpers.py', 'test'],
  ['integration-tests/main.py', 'test'],
  ['app/pytest/plugin.py', 'test'],
  ['docs/conf.py', 'example'],
  ['scripts/load.py', 'script'],
  ['app/__main__.py', 'script'],
  ['app/cli.py', 'script'],
  ['app/cli/deploy.py', 'script'],
] as const)('takes %s for: %s', (path, role) => {
  expect(fileRole(path)).toBe(role);
});
