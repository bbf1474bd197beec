import type { Account, PullRequest, Repository, Token } from '../state/model.ts';
import type { World } from '../state/world.ts';
import { notFound } from './refusal.ts';

/** Who makes a request: the App itself (by JWT), the bearer of a token, or nobody known. */
export type Caller = { readonly kind: 'app' } | { readonly kind: 'nobody' } | Token['bearer'];

/** A request that agrees with GitHub's description, as a handler sees it. */
export interface Call {
  readonly world: World;
  readonly caller: Caller;
  /** Of path and query, in the types of the description. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The parsed body; empty when none was sent. */
  readonly body: unknown;
  /** The media type asked for: `raw` of `application/vnd.github.raw+json`; `json` otherwise. */
  readonly format: string;
  /** The request's own address, for links to further pages. */
  readonly url: URL;
}

/** What a handler answers. A `body` that is a string is sent as it is, everything else as JSON. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** 200 with a body. */
export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** 201 with a body. */
export function created(body: unknown): Reply {
  return { status: 201, body };
}

/** 204, without a body. */
export function noContent(): Reply {
  return { status: 204 };
}

/** A parameter that is a number. */
export function numberOf(call: Call, name: string): number {
  return Number(call.parameters[name]);
}

/** A parameter that is text; empty where it is missing. */
export function textOf(call: Call, name: string): string {
  return String(call.parameters[name] ?? '');
}

/** The repository that the path names. Whether the caller may see it was decided before. */
export function repositoryOf(call: Call): Repository {
  const fullName = `${textOf(call, 'owner')}/${textOf(call, 'repo')}`.toLowerCase();
  const repository = call.world.repositories.get(fullName);
  if (repository === undefined) throw notFound();
  return repository;
}

/** The pull request that the path names. */
export function pullOf(call: Call): PullRequest {
  const conversation = repositoryOf(call).conversations.get(numberOf(call, 'pull_number'));
  if (conversation?.kind !== 'pull') throw notFound();
  return conversation;
}

/** The account in whose name the caller writes. */
export function actorOf(call: Pick<Call, 'world' | 'caller'>): Account {
  return call.caller.kind === 'user' ? call.caller.account : call.world.app.bot;
}
