import { describe, expect, it } from 'vitest';
import type { Severity } from '../engine/finding.ts';
import { countInWords, isAtLeast, listInWords } from './severities.ts';

describe('countInWords', () => {
  it.each<[readonly Severity[], string]>([
    [[], ''],
    [['error'], '1 error'],
    [['warning', 'error', 'error'], '2 errors and 1 warning'],
    [['advice', 'advice', 'warning', 'error'], '1 error, 1 warning and 2 pieces of advice'],
  ])('of %j is %j', (severities, expected) => {
    expect(countInWords(severities.map(severity => ({ severity })))).toBe(expected);
  });
});

describe('isAtLeast', () => {
  it.each([
    ['error', 'error', true],
    ['warning', 'error', false],
    ['warning', 'advice', true],
    ['error', 'never', false],
  ] as const)('%s for %s: %s', (severity, threshold, expected) => {
    expect(isAtLeast(severity, threshold)).toBe(expected);
  });
});

describe('listInWords', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('of %j is %j', (items, expected) => {
    expect(listInWords(items)).toBe(expected);
  });
});
