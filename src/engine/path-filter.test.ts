import { describe, expect, it } from 'vitest';
import { pathFilter } from './path-filter.ts';

describe('pathFilter', () => {
  it.each([
    [[], [], 'a.py', true],
    [[], ['tests'], 'tests/a.py', false],
    [[], ['tests'], 'app/a.py', true],
    [['app'], [], 'app/a.py', true],
    [['app'], [], 'lib/a.py', false],
    [['app', 'lib'], ['lib/gen'], 'lib/a.py', true],
    [['app', 'lib'], ['lib/gen'], 'lib/gen/a.py', false],
  ])('with include %j and exclude %j looks at %s: %s', (include, exclude, path, expected) => {
    expect(pathFilter({ include, exclude })(path)).toBe(expected);
  });
});
