import { endpoints } from '../rest/endpoints.ts';
import { ContractViolation } from '../schema/contract-violation.ts';
import type { OperationMatch } from '../schema/openapi-description.ts';
import { checkAnswer, checkRequest } from '../schema/rest-contract.ts';
import type { World } from '../state/world.ts';
import { authorise } from './authorise.ts';
import type { Call, Caller, Reply } from './call.ts';
import { invalidRequest, notFound, Refusal } from './refusal.ts';

/** A request to the REST API whose operation is known. */
export interface RestRequest {
  readonly match: OperationMatch;
  readonly caller: Caller;
  readonly url: URL;
  /** The parsed body; `undefined` when none was sent. */
  readonly body: unknown;
  readonly accept: string;
}

/** Media types that handlers know: https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types */
const formats = new Set(['json', 'raw', 'diff']);

/**
 * Answers a request as GitHub would, its refusals included. Throws a `ContractViolation` when the request, or the answer
 * that was made for it, does not agree with GitHub's description.
 */
export async function answerRest(world: World, request: RestRequest): Promise<Reply> {
  const reply = await handle(world, request).catch((error: unknown): Reply => {
    if (error instanceof Refusal) return error;
    throw error;
  });
  const [contentType = ''] = (reply.headers?.['content-type'] ?? 'application/json').split(';');
  if (reply.status !== 304) checkAnswer(request.match.operation, reply.status, contentType, reply.body);
  return reply;
}

async function handle(world: World, { match, caller, url, body, accept }: RestRequest): Promise<Reply> {
  const { operation } = match;
  const endpoint = endpoints.get(operation.id);
  if (endpoint === undefined) {
    throw new ContractViolation(
      operation.id,
      ['the stand-in does not serve it; add it in test/github/rest'],
      501,
    );
  }
  const { parameters, tooMuch } = checkRequest(match, url.searchParams, body);

  authorise(world, caller, endpoint.access, repositoryIn(world, parameters));
  if (tooMuch.length > 0) throw invalidRequest(...tooMuch);
  const call: Call = { world, caller, parameters, body: body ?? {}, format: formatOf(accept), url };
  return endpoint.handle(call);
}

function repositoryIn(world: World, { owner, repo }: Readonly<Record<string, unknown>>) {
  if (owner === undefined || repo === undefined) return null;
  const repository = world.repositories.get(`${String(owner)}/${String(repo)}`.toLowerCase());
  if (repository === undefined) throw notFound();
  return repository;
}

function formatOf(accept: string): string {
  const [, name = 'json'] = /vnd\.github(?:\.v3)?\.(\w+)/.exec(accept) ?? [];
  const format = name === 'v3' ? 'json' : name;
  if (!formats.has(format))
    throw new ContractViolation(`Accept: ${accept}`, ['the stand-in does not serve it'], 501);
  return format;
}
