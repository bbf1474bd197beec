import { randomBytes } from 'node:crypto';
import type { Token } from './model.ts';
import type { World } from './world.ts';

const hour = 60 * 60 * 1000;

/** Gives out a token that is good for an hour. */
export function issueToken(world: World, bearer: Token['bearer']): Token {
  const token = { text: tokenText(world, bearer), bearer, expiresAt: new Date(world.now().getTime() + hour) };
  world.tokens.set(token.text, token);
  return token;
}

/** The token of a text while it is good. */
export function findToken(world: World, text: string): Token | null {
  const token = world.tokens.get(text);
  return token && token.expiresAt > world.now() ? token : null;
}

/** Ends every token that was given out so far, as an hour does. */
export function expireTokens(world: World): void {
  for (const token of world.tokens.values()) token.expiresAt = new Date(0);
}

/** Installations' tokens have the stateless format of 2026, some 300 characters: nobody may count on 40. */
function tokenText(world: World, bearer: Token['bearer']): string {
  const random = (bytes: number) => randomBytes(bytes).toString('base64url');
  return bearer.kind === 'user'
    ? `ghp_${random(27)}`
    : `ghs_${world.app.id}_${random(36)}.${random(120)}.${random(64)}`;
}
