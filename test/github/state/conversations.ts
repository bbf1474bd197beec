import { accountOf } from './accounts.ts';
import type { Account, Issue, IssueComment, PullRequest, Reaction, Repository } from './model.ts';
import { nextNumber } from './pull-requests.ts';
import { register, type World } from './world.ts';

/** Opens an issue that is no pull request. */
export function openIssue(
  world: World,
  repository: Repository,
  options: { readonly title?: string; readonly body?: string; readonly author?: string } = {},
): Issue {
  const now = world.now();
  const issue: Issue = register(world, {
    kind: 'issue',
    id: world.nextId(),
    repository,
    number: nextNumber(repository),
    author: accountOf(world, options.author ?? 'alice'),
    createdAt: now,
    title: options.title ?? 'Something is wrong',
    body: options.body ?? null,
    state: 'open',
    locked: false,
    labels: [],
    updatedAt: now,
    closedAt: null,
    comments: [],
    reactions: [],
  });
  repository.conversations.set(issue.number, issue);
  return issue;
}

/** Adds a comment to the conversation of an issue or a pull request. */
export function addIssueComment(
  world: World,
  conversation: PullRequest | Issue,
  {
    author,
    body,
    byApp = false,
  }: { readonly author: Account; readonly body: string; readonly byApp?: boolean },
): IssueComment {
  const now = world.now();
  const comment: IssueComment = register(world, {
    kind: 'issue-comment',
    id: world.nextId(),
    conversation,
    author,
    byApp,
    body,
    createdAt: now,
    updatedAt: now,
    minimized: null,
    reactions: [],
  });
  conversation.comments.push(comment);
  conversation.updatedAt = now;
  return comment;
}

/** Something that people react to. */
export interface Reactable {
  readonly reactions: Reaction[];
}

/** Adds a reaction, once for each account and kind. */
export function addReaction(
  world: World,
  to: Reactable,
  author: Account,
  content: Reaction['content'],
): { readonly reaction: Reaction; readonly isNew: boolean } {
  const known = to.reactions.find(one => one.author === author && one.content === content);
  if (known) return { reaction: known, isNew: false };
  const reaction: Reaction = { id: world.nextId(), author, content, createdAt: world.now() };
  to.reactions.push(reaction);
  return { reaction, isNew: true };
}
