import type { Node, Repository } from '../state/model.ts';
import type { World } from '../state/world.ts';
import { actorSource } from './actor.ts';
import { issueCommentSource, reviewCommentSource } from './comments.ts';
import { pullRequestSource } from './pull-request.ts';
import { noNode } from './refusals.ts';
import { repositorySource } from './repository.ts';
import { reviewSource } from './reviews.ts';
import type { GraphQLCall, Source } from './source.ts';
import { threadSource } from './threads.ts';

/** What a global id stands for. Throws as GitHub does when it stands for nothing. */
export function nodeNamed({ world }: GraphQLCall, id: unknown): Node {
  const node = world.nodes.get(String(id));
  if (node === undefined) throw noNode(`a node with the global id of '${String(id)}'`);
  return node;
}

/** The node of one kind that a global id stands for. */
export function nodeOf<K extends Node['kind']>(
  call: GraphQLCall,
  id: unknown,
  ...kinds: readonly K[]
): Extract<Node, { kind: K }> {
  const node = nodeNamed(call, id);
  if (!(kinds as readonly string[]).includes(node.kind)) {
    throw noNode(`a node of the kind ${kinds.join(' or ')} with the global id of '${String(id)}'`);
  }
  return node as Extract<Node, { kind: K }>;
}

/** The source of a node for `node(id:)`; `null` for what GraphQL is not asked for here. */
export function nodeSource(world: World, node: Node): Source | null {
  switch (node.kind) {
    case 'account':
      return actorSource(world, node);
    case 'repository':
      return repositorySource(world, node);
    case 'pull':
      return pullRequestSource(world, node);
    case 'review':
      return reviewSource(world, node);
    case 'thread':
      return threadSource(world, node);
    case 'review-comment':
      return reviewCommentSource(world, node);
    case 'issue-comment':
      return issueCommentSource(world, node);
    default:
      return null;
  }
}

/** The repository that something written belongs to. */
export function repositoryOfNode(
  node: Extract<Node, { kind: 'review' | 'review-comment' | 'issue-comment' }>,
): Repository {
  if (node.kind === 'review') return node.pull.repository;
  return node.kind === 'review-comment' ? node.thread.pull.repository : node.conversation.repository;
}
