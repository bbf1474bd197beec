import { Probot, ProbotOctokit } from 'probot';
import { systemClock } from '../clock.ts';
import { createMemoryBlobCache } from '../github/blob-cache.ts';
import { adoptOctokit, fetchWithin, requestTimeout } from '../github/github-client.ts';
import { createInstallationTokens } from '../github/installation-tokens.ts';
import { createAnalysisThreads } from '../jobs/analysis-pool.ts';
import { describeError } from '../jobs/describe-error.ts';
import { createMemoryQueue } from '../jobs/memory-queue.ts';
import { createWorkerLoop } from '../jobs/worker-loop.ts';
import { createIdentitySource } from './app-identity.ts';
import { doWork, giveUp } from './do-work.ts';
import type { AppCredentials, Environment } from './environment.ts';
import { createReadyHandler } from './health.ts';
import type { HttpHandler } from './http-reply.ts';
import { createInstallationClients, type Pace } from './installation-clients.ts';
import type { ServerLog } from './log.ts';
import { createSharedConfigurations } from './shared-configurations.ts';
import { createWebhookEndpoint } from './webhook-endpoint.ts';
import { registerWebhooks } from './webhooks.ts';
import { keyOf, type Work } from './work.ts';
import { createWorkMetrics } from './work-metrics.ts';
import type { Workshop } from './workshop.ts';

/** The App at work. */
export interface RunningApp {
  readonly webhooks: HttpHandler;
  readonly ready: HttpHandler;
  /** `GET /metrics`, for Prometheus. */
  readonly metrics: HttpHandler;
  /** Where people install it; `null` until GitHub has said its name. */
  installUrl(): string | null;
  /** Finishes what is under way within `grace` milliseconds and gives the rest back to the queue. */
  stop(grace: number): Promise<void>;
}

/** How many bytes of files are kept for the next review of the same pull request. */
const cacheBytes = 64_000_000;

/**
 * The App's own client, for tokens and for what it is called. Without Probot's throttling, which would let all
 * installations wait for each other, and without its repetitions, which would repeat writes.
 */
const PlainOctokit = ProbotOctokit.defaults({ throttle: { enabled: false }, retry: { enabled: false } });

/** Starts the App: its webhooks, its queue and its workers. `pace` is what tests make faster. */
export async function startApp(
  credentials: AppCredentials,
  environment: Environment,
  localUrl: string,
  log: ServerLog,
  pace: Pace = {},
): Promise<RunningApp> {
  const { clock = systemClock, requestTimeout: timeout = requestTimeout } = pace;
  const { gitHub, publicUrl, concurrency } = environment;
  const probot = new Probot({
    appId: credentials.id,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecret,
    baseUrl: gitHub.api,
    Octokit: PlainOctokit,
    request: { fetch: fetchWithin(timeout) },
    log,
  });
  await probot.ready();
  const app = adoptOctokit(await probot.auth());
  const queue = createMemoryQueue<Work>(clock);
  const metrics = createWorkMetrics(queue);
  const identity = createIdentitySource(app, { publicUrl, localUrl });
  const tokens = createInstallationTokens(app, {
    asksToCommit: async () => (await identity.get()).asksToCommit,
    clock,
  });
  const clients = createInstallationClients(tokens, gitHub.api, pace);
  const workshop: Workshop = {
    clients,
    shared: createSharedConfigurations(clients, clock),
    identity,
    cache: createMemoryBlobCache(cacheBytes),
    threads: createAnalysisThreads({ log }),
    queue,
    metrics,
    log,
  };
  const loop = createWorkerLoop<Work>({
    queue,
    handle: (job, signal) => metrics.timed(job.data.kind, () => doWork(workshop, job, signal)),
    onGivenUp: (job, error) => giveUp(workshop, job.data, error),
    concurrency,
    clock,
    ...(pace.jobTime !== undefined && { timeLimit: pace.jobTime }),
    log,
  });
  registerWebhooks(probot, credentials.id, (work, options) => queue.enqueue(keyOf(work), work, options), log);
  loop.start();

  let login: string | null = null;
  const identify = async () => {
    login = (await workshop.identity.get()).login;
  };
  identify().catch(error => log.error(describeError(error), 'cannot ask GitHub who this App is'));

  return {
    webhooks: createWebhookEndpoint(
      {
        verify: (payload, signature) => probot.webhooks.verify(payload, signature),
        receive: event => probot.webhooks.receive(event as Parameters<typeof probot.webhooks.receive>[0]),
      },
      log,
    ),
    metrics: async () => ({
      status: 200,
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
      body: await metrics.render(),
    }),
    ready: createReadyHandler({ queue: () => queue.stats(), github: identify }),
    installUrl: () =>
      login === null ? null : `${gitHub.web}/apps/${login.replace(/\[bot\]$/, '')}/installations/new`,
    async stop(grace) {
      await loop.stop(grace);
      await queue.close();
      await workshop.threads.close();
    },
  };
}
