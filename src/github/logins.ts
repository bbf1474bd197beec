/** Who did something, as GraphQL has it (https://docs.github.com/graphql/reference/interfaces#actor); `null` when the account is gone. */
export type Actor = { readonly __typename: string; readonly login: string } | null;

/** The login as the REST API has it: that of a bot ends in `[bot]`, which GraphQL leaves out. */
export function loginOf(actor: Actor): string | null {
  if (actor === null) return null;
  return isBot(actor) ? `${actor.login}[bot]` : actor.login;
}

/** Whether somebody is a bot. */
export function isBot(actor: Actor): boolean {
  return actor?.__typename === 'Bot';
}

/** Logins are compared as GitHub does: in any case. */
export function isSameLogin(one: string | null | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
