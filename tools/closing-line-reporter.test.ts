import { expect, it } from 'vitest';
import type { TestModule } from 'vitest/node';
import { closingLine } from './closing-line-reporter.ts';

function moduleOf(states: readonly string[], errors = 0): TestModule {
  const tests = states.map(state => ({ result: () => ({ state }) }));
  const module = { children: { allTests: () => tests }, errors: () => Array.from({ length: errors }) };
  return module as unknown as TestModule;
}

it.each([
  [
    'the tests of all files',
    [moduleOf(['passed', 'failed']), moduleOf(['passed', 'skipped'])],
    0,
    '2 passed, 1 failed, 1 skipped',
  ],
  [
    'a file that could not be run as a failure',
    [moduleOf(['passed']), moduleOf([], 1)],
    0,
    '1 passed, 1 failed, 0 skipped',
  ],
  ['an error outside the tests as a failure', [moduleOf(['passed'])], 1, '1 passed, 1 failed, 0 skipped'],
  ['nothing', [], 0, '0 passed, 0 failed, 0 skipped'],
])('counts %s', (_, modules, errors, line) => {
  expect(closingLine(modules, errors)).toBe(line);
});
