import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';

export type { Scope } from 'nock';

/** The address of GitHub's API, in tests that reach nothing. */
export const apiUrl = 'https://api.github.com';

const unmatched: string[] = [];
const note = (request: { method?: string; path?: string }) => {
  unmatched.push(`${request.method} ${request.path}`);
};

beforeAll(() => {
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
});

beforeEach(() => {
  unmatched.length = 0;
  nock.emitter.on('no match', note);
});

/** Each test uses every answer that it prepared, and asks for nothing else. */
afterEach(() => {
  const unused = nock.pendingMocks();
  nock.emitter.off('no match', note);
  nock.abortPendingRequests();
  nock.cleanAll();
  expect({ unused, unmatched }).toEqual({ unused: [], unmatched: [] });
});

afterAll(() => {
  nock.restore();
});

/** Prepares an answer of GitHub's; see https://github.com/nock/nock. */
export function gitHub(): nock.Scope {
  return nock(apiUrl);
}
