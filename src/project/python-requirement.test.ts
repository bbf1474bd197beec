import { describe, expect, it } from 'vitest';
import { isVersionRequirement, lowestPython } from './python-requirement.ts';

describe('lowestPython', () => {
  it.each([
    ['>=3.10', '3.10'],
    ['>= 3.8.1', '3.8'],
    ['>3.8', '3.8'],
    ['~=3.9', '3.9'],
    ['==3.11.*', '3.11'],
    ['===3.12', '3.12'],
    ['>=3.8,<3.13,!=3.9.0', '3.8'],
    ['<3.13,>=3.8', '3.8'],
    ['>=3.6,>=3.9', '3.9'],
    ['>=3', '3.0'],
    ['>=2.7, !=3.0.*, !=3.1.*', '2.7'],
    ['^3.8', '3.8'],
    ['~3.8', '3.8'],
    ['3.12.*', '3.12'],
    ['^3.9 || ^3.8', '3.8'],
    ['^3.9 || <3.5', null],
    ['<4', null],
    ['!=3.9', null],
    ['*', null],
    ['', null],
    ['three', null],
  ])('of %j is %s', (requirement, expected) => {
    const version = lowestPython(requirement);

    expect(version && `${version.major}.${version.minor}`).toBe(expected);
  });
});

describe('isVersionRequirement', () => {
  it.each(['>=3.10', '>=3.8, <4', '*', '^3.8 || ^3.9', '3.12.*', '>=3.13.0rc1'])('is true of %j', text => {
    expect(isVersionRequirement(text)).toBe(true);
  });

  it.each(['', 'three', 'python3', '>=', '3.10; 3.11'])('is false of %j', text => {
    expect(isVersionRequirement(text)).toBe(false);
  });
});
