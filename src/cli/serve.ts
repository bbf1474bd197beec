import type { ExitStatus } from './exit-status.ts';

/** `loopwarden serve`: runs the server until it is told to stop. */
export async function serve(): Promise<ExitStatus> {
  const server = await import('../server/serve.ts');
  await server.serve();
  return 0;
}
