import { actorOf, type Call, created, noContent, numberOf, ok, repositoryOf } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { listReply } from '../http/paging.ts';
import { forbidden, invalid, notFound } from '../http/refusal.ts';
import { renderIssue, renderIssueComment } from '../render/conversation.ts';
import { renderLabel } from '../render/pull-request.ts';
import { addIssueComment } from '../state/conversations.ts';
import type { Issue, IssueComment, PullRequest } from '../state/model.ts';
import { bodyProblem } from '../state/reviews.ts';

const read = [{ issues: 'read' }, { pull_requests: 'read' }] as const;
const write = [{ issues: 'write' }, { pull_requests: 'write' }] as const;

/** Issues, pull requests as issues, and the comments of their conversations. https://docs.github.com/rest/issues */
export const issueEndpoints = [
  endpoint('issues/get', read, call => ok(renderIssue(call.world, conversationOf(call)))),

  endpoint('issues/list-labels-on-issue', read, call => {
    const conversation = conversationOf(call);
    return listReply(call, conversation.labels, one => renderLabel(call.world, conversation.repository, one));
  }),

  endpoint('issues/list-comments', read, call => {
    const since = call.parameters.since === undefined ? 0 : Date.parse(String(call.parameters.since));
    const comments = conversationOf(call).comments.filter(one => one.updatedAt.getTime() >= since);
    return listReply(call, comments, comment => renderIssueComment(call.world, comment));
  }),

  endpoint('issues/get-comment', read, call => ok(renderIssueComment(call.world, issueCommentOf(call)))),

  endpoint('issues/create-comment', write, call => {
    const conversation = conversationOf(call);
    const { body } = call.body as { body: string };
    requireBody(body);
    if (conversation.locked && call.caller.kind !== 'user')
      throw forbidden('Unable to create comment because issue is locked.');
    const byApp = call.caller.kind === 'installation';
    const comment = addIssueComment(call.world, conversation, { author: actorOf(call), body, byApp });
    return created(renderIssueComment(call.world, comment));
  }),

  endpoint('issues/update-comment', write, call => {
    const comment = ownComment(call);
    const { body } = call.body as { body: string };
    requireBody(body);
    comment.body = body;
    comment.updatedAt = call.world.now();
    return ok(renderIssueComment(call.world, comment));
  }),

  endpoint('issues/delete-comment', write, call => {
    const comment = ownComment(call);
    const { comments } = comment.conversation;
    comments.splice(comments.indexOf(comment), 1);
    return noContent();
  }),
];

function requireBody(body: string): void {
  const problem = bodyProblem(body, { blank: 'refused' });
  if (problem !== null) throw invalid('IssueComment', 'body', problem);
}

function conversationOf(call: Call): PullRequest | Issue {
  const conversation = repositoryOf(call).conversations.get(numberOf(call, 'issue_number'));
  if (conversation === undefined) throw notFound();
  return conversation;
}

/** The comment of a conversation that the path names. */
export function issueCommentOf(call: Call): IssueComment {
  for (const conversation of repositoryOf(call).conversations.values()) {
    const comment = conversation.comments.find(one => one.id === numberOf(call, 'comment_id'));
    if (comment) return comment;
  }
  throw notFound();
}

function ownComment(call: Call): IssueComment {
  const comment = issueCommentOf(call);
  if (comment.author !== actorOf(call)) throw forbidden();
  return comment;
}
