import type { Reaction } from '../state/model.ts';
import type { World } from '../state/world.ts';
import { renderAccount } from './account.ts';
import { isoTime, type Json } from './json.ts';

const contents = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'] as const;

/** A `reaction-rollup`: how many there are of each kind. */
export function renderReactions(url: string, reactions: readonly Reaction[]): Json {
  const counts = contents.map(content => [content, reactions.filter(one => one.content === content).length]);
  return { url, total_count: reactions.length, ...Object.fromEntries(counts) };
}

/** A `reaction`. */
export function renderReaction(world: World, reaction: Reaction): Json {
  return {
    id: reaction.id,
    node_id: `REA_${Buffer.from(`stand-in:${reaction.id}`).toString('base64url')}`,
    user: renderAccount(world, reaction.author),
    content: reaction.content,
    created_at: isoTime(reaction.createdAt),
  };
}
