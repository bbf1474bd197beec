import { describe, expect, it } from 'vitest';
import { GitHubError, type GitHubErrorKind } from '../errors.ts';
import { explainGitHubError, gitHubClientOf, requireGitHubClient } from './github-access.ts';

const place = { owner: 'acme', repo: 'shop', number: 7 };

describe('gitHubClientOf', () => {
  it.each([[undefined], [''], [' ']])('is none with the token %j', token => {
    expect(gitHubClientOf({ GITHUB_TOKEN: token })).toBeNull();
    expect(() => requireGitHubClient({ GITHUB_TOKEN: token })).toThrow('GITHUB_TOKEN is not set');
  });

  it.each(['github.example.com', 'ftp://x', 'https//x'])('refuses the address %s', GITHUB_API_URL => {
    expect(() => gitHubClientOf({ GITHUB_TOKEN: 't', GITHUB_API_URL })).toThrow(
      `GITHUB_API_URL ${GITHUB_API_URL} should be an address`,
    );
  });
});

describe('explainGitHubError', () => {
  it.each<[GitHubErrorKind, number | undefined, string]>([
    ['unauthorized', undefined, 'GITHUB_TOKEN is not valid'],
    ['not-found', undefined, 'acme/shop#7 is not there, or GITHUB_TOKEN may not read it'],
    ['forbidden', undefined, 'GITHUB_TOKEN may not do this in acme/shop'],
    ['rate-limited', undefined, 'try again in a minute'],
    ['rate-limited', 150_000, 'try again in 3 minutes'],
    ['server', undefined, 'GitHub said no'],
  ])('of %s (%s) says %s', (kind, retryAfter, expected) => {
    const error = new GitHubError(kind, 'GitHub said no', retryAfter === undefined ? {} : { retryAfter });

    const explained = explainGitHubError(error, place);

    expect(String(explained)).toContain(expected);
    expect(String(explained)).toContain('GitHub said no');
  });

  it('leaves other errors as they are', () => {
    const error = new TypeError('x');

    expect(explainGitHubError(error, place)).toBe(error);
  });
});
