import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { allRules } from '../../rules/generated/all-rules.ts';
import { builtInRules } from '../engine/select-rules.ts';
import { createGitHubClient } from '../github/github-client.ts';
import { type RunningApp, startApp } from './app.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { healthHandler } from './health.ts';
import { HttpError, type HttpHandler, htmlReply, jsonReply, textReply } from './http-reply.ts';
import { openHttpServer } from './http-server.ts';
import { indexPage } from './index-page.ts';
import type { Pace } from './installation-clients.ts';
import type { ServerLog } from './log.ts';
import { packageRoot } from './package-root.ts';
import { callbackPath, createRegistration } from './registration.ts';
import { createRouter } from './router.ts';
import { createRulePages } from './rule-pages.ts';
import { webhookPath } from './webhook-endpoint.ts';
import { startWebhookRelay } from './webhook-relay.ts';

/** A server that runs. */
export interface RunningServer {
  /** Its own address, without a slash at the end. */
  readonly url: string;
  /** Answers what has come in, and finishes what is under way within `grace` milliseconds. */
  stop(grace: number): Promise<void>;
}

/** What a server is started with. */
export interface StartServerOptions {
  readonly environment: Environment;
  /** Where the credentials of a new App are written. */
  readonly envFile: string;
  readonly log: ServerLog;
  /** How requests to GitHub keep to its advice; a server of tests, which minds no haste, can be asked faster. */
  readonly pace?: Pace;
}

/**
 * Starts the server: with the App where one is registered, else with the page to register one, from which it goes on to
 * the App without a restart. Throws `UsageError` when it cannot listen.
 */
export async function startServer({
  environment,
  envFile,
  log,
  pace,
}: StartServerOptions): Promise<RunningServer> {
  let app: RunningApp | null = null;
  let stopRelay = () => {};
  const rules = createRulePages(join(packageRoot, 'rules'), [...allRules, ...builtInRules]);
  const registration = createRegistration({
    environment,
    manifest: readManifest(),
    envFile,
    client: createGitHubClient({ baseUrl: environment.gitHub.api }),
    onRegistered: async variables => {
      log.info({ appId: variables.APP_ID, envFile }, 'App registered');
      await begin({ ...environment, app: readEnvironment(variables).app });
    },
  });
  const beforeApp =
    (handle: HttpHandler): HttpHandler =>
    request => {
      if (app !== null) throw new HttpError(404, 'An App is registered already.');
      return handle(request);
    };

  const http = await openHttpServer(
    createRouter({
      'GET /': () =>
        htmlReply(
          indexPage(app === null ? { kind: 'set-up' } : { kind: 'running', installUrl: app.installUrl() }),
        ),
      'GET /healthz': healthHandler,
      'GET /readyz': request =>
        app?.ready(request) ?? jsonReply(503, { ready: false, checks: { app: 'not registered' } }),
      'GET /metrics': request => app?.metrics(request) ?? textReply(503, 'No App is registered yet.'),
      'GET /rules': rules.list,
      'GET /rules/*': rules.one,
      'GET /probot': beforeApp(registration.page),
      [`GET ${callbackPath}`]: beforeApp(registration.callback),
      [`POST ${webhookPath}`]: request => {
        if (app === null) throw new HttpError(503, 'No App is registered yet.');
        return app.webhooks(request);
      },
    }),
    { host: environment.host, port: environment.port, log },
  );

  const begin = async (complete: Environment) => {
    if (complete.app === null) return;
    app = await startApp(complete.app, complete, http.url, log, pace);
    if (complete.webhookProxy !== null) {
      stopRelay = startWebhookRelay({ source: complete.webhookProxy, target: http.url + webhookPath, log });
    }
  };
  await begin(environment);
  return {
    url: http.url,
    async stop(grace) {
      stopRelay();
      await http.close();
      await app?.stop(grace);
    },
  };
}

function readManifest(): Readonly<Record<string, unknown>> {
  return parse(readFileSync(join(packageRoot, 'app.yml'), 'utf8'));
}
