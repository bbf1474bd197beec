import type { Level } from '../state/model.ts';
import type { Call, Reply } from './call.ts';

/** Permissions that together allow something: `{ pull_requests: 'write' }`. */
export type Need = Readonly<Record<string, Level>>;

/** Who may call an operation. */
export type Access =
  /** The App itself, by its JWT. */
  | 'app'
  /** Any token of an installation. */
  | 'installation'
  /** Anybody. */
  | 'anyone'
  /** Tokens with the permissions of one of these. */
  | readonly Need[];

/** An operation that the stand-in serves. */
export interface Endpoint {
  /** As in the description: `pulls/list-files`. */
  readonly operation: string;
  readonly access: Access;
  /** Throws a `Refusal` for what GitHub refuses. */
  readonly handle: (call: Call) => Reply | Promise<Reply>;
}

/** Declares an operation. A single need may be given without its list. */
export function endpoint(operation: string, access: Access | Need, handle: Endpoint['handle']): Endpoint {
  const oneNeed = typeof access === 'object' && !Array.isArray(access);
  return { operation, access: oneNeed ? [access as Need] : (access as Access), handle };
}
