import { UsageError } from '../errors.ts';
import type { PullRequestPlace } from '../github/repository.ts';

/** Reads `OWNER/NAME#N`. Throws `UsageError`. */
export function parsePullRequestName(text: string): PullRequestPlace {
  const found = /^(?<owner>[\w-]+)\/(?<repo>[\w.-]+)#(?<number>\d{1,10})$/.exec(text);
  const { owner, repo, number } = found?.groups ?? {};
  if (owner === undefined || repo === undefined || Number(number) < 1) {
    throw new UsageError(
      `${text} is no pull request: write it as OWNER/NAME#N; for a local change leave it out`,
    );
  }
  return { owner, repo, number: Number(number) };
}
