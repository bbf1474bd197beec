import { associationOf } from '../state/accounts.ts';
import type { Issue, IssueComment, PullRequest } from '../state/model.ts';
import { nodeId, type World } from '../state/world.ts';
import { renderAccount } from './account.ts';
import { renderApp } from './app.ts';
import { isoTime, isoTimeOrNull, type Json } from './json.ts';
import { pullApi, pullPage, renderLabel } from './pull-request.ts';
import { renderReactions } from './reactions.ts';
import { repositoryApi, repositoryPage } from './repository.ts';

/** The address of an issue, or of a pull request as an issue, in the API. */
export function issueApi(world: World, conversation: PullRequest | Issue): string {
  return `${repositoryApi(world, conversation.repository)}/issues/${conversation.number}`;
}

/** The address of an issue or a pull request on the web site. */
export function conversationPage(world: World, conversation: PullRequest | Issue): string {
  return conversation.kind === 'pull'
    ? pullPage(world, conversation)
    : `${repositoryPage(world, conversation.repository)}/issues/${conversation.number}`;
}

/** An `issue`; a pull request is one with a `pull_request`. */
export function renderIssue(world: World, conversation: PullRequest | Issue): Json {
  const api = issueApi(world, conversation);
  return {
    id: conversation.id,
    node_id: nodeId(conversation),
    url: api,
    repository_url: repositoryApi(world, conversation.repository),
    labels_url: `${api}/labels{/name}`,
    comments_url: `${api}/comments`,
    events_url: `${api}/events`,
    html_url: conversationPage(world, conversation),
    timeline_url: `${api}/timeline`,
    number: conversation.number,
    title: conversation.title,
    body: conversation.body,
    user: renderAccount(world, conversation.author),
    labels: conversation.labels.map(label => renderLabel(world, conversation.repository, label)),
    state: conversation.state,
    state_reason: null,
    locked: conversation.locked,
    active_lock_reason: null,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: conversation.comments.length,
    created_at: isoTime(conversation.createdAt),
    updated_at: isoTime(conversation.updatedAt),
    closed_at: isoTimeOrNull(conversation.closedAt),
    author_association: associationOf(conversation.repository, conversation.author),
    performed_via_github_app: null,
    reactions: renderReactions(`${api}/reactions`, conversation.reactions),
    ...(conversation.kind === 'pull' && {
      draft: conversation.draft,
      pull_request: renderPullLinks(world, conversation),
    }),
  };
}

function renderPullLinks(world: World, pull: PullRequest): Json {
  const page = pullPage(world, pull);
  return {
    url: pullApi(world, pull),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: isoTimeOrNull(pull.mergedAt),
  };
}

/** The address of a comment of a conversation on the web site. */
export function issueCommentPage(world: World, comment: IssueComment): string {
  return `${conversationPage(world, comment.conversation)}#issuecomment-${comment.id}`;
}

/** An `issue-comment`. */
export function renderIssueComment(world: World, comment: IssueComment): Json {
  const { conversation } = comment;
  const api = `${repositoryApi(world, conversation.repository)}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId(comment),
    url: api,
    html_url: issueCommentPage(world, comment),
    issue_url: issueApi(world, conversation),
    user: renderAccount(world, comment.author),
    body: comment.body,
    created_at: isoTime(comment.createdAt),
    updated_at: isoTime(comment.updatedAt),
    author_association: associationOf(conversation.repository, comment.author),
    performed_via_github_app: comment.byApp ? renderApp(world) : null,
    reactions: renderReactions(`${api}/reactions`, comment.reactions),
  };
}
