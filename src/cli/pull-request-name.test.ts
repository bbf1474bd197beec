import { describe, expect, it } from 'vitest';
import { parsePullRequestName } from './pull-request-name.ts';

describe('parsePullRequestName', () => {
  it.each([
    ['acme/shop#7', { owner: 'acme', repo: 'shop', number: 7 }],
    ['a-b/c.d_e#12', { owner: 'a-b', repo: 'c.d_e', number: 12 }],
  ])('reads %s', (text, expected) => {
    expect(parsePullRequestName(text)).toEqual(expected);
  });

  it.each([
    'shop#7',
    'acme/shop',
    'acme/shop#0',
    'acme/shop#x',
    'a/b/c#1',
    '../shop#1',
    'https://github.com/acme/shop/pull/7',
  ])('refuses %s', text => {
    expect(() => parsePullRequestName(text)).toThrow(`${text} is no pull request: write it as OWNER/NAME#N`);
  });
});
