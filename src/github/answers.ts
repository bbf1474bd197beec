import { GitHubError } from '../errors.ts';

/** An answer of Octokit's. */
interface Answer<T> {
  readonly url: string;
  readonly data: T;
}

/**
 * The list in an answer. Octokit gives a text, or nothing, for an answer that broke off on the way
 * (https://github.com/octokit/request.js, `getResponseData`): that must never look like an empty list.
 */
export function listIn<T>(answer: Answer<readonly T[]>): readonly T[] {
  if (Array.isArray(answer.data)) return answer.data;
  throw broken(answer.url);
}

/** The object in an answer; see `listIn`. */
export function objectIn<T extends object>({ url, data }: Answer<T | null>): T {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
  throw broken(url);
}

function broken(url: string): GitHubError {
  const path = URL.parse(url)?.pathname ?? url;
  return new GitHubError('server', `GitHub's answer to GET ${path} broke off on the way.`, { status: 200 });
}
