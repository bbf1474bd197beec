import type { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appClient, appToken, clientWith } from './clients.ts';
import { endpoints } from './rest/endpoints.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import { accountOf } from './state/accounts.ts';
import { addCheckRun, suiteOf } from './state/check-runs.ts';
import { addIssueComment, addReaction } from './state/conversations.ts';
import { installApp } from './state/installations.ts';
import type { CheckRun, IssueComment, PullRequest, Repository, ReviewComment } from './state/model.ts';
import { openPullRequest } from './state/pull-requests.ts';

const write = 'write' as const;
const permissions = { checks: write, contents: write, pull_requests: write, issues: write };

let standIn: StandIn;
let client: Octokit;
let repository: Repository;
let pull: PullRequest;
let run: CheckRun;
let comment: IssueComment;
let reviewComment: ReviewComment;
let blob: string;

beforeAll(async () => {
  standIn = await startStandIn({ permissions });
  const { world } = standIn;
  repository = await standIn.addRepository('acme/shop', { files: { 'a.py': 'a = 1\n' } });
  pull = await openPullRequest(world, repository, { files: { 'a.py': 'a = 2\n' }, labels: ['async'] });
  run = addCheckRun(world, suiteOf(world, repository, pull.headSha), 'Loopwarden');
  run.annotations.push({
    path: 'a.py',
    start_line: 1,
    end_line: 1,
    annotation_level: 'notice',
    message: 'Look.',
  });
  comment = addIssueComment(world, pull, { author: world.app.bot, body: 'Here.' });
  blob = (await repository.git.objects.read('main:a.py'))?.oid ?? '';
  client = await appClient(standIn, repository);
  const comments = [{ path: 'a.py', line: 1, side: 'RIGHT', body: 'Look.' }];
  const { data } = await ask('POST', `${repo}/pulls/1/reviews`, {
    event: 'COMMENT',
    body: 'x',
    comments,
  });
  reviewComment = pull.threads[0]?.comments[0] as ReviewComment;
  expect(data.id).toBe(reviewComment.review.id);
});

afterAll(async () => {
  const asked = new Set(standIn.log.entries.map(entry => entry.operation));
  await standIn.close();
  expect(standIn.violations).toEqual([]);
  // An operation that is served but tried nowhere could answer anything.
  expect([...endpoints.keys()].filter(operation => !asked.has(operation))).toEqual([]);
});

const ask = (method: string, path: string, body?: object, octokit = client) =>
  octokit.request(`${method} ${path}`, body === undefined ? {} : { data: body });

/** The reaction of the App to something, for it to take back. */
const reactionTo = (subject: PullRequest | IssueComment | ReviewComment) =>
  addReaction(standIn.world, subject, standIn.world.app.bot, 'eyes').reaction.id;

/** What stands in a path or a body for what is known only when all is there. */
const known: Readonly<Record<string, () => string | number>> = {
  HEAD: () => pull.headSha,
  BASE: () => pull.baseSha,
  BLOB: () => blob,
  REVIEW: () => reviewComment.review.id,
  REVIEW_COMMENT: () => reviewComment.id,
  COMMENT: () => comment.id,
  RUN: () => run.id,
  SUITE: () => run.suite.id,
  REACTION_TO_PULL: () => reactionTo(pull),
  REACTION_TO_COMMENT: () => reactionTo(comment),
  REACTION_TO_REVIEW_COMMENT: () => reactionTo(reviewComment),
};

const fillIn = (text: string) => text.replace(/\$(\w+)/g, (_, name: string) => String(known[name]?.()));

const repo = '/repos/acme/shop';
const ok = 200;
const created = 201;
const gone = 204;

describe('as an installation', () => {
  it.each<[method: string, path: string, status: number, body?: object]>([
    ['GET', repo, ok],
    ['GET', `${repo}/contents/a.py`, ok],
    ['GET', `${repo}/git/blobs/$BLOB`, ok],
    ['GET', `${repo}/git/trees/main`, ok],
    ['GET', `${repo}/git/commits/$HEAD`, ok],
    ['GET', `${repo}/git/ref/heads/main`, ok],
    ['GET', `${repo}/commits/$HEAD`, ok],
    ['GET', `${repo}/commits/$HEAD/pulls`, ok],
    ['GET', `${repo}/compare/main...$HEAD`, ok],
    ['GET', `${repo}/collaborators/acme/permission`, ok],
    ['GET', '/installation/repositories', ok],
    ['GET', `${repo}/pulls`, ok],
    ['GET', `${repo}/pulls/1`, ok],
    ['GET', `${repo}/pulls/1/files`, ok],
    ['GET', `${repo}/pulls/1/commits`, ok],
    ['GET', `${repo}/pulls/1/reviews`, ok],
    ['GET', `${repo}/pulls/1/reviews/$REVIEW`, ok],
    ['GET', `${repo}/pulls/1/reviews/$REVIEW/comments`, ok],
    ['PUT', `${repo}/pulls/1/reviews/$REVIEW`, ok, { body: 'Better.' }],
    ['GET', `${repo}/pulls/1/comments`, ok],
    [
      'POST',
      `${repo}/pulls/1/comments`,
      created,
      { body: 'More.', path: 'a.py', line: 1, commit_id: '$HEAD' },
    ],
    ['GET', `${repo}/pulls/comments/$REVIEW_COMMENT`, ok],
    ['PATCH', `${repo}/pulls/comments/$REVIEW_COMMENT`, ok, { body: 'Better.' }],
    ['POST', `${repo}/pulls/1/comments/$REVIEW_COMMENT/replies`, created, { body: 'Why?' }],
    ['GET', `${repo}/issues/1`, ok],
    ['GET', `${repo}/issues/1/labels`, ok],
    ['GET', `${repo}/issues/1/comments`, ok],
    ['POST', `${repo}/issues/1/comments`, created, { body: 'There.' }],
    ['GET', `${repo}/issues/comments/$COMMENT`, ok],
    ['PATCH', `${repo}/issues/comments/$COMMENT`, ok, { body: 'Better.' }],
    ['GET', `${repo}/issues/1/reactions`, ok],
    ['POST', `${repo}/issues/1/reactions`, created, { content: 'rocket' }],
    ['DELETE', `${repo}/issues/1/reactions/$REACTION_TO_PULL`, gone],
    ['GET', `${repo}/issues/comments/$COMMENT/reactions`, ok],
    ['POST', `${repo}/issues/comments/$COMMENT/reactions`, created, { content: '+1' }],
    ['DELETE', `${repo}/issues/comments/$COMMENT/reactions/$REACTION_TO_COMMENT`, gone],
    ['GET', `${repo}/pulls/comments/$REVIEW_COMMENT/reactions`, ok],
    ['POST', `${repo}/pulls/comments/$REVIEW_COMMENT/reactions`, created, { content: 'heart' }],
    ['DELETE', `${repo}/pulls/comments/$REVIEW_COMMENT/reactions/$REACTION_TO_REVIEW_COMMENT`, gone],
    ['DELETE', `${repo}/issues/comments/$COMMENT`, gone],
    ['DELETE', `${repo}/pulls/comments/$REVIEW_COMMENT`, gone],
    ['POST', `${repo}/check-runs`, created, { name: 'Loopwarden', head_sha: '$HEAD' }],
    ['GET', `${repo}/check-runs/$RUN`, ok],
    ['PATCH', `${repo}/check-runs/$RUN`, ok, { conclusion: 'success' }],
    ['GET', `${repo}/check-runs/$RUN/annotations`, ok],
    ['GET', `${repo}/commits/$HEAD/check-runs`, ok],
    ['GET', `${repo}/check-suites/$SUITE`, ok],
    ['GET', `${repo}/check-suites/$SUITE/check-runs`, ok],
    ['POST', `${repo}/check-suites`, ok, { head_sha: '$HEAD' }],
    ['POST', `${repo}/check-suites`, created, { head_sha: '$BASE' }],
  ])('%s %s gives %i', async (method, path, status, body) => {
    const filled = body && (JSON.parse(fillIn(JSON.stringify(body))) as object);
    expect((await ask(method, fillIn(path), filled)).status).toBe(status);
  });

  it('a pending review is begun, deleted, begun again and submitted', async () => {
    const reviews = `${repo}/pulls/1/reviews`;
    const { data: first } = await ask('POST', reviews, { body: 'Wait.' });
    expect((await ask('DELETE', `${reviews}/${first.id}`)).status).toBe(ok);
    const { data: second } = await ask('POST', reviews, { body: 'Wait.' });
    const { data } = await ask('POST', `${reviews}/${second.id}/events`, { event: 'APPROVE', body: 'Good.' });
    expect(data.state).toBe('APPROVED');
  });
});

it('as the App', async () => {
  const app = clientWith(standIn, appToken(standIn));
  standIn.hookTo('http://127.0.0.1:1/');
  const delivery = await standIn.deliver('ping', null, {});
  const { id } = installApp(standIn.world, repository.owner);
  const hook = '/app/hook';
  const paths = [
    '/app',
    '/app/installations',
    `/app/installations/${id}`,
    `${repo}/installation`,
    `${hook}/config`,
  ];
  for (const path of [...paths, `${hook}/deliveries`, `${hook}/deliveries/${delivery.id}`]) {
    expect((await ask('GET', path, undefined, app)).status).toBe(ok);
  }
  expect((await ask('POST', `${hook}/deliveries/${delivery.id}/attempts`, undefined, app)).status).toBe(202);
});

it('as somebody else', async () => {
  const person = clientWith(standIn, standIn.userToken(accountOf(standIn.world, 'mary').login));
  expect((await ask('GET', '/user', undefined, person)).data.login).toBe('mary');
  const code = standIn.registrationCode();
  expect(
    (await ask('POST', `/app-manifests/${code}/conversions`, undefined, clientWith(standIn))).status,
  ).toBe(created);
});
