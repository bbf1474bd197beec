import { GitHubError } from '../errors.ts';
import { describeError } from '../jobs/describe-error.ts';
import { type HttpHandler, jsonReply, textReply } from './http-reply.ts';

/** `GET /healthz`: the process lives. */
export const healthHandler: HttpHandler = () => textReply(200, 'ok');

/**
 * `GET /readyz`: the process can take work and do it. `checks` are tried by name; each rejects with what is in the way.
 */
export function createReadyHandler(checks: Readonly<Record<string, () => Promise<unknown>>>): HttpHandler {
  return async () => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await outcomeOf(check)] as const),
    );
    const ready = results.every(([, outcome]) => outcome === 'ok');
    return jsonReply(ready ? 200 : 503, { ready, checks: Object.fromEntries(results) });
  };
}

async function outcomeOf(check: () => Promise<unknown>): Promise<string> {
  try {
    await check();
    return 'ok';
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'unauthorized') {
      return `GitHub does not accept APP_ID and PRIVATE_KEY: ${describeError(error).message}`;
    }
    return describeError(error).message;
  }
}
