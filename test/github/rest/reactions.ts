import { actorOf, type Call, noContent, numberOf, type Reply, repositoryOf } from '../http/call.ts';
import { endpoint, type Need } from '../http/endpoint.ts';
import { listReply } from '../http/paging.ts';
import { forbidden, notFound } from '../http/refusal.ts';
import { renderReaction } from '../render/reactions.ts';
import { addReaction, type Reactable } from '../state/conversations.ts';
import type { Level, Reaction } from '../state/model.ts';
import { issueCommentOf } from './issues.ts';
import { reviewCommentOf } from './review-comments.ts';

/** What can be reacted to: the name that its operations end in, how a request names it, and the permissions for it. */
const subjects: readonly (readonly [
  name: string,
  find: (call: Call) => Reactable,
  permissions: readonly string[],
])[] = [
  ['issue', findConversation, ['issues', 'pull_requests']],
  ['issue-comment', issueCommentOf, ['issues', 'pull_requests']],
  ['pull-request-review-comment', reviewCommentOf, ['pull_requests']],
];

/** Reactions. https://docs.github.com/rest/reactions */
export const reactionEndpoints = subjects.flatMap(([name, find, permissions]) => {
  const needs = (level: Level): Need[] => permissions.map(permission => ({ [permission]: level }));
  const removal = name === 'issue' ? 'reactions/delete-for-issue' : `reactions/delete-for-${shortName(name)}`;
  return [
    endpoint(`reactions/list-for-${name}`, needs('read'), call => {
      const { content } = call.parameters;
      const reactions = find(call).reactions.filter(one => content === undefined || one.content === content);
      return listReply(call, reactions, reaction => renderReaction(call.world, reaction));
    }),
    endpoint(`reactions/create-for-${name}`, needs('write'), call => react(call, find(call))),
    endpoint(removal, needs('write'), call => unreact(call, find(call))),
  ];
});

function shortName(name: string): string {
  return name === 'pull-request-review-comment' ? 'pull-request-comment' : name;
}

function react(call: Call, subject: Reactable): Reply {
  const { content } = call.body as { content: Reaction['content'] };
  const { reaction, isNew } = addReaction(call.world, subject, actorOf(call), content);
  return { status: isNew ? 201 : 200, body: renderReaction(call.world, reaction) };
}

function unreact(call: Call, { reactions }: Reactable): Reply {
  const reaction = reactions.find(one => one.id === numberOf(call, 'reaction_id'));
  if (reaction === undefined) throw notFound();
  if (reaction.author !== actorOf(call)) throw forbidden();
  reactions.splice(reactions.indexOf(reaction), 1);
  return noContent();
}

function findConversation(call: Call): Reactable {
  const conversation = repositoryOf(call).conversations.get(numberOf(call, 'issue_number'));
  if (conversation === undefined) throw notFound();
  return conversation;
}
