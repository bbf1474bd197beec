import { GraphQLError } from 'graphql';

/** GitHub's own "no" to a part of a query: the answer has status 200 and this among its errors. */
export function refuse(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** There is no such node, or not for the caller's eyes. */
export function noNode(what: string): GraphQLError {
  return refuse('NOT_FOUND', `Could not resolve to ${what}.`);
}

/** A permission is missing. */
export function notAccessible(): GraphQLError {
  return refuse('FORBIDDEN', 'Resource not accessible by integration');
}
