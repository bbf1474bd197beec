import { join } from 'node:path';
import { readEnvironment } from '../../src/server/environment.ts';
import type { Pace } from '../../src/server/installation-clients.ts';
import { openLog } from '../../src/server/log.ts';
import { startServer } from '../../src/server/start-server.ts';
import {
  type RepositoryOptions,
  type StandIn,
  type StandInOptions,
  startStandIn,
} from '../github/stand-in.ts';
import { checkRunsOf } from '../github/state/check-runs.ts';
import type { Delivery } from '../github/state/delivery.ts';
import type { CheckRun, Conclusion, PullRequest, Repository, ReviewComment } from '../github/state/model.ts';

/** The App, running in this process against a stand-in GitHub of its own. */
export interface AppUnderTest {
  readonly github: StandIn;
  readonly url: string;
  /** What its operator finds in the log as errors, as JSON. */
  readonly errors: readonly string[];
  /** Adds a repository of an organisation of its own, so that no test waits for the pauses of another's requests. */
  addRepository(options?: RepositoryOptions): Promise<Repository>;
  /** Waits until the check run of a commit ends so; the `count`-th one (from 1). Rejects when it ends otherwise. */
  completedRun(
    repository: Repository,
    headSha: string,
    conclusion: Conclusion,
    count?: number,
  ): Promise<CheckRun>;
  /** Tells the App of a new pull request, and waits until its check run ends so. Rejects when it ends otherwise. */
  review(pull: PullRequest, conclusion: Conclusion): Promise<CheckRun>;
  /** Ends the App as its operator does, with so many milliseconds for what is under way. */
  quit(grace: number): Promise<void>;
  /** Ends the App, and GitHub. */
  stop(): Promise<void>;
}

/** Time for a review on a busy machine, threads started and pauses between writes included. Milliseconds. */
const patience = 60_000;

/** For `vi.setConfig`: what takes too long is to be told by `until`, with the log, and not by the test's own end. */
export const e2eTimeouts = { testTimeout: 3 * patience, hookTimeout: patience };

/** Starts the App. `environment` adds to what it is told, or changes it. */
export async function startAppUnderTest(
  options: StandInOptions & {
    readonly environment?: Readonly<Record<string, string>>;
    readonly pace?: Pace;
  } = {},
): Promise<AppUnderTest> {
  const github = await startStandIn(options);
  const environment = readEnvironment({
    ...github.environment,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'fatal',
    LOG_FORMAT: 'json',
    ...options.environment,
  });
  const log = await openLog(environment);
  const errors: string[] = [];
  log.error = (...words: readonly unknown[]) => void errors.push(JSON.stringify(words));
  const envFile = join(github.world.folder, '.env');
  // Nobody minds haste here: the pauses between writes have tests of their own.
  const server = await startServer({ environment, envFile, log, pace: { writeGap: 0, ...options.pace } });
  github.hookTo(`${server.url}/api/github/webhooks`);
  let organisations = 0;
  let quitting: Promise<void> | null = null;
  const quit = (grace: number) => (quitting ??= server.stop(grace));

  const completedRun: AppUnderTest['completedRun'] = async (repository, headSha, conclusion, count = 1) => {
    const run = await github.until(
      `check run ${count} of ${headSha.slice(0, 7)} to be completed`,
      () => {
        const found = checkRunsOf(repository).filter(one => one.suite.headSha === headSha)[count - 1];
        return found?.status === 'completed' && found;
      },
      patience,
    );
    if (run.conclusion === conclusion) return run;
    const { title, summary } = run.output;
    throw new Error(`The check run ended with ${run.conclusion}, not ${conclusion}: ${title}\n${summary}`);
  };

  return {
    github,
    url: server.url,
    errors,
    addRepository: content => github.addRepository(`org-${++organisations}/shop`, content),
    completedRun,
    async review(pull, conclusion) {
      // The push of a test's "meanwhile" must not have us wait for another commit.
      const { repository, headSha } = pull;
      accepted(await github.deliver('pull_request', 'opened', { pull }));
      return completedRun(repository, headSha, conclusion);
    },
    quit,
    async stop() {
      await quit(5000);
      await github.close();
    },
  };
}

/** Throws when the App did not take a webhook. */
export function accepted(delivered: Delivery): void {
  if (delivered.status !== 202) throw new Error(`The App answered ${delivered.status}: ${delivered.body}`);
}

/** All review comments of a pull request, in the order in which they were written. */
export function commentsOf(pull: PullRequest): readonly ReviewComment[] {
  return pull.threads.flatMap(thread => thread.comments).sort((a, b) => a.id - b.id);
}
