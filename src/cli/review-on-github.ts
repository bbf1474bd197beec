import type { Change } from '../changes/change.ts';
import { configurationFiles } from '../config/read-configuration-file.ts';
import { GitHubError, invariant } from '../errors.ts';
import { createMemoryBlobCache } from '../github/blob-cache.ts';
import type { GitHubClient } from '../github/github-client.ts';
import { type OpenPullRequest, openPullRequest } from '../github/open-pull-request.ts';
import { readTokenLogin } from '../github/own-app.ts';
import { labelOf, type PullRequestPlace } from '../github/repository.ts';
import { readRule } from '../report/comment-body.ts';
import { readMarker } from '../report/marker.ts';
import { counted } from '../report/severities.ts';
import type { ChangeProjects, FileAnalyser, PullRequestHost } from '../review/ports.ts';
import { type ReviewOutcome, reviewPullRequest } from '../review/review-pull-request.ts';
import type { ReviewSettings } from '../review/review-settings.ts';
import { chooseAnalyser, type OpenAnalyser } from './choose-analyser.ts';
import type { ExitStatus } from './exit-status.ts';
import { explainGitHubError, requireGitHubClient } from './github-access.ts';
import type { ChangeSettings } from './load-settings.ts';
import { writeErrorLine } from './output.ts';
import { showStatus } from './progress.ts';
import { parsePullRequestName } from './pull-request-name.ts';
import { analyse, finishReview, loadReviewSettings, type ReviewOptions } from './review-steps.ts';
import { repositoriesOf } from './shared-configuration.ts';

/** What is read of files is kept until the end; no pull request that is reviewed needs more. */
const cacheBytes = 256_000_000;

/** `loopwarden review OWNER/NAME#N`: reviews a pull request by the code that the App reviews it by; posts with `--post`. */
export async function reviewOnGitHub(name: string, options: ReviewOptions): Promise<ExitStatus> {
  const place = parsePullRequestName(name);
  const client = requireGitHubClient(process.env);
  const hideStatus = showStatus(`reviewing ${labelOf(place)}`);
  try {
    return await reviewPlace(client, place, options, hideStatus);
  } catch (error) {
    hideStatus();
    throw explainGitHubError(error, place);
  }
}

async function reviewPlace(
  client: GitHubClient,
  place: PullRequestPlace,
  options: ReviewOptions,
  hideStatus: () => void,
): Promise<ExitStatus> {
  const start = performance.now();
  const cache = createMemoryBlobCache(cacheBytes);
  const login = options.post ? await readTokenLogin(client) : '';
  const opened = await openPullRequest({
    client,
    place,
    cache,
    login,
    readMarker,
    readRule,
    configurationFiles,
  });
  const others = repositoriesOf(client, { owner: place.owner, name: place.repo });
  const { loaded, settings } = await loadReviewSettings({ ...opened, others }, options);
  const made = options.post
    ? await postReview(opened, loaded, settings)
    : await readReview(opened.host, loaded, settings);
  hideStatus();
  if (!options.quiet) for (const line of made.notes) await writeErrorLine(line);
  if (made.review === null) return 0;
  return finishReview(made.review, { options, loaded, settings, head: made.projects.head, start });
}

/** What came of a review, and what to say of it besides. */
type Made = { readonly notes: readonly string[] } & (
  | {
      readonly review: Extract<ReviewOutcome, { kind: 'reviewed' }>['review'];
      readonly projects: ChangeProjects;
    }
  | { readonly review: null }
);

async function readReview(
  host: PullRequestHost,
  loaded: ChangeSettings,
  settings: ReviewSettings,
): Promise<Made> {
  const change = await host.readChange();
  const projects = projectsOf(host, change);
  return { review: await analyse(change, projects, loaded, settings), projects, notes: [] };
}

async function postReview(
  { host, pull }: OpenPullRequest,
  loaded: ChangeSettings,
  settings: ReviewSettings,
): Promise<Made> {
  const checkRun = await startCheckRun(host, pull.head);
  const watched = watch(host, checkRun);
  const analyser = lazyAnalyser(loaded);
  try {
    const hasCheckRun = checkRun !== null;
    const outcome = await reviewPullRequest(watched.host, analyser, { ...settings, hasCheckRun });
    return madeOf(outcome, watched.projects(), hasCheckRun);
  } finally {
    await analyser.close();
  }
}

function madeOf(outcome: ReviewOutcome, projects: ChangeProjects | null, hasCheckRun: boolean): Made {
  switch (outcome.kind) {
    case 'failed':
      throw outcome.error;
    case 'skipped':
      return { review: null, notes: [`Not reviewed: ${outcome.reason}`] };
    case 'superseded':
      return { review: null, notes: ['Not reviewed: the pull request has a newer state by now.'] };
    case 'reviewed': {
      const { review, posted, refused } = outcome;
      invariant(projects !== null, 'what was reviewed was read before');
      const notes = [
        ...(refused === null ? [] : [`GitHub refused the comments: ${refused}`]),
        posted === 0 ? 'Nothing new to post.' : `Posted ${counted(posted, 'comment', 'comments')}.`,
        ...(hasCheckRun
          ? []
          : ['GITHUB_TOKEN may not write check runs, which only Apps and workflows may: there is none.']),
      ];
      return { review, projects, notes };
    }
  }
}

/** Starts the check run; `null` where the token may not: only Apps may, and the tokens of workflows that are allowed to. */
async function startCheckRun(host: PullRequestHost, head: string): Promise<number | null> {
  try {
    return await host.startCheckRun(head);
  } catch (error) {
    if (error instanceof GitHubError && (error.kind === 'forbidden' || error.kind === 'not-found'))
      return null;
    throw error;
  }
}

/** The same host, with a check run that is started already, or none; it remembers what it gave of the repository. */
function watch(
  host: PullRequestHost,
  checkRun: number | null,
): { readonly host: PullRequestHost; projects(): ChangeProjects | null } {
  let projects: ChangeProjects | null = null;
  return {
    host: {
      ...host,
      readProjects(change) {
        projects = projectsOf(host, change);
        return projects;
      },
      async postReview(head, review) {
        const result = await host.postReview(head, review);
        // Whoever asked for comments wants to know that the token does not do.
        if (result.kind === 'forbidden') throw new GitHubError('forbidden', result.reason, { status: 403 });
        return result;
      },
      startCheckRun: async () => checkRun ?? 0,
      completeCheckRun: async (id, result) => {
        if (checkRun !== null) await host.completeCheckRun(id, result);
      },
    },
    projects: () => projects,
  };
}

function projectsOf(host: PullRequestHost, change: Change): ChangeProjects {
  const projects = host.readProjects?.(change);
  invariant(projects !== undefined, 'pull requests of GitHub give the rest of their repository');
  return projects;
}

/** Chooses how to analyse when it is known how many files there are. */
function lazyAnalyser({ settings }: ChangeSettings): FileAnalyser & { close(): Promise<void> } {
  let chosen: Promise<OpenAnalyser> | null = null;
  const choose = (files: number) => (chosen ??= chooseAnalyser(settings, files));
  return {
    analyse: async (files, project) => (await choose(files.length)).analyse(files, project),
    signatures: async (files, project) => (await choose(files.length)).signatures(files, project),
    close: async () => (await chosen)?.close(),
  };
}
