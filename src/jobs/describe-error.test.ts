import { describe, expect, it } from 'vitest';
import { GitHubError, UsageError } from '../errors.ts';
import { describeError, redactSecrets } from './describe-error.ts';

describe('redactSecrets', () => {
  it.each([
    [
      'an installation token',
      'token ghs_16C7e42F292c6912E7710c838347Ae178B4a is bad',
      'token [redacted] is bad',
    ],
    ['a stateless installation token', 'ghs_123_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjF9.c2ln-_x', '[redacted]'],
    ['a personal token', 'github_pat_11ABC_def', '[redacted]'],
    ['a signed token', 'bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjF9.c2ln', 'bearer [redacted]'],
    [
      'a private key',
      'got -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- here',
      'got [redacted] here',
    ],
    ['the beginning of a private key', 'got -----BEGIN PRIVATE KEY-----\\nMIIE', 'got [redacted]'],
    ['nothing', 'ordinary words, high_five', 'ordinary words, high_five'],
  ])('takes out %s', (_what, text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });
});

describe('describeError', () => {
  it('says what GitHub answered', () => {
    const error = new GitHubError('forbidden', 'no', { status: 403, cause: new Error('ghs_secret') });

    expect(describeError(error)).toEqual({ message: 'no', code: 'github', kind: 'forbidden', status: 403 });
  });

  it('says nothing of the stack of an expected error', () => {
    expect(describeError(new UsageError('wrong'))).toEqual({ message: 'wrong', code: 'usage' });
  });

  it('keeps the stack of a bug', () => {
    expect(describeError(new TypeError('x is undefined')).stack).toContain('describe-error.test.ts');
  });

  it('describes what is no error', () => {
    expect(describeError('words')).toEqual({ message: 'words' });
  });
});
