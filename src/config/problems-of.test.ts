import { expect, it } from 'vitest';
import { problemsOf } from './problems-of.ts';

const broken = { file: 'pyproject.toml', line: 2, column: 1, message: 'not valid TOML: illegal character' };

it.each([
  ['once where the configuration and the project read the same file', { ...broken }, 1],
  ['twice where it is wrong in two places', { ...broken, line: 3 }, 2],
  ["twice where one is another repository's", { ...broken, repository: 'acme/rules' }, 2],
])('tells of a broken file %s', (_, warning, count) => {
  expect(problemsOf({ warnings: [warning] }, { warnings: [broken] })).toHaveLength(count);
});
