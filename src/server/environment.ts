import { UsageError } from '../errors.ts';
import { checkVariables } from './environment-schema.ts';
import { readPrivateKey } from './private-key.ts';

/** Who the App is. */
export interface AppCredentials {
  readonly id: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

/** Where GitHub is. Addresses without a slash at the end. */
export interface GitHubAddresses {
  /** For people: `https://github.com`. */
  readonly web: string;
  /** The REST API: `https://api.github.com`, or `https://HOST/api/v3`. */
  readonly api: string;
}

/** All that the server is told by its environment. */
export interface Environment {
  /** `null` while no App is registered. */
  readonly app: AppCredentials | null;
  readonly gitHub: GitHubAddresses;
  /** The organization that a new App is to belong to; `null` for the account of whoever registers it. */
  readonly organization: string | null;
  readonly host: string;
  readonly port: number;
  /** The address under which the server is reached from outside, where it was told. */
  readonly publicUrl: string | null;
  /** A channel of smee.io that hands webhooks on to a machine that GitHub cannot reach. */
  readonly webhookProxy: string | null;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  readonly logFormat: 'json' | 'pretty';
  /** How many jobs run at the same time. */
  readonly concurrency: number;
}

/** Reads the environment. Throws `UsageError` that says in one line what is missing or wrong. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const variables = checkVariables(env);
  const { GHE_HOST, GHE_PROTOCOL, LOG_FORMAT, NODE_ENV } = variables;
  const web = GHE_HOST === undefined ? 'https://github.com' : `${GHE_PROTOCOL}://${GHE_HOST}`;
  return {
    app: readCredentials(variables),
    gitHub: { web, api: GHE_HOST === undefined ? 'https://api.github.com' : `${web}/api/v3` },
    organization: variables.GH_ORG ?? null,
    host: variables.HOST,
    port: variables.PORT,
    publicUrl: variables.LOOPWARDEN_URL ?? null,
    webhookProxy: variables.WEBHOOK_PROXY_URL ?? null,
    logLevel: variables.LOG_LEVEL,
    logFormat: LOG_FORMAT ?? (NODE_ENV === 'production' ? 'json' : 'pretty'),
    concurrency: variables.LOOPWARDEN_CONCURRENCY,
  };
}

/** All three or none: half an App is a mistake, not a set-up to come. */
function readCredentials(variables: ReturnType<typeof checkVariables>): AppCredentials | null {
  const { APP_ID: id, WEBHOOK_SECRET: webhookSecret } = variables;
  const privateKey = readPrivateKey(variables);
  if (id === undefined && privateKey === null) return null;
  if (id === undefined)
    throw new UsageError('APP_ID is missing: there is a private key, but not whose it is.');
  if (privateKey === null)
    throw new UsageError('PRIVATE_KEY or PRIVATE_KEY_PATH is missing: there is an APP_ID.');
  if (webhookSecret === undefined) {
    throw new UsageError(
      'WEBHOOK_SECRET is missing: without it anyone could send webhooks. It is in the settings of the App.',
    );
  }
  return { id, privateKey, webhookSecret };
}
