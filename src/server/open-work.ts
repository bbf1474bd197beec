import { configurationFiles } from '../config/read-configuration-file.ts';
import { commitAccess, createFixHost } from '../github/fix-host.ts';
import type { GitHubClient } from '../github/github-client.ts';
import { type OpenPullRequest, openPullRequest } from '../github/open-pull-request.ts';
import type { PullRequest } from '../github/read-pull-request.ts';
import type { PullRequestPlace } from '../github/repository.ts';
import { readRule } from '../report/comment-body.ts';
import { readMarker } from '../report/marker.ts';
import { type FixOutcome, type FixRequest, fixPullRequest } from '../review/fix-pull-request.ts';
import { type RepositorySettings, readRepositorySettings } from './repository-settings.ts';
import type { InstalledPlace } from './work.ts';
import type { Workshop } from './workshop.ts';

/** A pull request that a job is about. */
export interface PullRequestWork {
  readonly place: InstalledPlace;
  readonly number: number;
}

/** A pull request as it is now, with what it takes to change it. */
export interface OpenedWork extends OpenPullRequest {
  readonly client: GitHubClient;
  readonly place: PullRequestPlace;
}

/**
 * Reads the pull request that a job is about.
 *
 * @param readsAhead whether the job will surely look at what it changes
 */
export async function openWork(
  { clients, identity, cache }: Workshop,
  work: PullRequestWork,
  signal: AbortSignal,
  { readsAhead = false }: { readonly readsAhead?: boolean } = {},
): Promise<OpenedWork> {
  const { login } = await identity.get();
  const client = await clients.clientFor(work.place, signal);
  const place = { owner: work.place.owner, repo: work.place.repo, number: work.number };
  const opened = await openPullRequest({
    client,
    reporter: await clients.clientFor(work.place),
    place,
    cache,
    login,
    readMarker,
    readRule,
    configurationFiles,
    resolver: () => clients.committerFor(work.place, signal),
    readsAhead,
  });
  return { ...opened, client, place };
}

/** Whether fixes can be committed to a pull request's branch. */
export async function canCommit(
  { clients }: Workshop,
  work: PullRequestWork,
  pull: PullRequest,
  signal: AbortSignal,
): Promise<boolean> {
  return commitAccess(pull, (await clients.committerFor(work.place, signal)) !== null) === 'allowed';
}

/** The configuration at the base of a pull request. */
export function readSettings(
  { shared }: Workshop,
  work: PullRequestWork,
  { baseFiles }: OpenedWork,
  signal: AbortSignal,
): Promise<RepositorySettings> {
  return readRepositorySettings({ base: baseFiles, others: shared.othersOf(work.place, signal) });
}

/**
 * Commits fixes to the branch of a pull request, of the head that it was opened at and of no other. Where that has moved on, what
 * is left to be fixed is looked at once more: perhaps somebody else has had the same done.
 */
export async function commitFixes(
  workshop: Workshop,
  work: PullRequestWork,
  opened: OpenedWork,
  request: FixRequest & { readonly signal: AbortSignal },
): Promise<FixOutcome> {
  const outcome = await tryFixes(workshop, work, opened, request);
  if (outcome.kind !== 'moved') return outcome;
  const again = await openWork(workshop, work, request.signal);
  return tryFixes(workshop, work, again, { head: opened.pull.head, ...request });
}

async function tryFixes(
  workshop: Workshop,
  work: PullRequestWork,
  opened: OpenedWork,
  request: FixRequest & { readonly signal: AbortSignal },
): Promise<FixOutcome> {
  const { engine, review } = await readSettings(workshop, work, opened, request.signal);
  const { pages } = await workshop.identity.get();
  const analyser = workshop.threads.analyserFor(engine, pages);
  const committer = await workshop.clients.committerFor(work.place, request.signal);
  const host = createFixHost(committer ?? opened.client, opened.place, opened, committer !== null);
  return fixPullRequest(host, analyser, review, request);
}
