import { allows } from '../http/authorise.ts';
import type { Need } from '../http/endpoint.ts';
import type { Repository } from '../state/model.ts';
import { notAccessible } from './refusals.ts';
import type { GraphQLCall } from './source.ts';

/** Throws unless the caller has a permission for a repository. */
export function demand(call: GraphQLCall, need: Need, repository: Repository): void {
  if (!allows(call.caller, need, repository)) throw notAccessible();
}
