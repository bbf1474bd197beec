import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAppManifest } from './app-manifest.ts';
import type { CommitContent } from './git/fast-import.ts';
import { createFaults, type Faults } from './http/faults.ts';
import { createRequestLog, type RequestLog } from './http/request-log.ts';
import { createLimitWatch, type SecondaryLimits } from './http/secondary-limits.ts';
import { type Desk, serveRequest } from './http/serve-request.ts';
import { appKeyPair } from './key-pair.ts';
import { ContractViolation } from './schema/contract-violation.ts';
import { accountOf } from './state/accounts.ts';
import type { Delivery } from './state/delivery.ts';
import { installApp } from './state/installations.ts';
import type { Installation, Permissions, Repository, Role } from './state/model.ts';
import { addRepository } from './state/repositories.ts';
import { issueToken } from './state/tokens.ts';
import { createWorld, type Limits, type World } from './state/world.ts';
import { createWaiting, type Waiting } from './waiting.ts';
import { makeWebhook } from './webhooks/make-webhook.ts';
import type { Subjects } from './webhooks/payloads.ts';
import { type SendingOptions, sendWebhook } from './webhooks/send-webhook.ts';

/** How a stand-in is to be. */
export interface StandInOptions {
  /** The App's permissions; those of `app.yml` by default. */
  readonly permissions?: Permissions;
  /** GitHub's limits that a test wants to meet with less data. */
  readonly limits?: Partial<Limits>;
  /** Turns secondary rate limits on. */
  readonly secondaryLimits?: SecondaryLimits;
}

/** A repository to add. */
export interface RepositoryOptions extends CommitContent {
  readonly private?: boolean;
  /** Logins and what they may do. */
  readonly collaborators?: Readonly<Record<string, Role>>;
}

/** How one delivery differs from the usual. */
export interface DeliveryOptions extends SendingOptions {
  /** The login of who did it: `alice` by default. */
  readonly sender?: string;
}

/** A small GitHub on this machine: real repositories, state, and GitHub's own description to check everything against. */
export interface StandIn {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** Base address of the REST API, as of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  /** What Probot reads to find it, with the credentials of the App. */
  readonly environment: Readonly<Record<string, string>>;
  readonly world: World;
  readonly log: RequestLog;
  readonly faults: Faults;
  /** Requests, answers and webhooks that were not as GitHub has them. A test asserts that there are none. */
  readonly violations: readonly string[];
  readonly until: Waiting['until'];
  /** Adds a repository with a first commit on `main`, in which the App is installed. */
  addRepository(fullName: string, options?: RepositoryOptions): Promise<Repository>;
  /** Installs the App for an account, with all or fewer permissions than it asks for. */
  install(login: string, permissions?: Permissions): Installation;
  /** A token of a person. */
  userToken(login: string): string;
  /** A code with which the App's registration can be completed, as GitHub sends it back with the browser. */
  registrationCode(): string;
  /** Says where webhooks go. */
  hookTo(url: string): void;
  /** Makes a webhook from what is there now, signs it and posts it to the App. */
  deliver<E extends keyof Subjects>(
    event: E,
    action: string | null,
    subject: Subjects[E],
    options?: DeliveryOptions,
  ): Promise<Delivery>;
  close(): Promise<void>;
}

const appId = 424_242;
const webhookSecret = 'the webhook secret of a test';

/** Starts a stand-in on a free port of 127.0.0.1. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const folder = await mkdtemp(join(tmpdir(), 'loopwarden-github-'));
  const violations: string[] = [];
  const log = createRequestLog(() => waiting.notify());
  const waiting = createWaiting(
    () => `Requests so far:\n${log}`,
    () => violations[0] ?? null,
  );
  const faults = createFaults();
  const limits = options.secondaryLimits ? createLimitWatch(options.secondaryLimits, Date.now) : null;

  let desk: Desk | undefined;
  const server = createServer((request, response) => {
    if (desk) void serveRequest(desk, request, response);
  });
  // A connection that the caller keeps is never closed under a request that is just coming.
  server.keepAliveTimeout = 0;
  const origin = await listen(server);
  const { publicKey, privateKey } = appKeyPair();
  const manifest = readAppManifest();
  const permissions = { metadata: 'read', ...(options.permissions ?? manifest?.permissions) } as const;
  const events = manifest?.events ?? [];
  const app = {
    id: appId,
    slug: 'loopwarden',
    name: 'Loopwarden',
    permissions,
    events,
    publicKey,
    privateKey,
  };
  const world = createWorld({
    origin,
    folder,
    app,
    webhookSecret,
    ...(options.limits && { limits: options.limits }),
  });
  desk = { world, log, faults, limits, violations };

  return {
    origin,
    apiUrl: world.api,
    environment: {
      APP_ID: String(appId),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: webhookSecret,
      GHE_HOST: new URL(origin).host,
      GHE_PROTOCOL: 'http',
    },
    world,
    log,
    faults,
    violations,
    until: waiting.until,

    async addRepository(fullName, { private: isPrivate, collaborators = {}, ...content } = {}) {
      const repository = await addRepository(world, fullName, {
        ...(isPrivate !== undefined && { private: isPrivate }),
      });
      for (const [login, role] of Object.entries(collaborators)) {
        repository.collaborators.set(accountOf(world, login).login.toLowerCase(), role);
      }
      await repository.git.commit({ branch: 'main', message: 'Begin', ...content });
      installApp(world, repository.owner);
      return repository;
    },

    install: (login, granted) => installApp(world, accountOf(world, login), granted),
    userToken: login => issueToken(world, { kind: 'user', account: accountOf(world, login) }).text,

    registrationCode() {
      const code = randomBytes(20).toString('hex');
      world.registrationCodes.add(code);
      return code;
    },

    hookTo(url) {
      world.hook.url = url;
    },

    async deliver(event, action, subject, delivery = {}) {
      try {
        const sender = accountOf(world, delivery.sender ?? 'alice');
        const webhook = await makeWebhook(world, event, action, subject, sender);
        return await sendWebhook(world, webhook, delivery);
      } catch (error) {
        if (error instanceof ContractViolation) violations.push(error.message);
        throw error;
      } finally {
        waiting.notify();
      }
    },

    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await Promise.all([...world.repositories.values()].map(repository => repository.git.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}
