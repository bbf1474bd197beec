import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { LoopwardenError } from '../errors.ts';
import { completeRegistration } from '../github/app-manifest.ts';
import type { GitHubClient } from '../github/github-client.ts';
import { requireWritable, writeEnvFile } from './env-file.ts';
import type { Environment } from './environment.ts';
import { escapeHtml, htmlPage } from './html.ts';
import { HttpError, type HttpHandler, htmlReply, redirectReply } from './http-reply.ts';
import { webhookPath } from './webhook-endpoint.ts';

/** What registering an App takes. */
export interface RegistrationOptions {
  readonly environment: Environment;
  /** What `app.yml` says. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Where the credentials are written. */
  readonly envFile: string;
  /** A client without a token. */
  readonly client: GitHubClient;
  /** Told the variables that were written: the server can begin its work. */
  readonly onRegistered: (variables: Readonly<Record<string, string>>) => Promise<void>;
}

/** Answers the page with the button, and GitHub's sending the browser back. */
export interface Registration {
  readonly page: HttpHandler;
  readonly callback: HttpHandler;
}

/** Where GitHub sends the browser back to: the same path as other Probot Apps have. */
export const callbackPath = '/probot/setup';

/** As long as GitHub's code works, in milliseconds. */
const stateLifetime = 60 * 60_000;

/** Makes the two pages by which an App is registered in one click, with the permissions and events of `app.yml`. */
export function createRegistration(options: RegistrationOptions): Registration {
  const { environment, manifest, envFile, client, onRegistered } = options;
  // What we sent people off with: without it another site could plant an App of its own here.
  const states = new LRUCache<string, true>({ max: 1000, ttl: stateLifetime });

  return {
    page(request) {
      const url = environment.publicUrl ?? addressOf(request.headers);
      if (!canReceive(url, environment)) return htmlReply(unreachablePage(url));
      const state = randomBytes(16).toString('hex');
      states.set(state, true);
      const body = registrationPage(environment, state, manifestFor(url, manifest, environment));
      return htmlReply(body, { formTarget: environment.gitHub.web });
    },
    async callback(request) {
      const [code, state] = [request.query.get('code'), request.query.get('state')];
      if (code === null || !/^[\w-]+$/.test(code)) throw new HttpError(400, 'The code is missing or wrong.');
      if (state === null || !states.delete(state)) {
        throw new HttpError(
          400,
          'This page was not asked for here, or too long ago. Begin again at /probot.',
        );
      }
      try {
        await requireWritable(envFile);
        const app = await completeRegistration(client, code);
        const variables = {
          APP_ID: String(app.id),
          PRIVATE_KEY: app.privateKey,
          WEBHOOK_SECRET: app.webhookSecret,
        };
        await writeEnvFile(envFile, variables);
        await onRegistered(variables);
        return redirectReply(`${app.url}/installations/new`);
      } catch (error) {
        if (error instanceof LoopwardenError)
          throw new HttpError(502, `The App could not be set up. ${error.message}`);
        throw error;
      }
    },
  };
}

type Manifest = Readonly<Record<string, unknown>>;

/** The manifest of an App that may write contents, too. */
function withCommits(manifest: Manifest): Manifest {
  const { default_permissions } = manifest;
  return { ...manifest, default_permissions: { ...Object(default_permissions), contents: 'write' } };
}

/** The manifest, with the addresses that only the running server knows. */
function manifestFor(url: string, manifest: Manifest, { webhookProxy }: Environment): Manifest {
  return {
    url,
    ...manifest,
    hook_attributes: { url: webhookProxy ?? `${url}${webhookPath}` },
    redirect_url: `${url}${callbackPath}`,
  };
}

function addressOf(headers: IncomingHttpHeaders): string {
  const protocol = String(headers['x-forwarded-proto'] ?? 'http').split(',')[0] ?? 'http';
  const host = headers['x-forwarded-host'] ?? headers.host ?? 'localhost';
  return `${protocol.trim()}://${String(host).split(',')[0]?.trim()}`;
}

/** GitHub refuses webhooks to a machine that it cannot reach. */
function canReceive(url: string, { webhookProxy, gitHub }: Environment): boolean {
  return webhookProxy !== null || !isLoopback(url) || isLoopback(gitHub.web);
}

function isLoopback(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? '';
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(host);
}

function registrationPage(environment: Environment, state: string, manifest: Manifest): string {
  const { gitHub, organization } = environment;
  const owner = organization === null ? '' : `/organizations/${organization}`;
  const action = `${gitHub.web}${owner}/settings/apps/new?state=${state}`;
  const form = (label: string, content: Manifest) => `<form action="${escapeHtml(action)}" method="post">
<input type="hidden" name="manifest" value="${escapeHtml(JSON.stringify(content))}">
<p><button class="button">${label}</button></p>
</form>`;
  const main = `
<h1>Register the App</h1>
<p class="lead">GitHub asks for a name and shows what the App may do. Then you are sent back here, and on to choose the
repositories that it reviews.</p>
${form('Register on GitHub', manifest)}
<p>Or, if it is to commit fixes when somebody with write access asks for them by <code>/loopwarden fix</code>, and to resolve
the threads of what was mended:</p>
${form('Register with the right to commit', withCommits(manifest))}
<p>The App's number, its private key and the secret of its webhooks are written to the file <code>.env</code> of this server
and nowhere else.</p>
${haveOne}`;
  return htmlPage({ title: 'Register the App · Loopwarden', main });
}

function unreachablePage(url: string): string {
  const main = `
<h1>GitHub cannot reach this server yet</h1>
<p class="lead">You have opened it as <code>${escapeHtml(url)}</code>, which is an address of this machine only. GitHub
has to send events to it.</p>
<p>One of these helps:</p>
<ul>
<li>To try it on this machine: open <a href="https://smee.io/new">smee.io/new</a>, put <code>WEBHOOK_PROXY_URL=</code> and
the address that it shows into the file <code>.env</code>, and start the server again. Its operators can read what passes
through.</li>
<li>To run it for good: open this page under the server's public address, or name that address in
<code>LOOPWARDEN_URL</code>.</li>
</ul>
${haveOne}`;
  return htmlPage({ title: 'Register the App · Loopwarden', main });
}

const haveOne = `<h2>If you have an App already</h2>
<p>Put its <code>APP_ID</code>, <code>PRIVATE_KEY</code> (or <code>PRIVATE_KEY_PATH</code>) and <code>WEBHOOK_SECRET</code> into
the environment or the file <code>.env</code>, and start the server again.</p>`;
