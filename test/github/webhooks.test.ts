import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appClient, appToken, clientWith, placeOf } from './clients.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import { accountOf } from './state/accounts.ts';
import { addCheckRun, suiteOf } from './state/check-runs.ts';
import { addIssueComment, openIssue } from './state/conversations.ts';
import { installApp } from './state/installations.ts';
import { enqueue } from './state/merge-groups.ts';
import type { PullRequest, Repository } from './state/model.ts';
import { closePullRequest, mergePullRequest, openPullRequest, pushTo } from './state/pull-requests.ts';
import type { Subjects } from './webhooks/payloads.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly payload: Record<string, unknown>;
}

let standIn: StandIn;
let repository: Repository;
let pull: PullRequest;
let app: Server;
let received: Received[];

beforeEach(async () => {
  standIn = await startStandIn({
    permissions: { checks: 'write', pull_requests: 'write', contents: 'read' },
  });
  repository = await standIn.addRepository('acme/shop', { files: { 'a.py': 'a = 1\n' } });
  pull = await openPullRequest(standIn.world, repository, { files: { 'a.py': 'a = 2\n' } });
  received = [];
  app = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      received.push({ headers: request.headers, text, payload: JSON.parse(text) });
      response.writeHead(202).end('taken');
    });
  });
  await new Promise<void>(resolve => app.listen(0, '127.0.0.1', resolve));
  standIn.hookTo(`http://127.0.0.1:${(app.address() as AddressInfo).port}/api/github/webhooks`);
});

afterEach(async () => {
  await new Promise(resolve => app.close(resolve));
  await standIn.close();
  expect(standIn.violations).toEqual([]);
});

describe('a delivery', () => {
  it('is signed, and names the event, the installation and who did it', async () => {
    const delivered = await standIn.deliver('pull_request', 'opened', { pull }, { sender: 'bob' });
    const [{ headers, text, payload }] = received as [Received];

    const signature = createHmac('sha256', standIn.environment.WEBHOOK_SECRET ?? '')
      .update(text)
      .digest('hex');
    expect(headers).toMatchObject({
      connection: 'close',
      'x-github-event': 'pull_request',
      'x-github-delivery': delivered.guid,
      'x-hub-signature-256': `sha256=${signature}`,
    });
    expect(payload).toMatchObject({
      action: 'opened',
      number: 1,
      pull_request: { head: { sha: pull.headSha } },
      repository: { full_name: 'acme/shop' },
      installation: { id: installApp(standIn.world, repository.owner).id },
      organization: { login: 'acme' },
      sender: { login: 'bob' },
    });
    expect(delivered).toMatchObject({ status: 202, body: 'taken' });
  });

  it('can be repeated, or signed with a wrong secret', async () => {
    await standIn.deliver('ping', null, {}, { id: 'the-same' });
    await standIn.deliver('ping', null, {}, { id: 'the-same', secret: 'wrong' });

    expect(received.map(one => one.headers['x-github-delivery'])).toEqual(['the-same', 'the-same']);
    expect(received[0]?.headers['x-hub-signature-256']).not.toBe(received[1]?.headers['x-hub-signature-256']);
  });

  it('has no status when nobody answers', async () => {
    standIn.hookTo('http://127.0.0.1:1/');
    expect((await standIn.deliver('ping', null, {})).status).toBeNull();
  });

  it('that failed can be found, and asked for again', async () => {
    const hook = standIn.world.hook.url ?? '';
    standIn.hookTo('http://127.0.0.1:1/');
    const lost = await standIn.deliver('pull_request', 'opened', { pull });
    standIn.hookTo(hook);
    await standIn.deliver('ping', null, {});
    const client = clientWith(standIn, appToken(standIn));

    const newest = await client.rest.apps.listWebhookDeliveries({ per_page: 1 });
    const failed = await client.rest.apps.listWebhookDeliveries({ status: 'failure' });
    expect(newest.data.map(one => [one.event, one.status_code])).toEqual([['ping', 202]]);
    expect(newest.headers.link).toMatch(/cursor=v1_\d+>; rel="next"$/);
    expect(failed.data).toMatchObject([
      { guid: lost.guid, status_code: 502, event: 'pull_request', action: 'opened' },
    ]);

    const delivery_id = lost.id;
    expect((await client.rest.apps.getWebhookDelivery({ delivery_id })).data.request.payload).toEqual(
      lost.webhook.payload,
    );
    const arrives = once(app, 'request');
    await client.rest.apps.redeliverWebhookDelivery({ delivery_id });
    const [request] = (await arrives) as [IncomingMessage];
    expect(request.headers['x-github-delivery']).toBe(lost.guid);
  });

  it('is not sent when GitHub has no such event', async () => {
    await expect(standIn.deliver('pull_request', 'reviewed', { pull })).rejects.toThrow(
      'GitHub has no such event',
    );
    expect([received, standIn.violations]).toEqual([[], [expect.stringContaining('pull_request.reviewed')]]);
    (standIn.violations as string[]).splice(0);
  });
});

describe('what happens', () => {
  const told = async <E extends keyof Subjects>(event: E, action: string | null, subject: Subjects[E]) => {
    await standIn.deliver(event, action, subject);
    return received.at(-1)?.payload;
  };

  it('to a pull request is told', async () => {
    const before = await pushTo(standIn.world, pull, { files: { 'b.py': '' } });
    expect(await told('pull_request', 'synchronize', { pull, before })).toMatchObject({
      before,
      after: pull.headSha,
    });

    pull.draft = true;
    expect(await told('pull_request', 'converted_to_draft', { pull })).toMatchObject({
      pull_request: { draft: true },
    });
    pull.draft = false;
    await told('pull_request', 'ready_for_review', { pull });
    const changes = { base: { ref: { from: 'main' }, sha: { from: pull.baseSha } } };
    expect(await told('pull_request', 'edited', { pull, changes })).toMatchObject({ changes });

    closePullRequest(standIn.world, pull);
    expect(await told('pull_request', 'closed', { pull })).toMatchObject({
      pull_request: { state: 'closed', merged: false },
    });
  });

  it('to the base branch is told', async () => {
    const before = pull.baseSha;
    await mergePullRequest(standIn.world, pull, accountOf(standIn.world, 'mary'));
    expect(await told('pull_request', 'closed', { pull })).toMatchObject({
      pull_request: { merged: true, merged_by: { login: 'mary' }, merge_commit_sha: pull.mergeCommit },
    });
    expect(await told('push', null, { repository, branch: 'main', before })).toMatchObject({
      after: pull.mergeCommit,
      forced: false,
      commits: [{ modified: ['a.py'] }, { modified: ['a.py'] }],
    });
  });

  it('in a conversation is told', async () => {
    const author = accountOf(standIn.world, 'mary');
    const comment = addIssueComment(standIn.world, pull, { author, body: '/loopwarden review' });
    expect(await told('issue_comment', 'created', { comment })).toMatchObject({
      comment: { body: '/loopwarden review', user: { login: 'mary' } },
      issue: { number: 1, pull_request: { url: expect.stringContaining('/pulls/1') } },
    });
    const issue = openIssue(standIn.world, repository);
    const other = addIssueComment(standIn.world, issue, { author, body: 'Hm.' });
    expect((await told('issue_comment', 'created', { comment: other }))?.issue).not.toHaveProperty(
      'pull_request',
    );
  });

  it('in reviews is told', async () => {
    const client = await appClient(standIn, repository);
    await client.rest.pulls.createReview({
      ...placeOf(repository),
      pull_number: pull.number,
      event: 'COMMENT',
      body: 'Words.',
      comments: [{ path: 'a.py', line: 1, side: 'RIGHT', body: 'Look.' }],
    });
    const [thread] = pull.threads;
    const [review] = pull.reviews;
    const [comment] = thread?.comments ?? [];
    if (!thread || !review || !comment) throw new Error('The review was not posted.');

    expect(await told('pull_request_review', 'submitted', { review })).toMatchObject({
      review: { state: 'commented' },
    });
    expect(await told('pull_request_review_comment', 'created', { comment })).toMatchObject({
      comment: { line: 1 },
    });
    expect(await told('pull_request_review_thread', 'resolved', { thread })).toMatchObject({
      thread: { comments: [{ body: 'Look.' }] },
    });
  });

  it('to checks is told', async () => {
    const suite = suiteOf(standIn.world, repository, pull.headSha);
    const run = addCheckRun(standIn.world, suite, 'Loopwarden');
    expect(await told('check_suite', 'requested', { suite })).toMatchObject({
      check_suite: { head_sha: pull.headSha, pull_requests: [{ number: 1 }] },
    });
    await told('check_suite', 'rerequested', { suite });
    expect(await told('check_run', 'rerequested', { run })).toMatchObject({
      check_run: { name: 'Loopwarden' },
    });
    expect(await told('check_run', 'requested_action', { run, requestedAction: 'fix' })).toMatchObject({
      requested_action: { identifier: 'fix' },
    });
  });

  it('in the merge queue is told', async () => {
    const group = await enqueue(pull);
    expect(await told('merge_group', 'checks_requested', { group })).toMatchObject({
      merge_group: {
        head_sha: group.headSha,
        head_ref: expect.stringMatching(/gh-readonly-queue\/main\/pr-1-/),
      },
    });
    await told('merge_group', 'destroyed', { group, reason: 'merged' });
  });

  it('to the installation is told', async () => {
    const installation = installApp(standIn.world, repository.owner);
    expect(await told('installation', 'created', { installation })).toMatchObject({
      installation: { app_id: 424_242 },
    });
  });
});
