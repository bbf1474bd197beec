import type { GraphQLFieldResolver } from 'graphql';
import type { Caller } from '../http/call.ts';
import { ContractViolation } from '../schema/contract-violation.ts';
import type { Node } from '../state/model.ts';
import type { World } from '../state/world.ts';

/** What every field is resolved in. */
export interface GraphQLCall {
  readonly world: World;
  readonly caller: Caller;
  /** The object of the schema for anything that has a global id: how what is below refers to what is above it. */
  readonly sourceOf: (node: Node) => Source | null;
}

/** Arguments of a field, checked against the schema. */
export type Arguments = Readonly<Record<string, unknown>>;

/** An object of the schema: for each field that is served, its value or a function that gives it. */
export type Source = {
  readonly [field: string]: unknown | ((args: Arguments, call: GraphQLCall) => unknown);
};

/** Gives a field of a source. One that is not served is a violation, by name, and never silently null. */
export const resolveField: GraphQLFieldResolver<Source | undefined, GraphQLCall> = (
  source,
  args,
  call,
  info,
) => {
  const value = source?.[info.fieldName];
  if (value === undefined) {
    const field = `${info.parentType.name}.${info.fieldName}`;
    throw new ContractViolation(
      `GraphQL ${field}`,
      ['the stand-in does not serve it; add it in test/github/graphql'],
      501,
    );
  }
  return typeof value === 'function' ? value(args, call) : value;
};
