import { describe, expect, it } from 'vitest';
import { compileNamePattern, compileNamePatterns } from './name-pattern.ts';

describe('compileNamePattern', () => {
  it.each([
    ['cache.get', 'cache.get'],
    ['cache.*', 'cache.get'],
    ['cache.*', 'cache.Local.get'],
    ['*.get', 'cache.Local.get'],
    ['*.get_?', 'cache.get_1'],
    ['c*.*t*', 'cache.get'],
    ['*', 'anything'],
  ])('%s fits %s', (pattern, name) => {
    expect(compileNamePattern(pattern)(name)).toBe(true);
  });

  it.each([
    ['cache.get', 'cache.gets'],
    ['cache.get', 'my.cache.get'],
    ['cache.*', 'cache'],
    ['*.get', 'get'],
    ['?', ''],
    ['cache_get', 'cache.get'],
  ])('%s does not fit %s', (pattern, name) => {
    expect(compileNamePattern(pattern)(name)).toBe(false);
  });

  it('takes no longer for a pattern made to take long', () => {
    expect(compileNamePattern(`${'*a'.repeat(90)}b`)('a'.repeat(5000))).toBe(false);
  });
});

describe('compileNamePatterns', () => {
  it('fits what one of them fits, and nothing when there is none', () => {
    expect(compileNamePatterns(['a.*', 'b'])('b')).toBe(true);
    expect(compileNamePatterns([])('b')).toBe(false);
  });
});
