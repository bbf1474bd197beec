import type { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appClient, clientWith, placeOf } from './clients.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import { accountOf } from './state/accounts.ts';
import { addIssueComment, openIssue } from './state/conversations.ts';
import type { IssueComment, PullRequest, Repository } from './state/model.ts';
import { openPullRequest } from './state/pull-requests.ts';

let standIn: StandIn;
let repository: Repository;
let pull: PullRequest;
let question: IssueComment;
let client: Octokit;
let place: { owner: string; repo: string };

beforeEach(async () => {
  standIn = await startStandIn({ permissions: { pull_requests: 'write' } });
  repository = await standIn.addRepository('acme/shop', { collaborators: { mary: 'write' } });
  pull = await openPullRequest(standIn.world, repository, { files: { 'a.py': '' } });
  question = addIssueComment(standIn.world, pull, {
    author: accountOf(standIn.world, 'mary'),
    body: '/loopwarden help',
  });
  client = await appClient(standIn, repository);
  place = placeOf(repository);
});

afterEach(async () => {
  await standIn.close();
  expect(standIn.violations).toEqual([]);
});

it('lists comments with who wrote them', async () => {
  await client.rest.issues.createComment({ ...place, issue_number: pull.number, body: 'Help is here.' });
  const { data } = await client.rest.issues.listComments({ ...place, issue_number: pull.number });
  expect(
    data.map(one => [one.user?.login, one.author_association, one.performed_via_github_app?.slug]),
  ).toEqual([
    ['mary', 'MEMBER', undefined],
    ['loopwarden[bot]', 'NONE', 'loopwarden'],
  ]);
});

it('changes and deletes own comments only', async () => {
  const { data } = await client.rest.issues.createComment({
    ...place,
    issue_number: pull.number,
    body: 'One.',
  });
  await client.rest.issues.updateComment({ ...place, comment_id: data.id, body: 'Two.' });
  expect((await client.rest.issues.getComment({ ...place, comment_id: data.id })).data.body).toBe('Two.');
  await client.rest.issues.deleteComment({ ...place, comment_id: data.id });
  const foreign = client.rest.issues.deleteComment({ ...place, comment_id: question.id });
  await expect(foreign).rejects.toMatchObject({ status: 403 });
});

it.each([
  ['blank', ' '],
  ['too long', 'x'.repeat(65_537)],
])('refuses a comment that is %s', async (_, body) => {
  const posted = client.rest.issues.createComment({ ...place, issue_number: pull.number, body });
  await expect(posted).rejects.toMatchObject({ status: 422 });
});

it('refuses an App where the conversation is locked', async () => {
  pull.locked = true;
  const posted = client.rest.issues.createComment({ ...place, issue_number: pull.number, body: 'Hello?' });
  await expect(posted).rejects.toMatchObject({ status: 403 });
});

it('tells an issue from a pull request', async () => {
  const issue = openIssue(standIn.world, repository, { title: 'Slow' });
  const { data } = await client.rest.issues.get({ ...place, issue_number: issue.number });
  expect([data.number, data.title, data.pull_request]).toEqual([2, 'Slow', undefined]);
});

it('counts a reaction once, and lets it be taken back', async () => {
  const subject = { ...place, comment_id: question.id };
  const first = await client.rest.reactions.createForIssueComment({ ...subject, content: 'eyes' });
  const second = await client.rest.reactions.createForIssueComment({ ...subject, content: 'eyes' });
  const { data } = await client.rest.issues.getComment(subject);
  expect([first.status, second.status, data.reactions?.eyes]).toEqual([201, 200, 1]);

  await client.rest.reactions.deleteForIssueComment({ ...subject, reaction_id: first.data.id });
  expect((await client.rest.reactions.listForIssueComment(subject)).data).toEqual([]);
});

it('lets people write with a role to read, and others not at all', async () => {
  const mary = clientWith(standIn, standIn.userToken('mary'));
  const bob = clientWith(standIn, standIn.userToken('bob'));
  const comment = { ...place, issue_number: pull.number, body: 'Me too.' };
  expect((await mary.rest.issues.createComment(comment)).status).toBe(201);
  await expect(bob.rest.issues.createComment(comment)).rejects.toMatchObject({ status: 404 });
});
