import { Probot } from 'probot';
import type { Environment } from './environment.ts';

/** The log of the server: Probot's, which is pino's (https://getpino.io). */
export type ServerLog = Probot['log'];

/** Opens the log. Probot gives one only with an instance; this instance is used for nothing else. */
export async function openLog({ logLevel, logFormat }: Environment): Promise<ServerLog> {
  const probot = new Probot({ appId: 1, privateKey: 'none', logLevel, logFormat });
  await probot.ready();
  return probot.log.child({ name: 'loopwarden' });
}
