import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { readEnvironment } from './environment.ts';
import { openLog } from './log.ts';
import { startServer } from './start-server.ts';

/** How long work under way may go on when the server is told to stop, in milliseconds; orchestrators commonly kill after 30 s, and jobs that are broken off take some more. */
const grace = 20_000;

/**
 * Runs the server until SIGTERM or SIGINT; what the file `.env` in the working directory says counts where `env` says
 * nothing. Throws `UsageError` for what is missing or wrong in the environment. A second signal ends the process at once.
 */
export async function serve(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const envFile = resolve('.env');
  if (env === process.env && existsSync(envFile)) loadEnvFile(envFile);
  const environment = readEnvironment(env);
  const log = await openLog(environment);
  const server = await startServer({ environment, envFile, log });
  if (environment.app === null) {
    log.info(
      { url: `${server.url}/probot` },
      `Loopwarden has no App yet: open ${server.url}/probot to register one`,
    );
  } else {
    log.info({ url: server.url, appId: environment.app.id }, `Loopwarden listens on ${server.url}`);
  }

  const signal = await firstSignal();
  log.info({ signal }, 'stopping');
  process.once('SIGTERM', exitAtOnce).once('SIGINT', exitAtOnce);
  await server.stop(grace);
  log.info({}, 'stopped');
  process.off('SIGTERM', exitAtOnce).off('SIGINT', exitAtOnce);
}

function loadEnvFile(path: string): void {
  try {
    process.loadEnvFile(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    const onSignal = (signal: NodeJS.Signals) => {
      process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
      resolve(signal);
    };
    process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  });
}

function exitAtOnce(): void {
  process.exit(1);
}
