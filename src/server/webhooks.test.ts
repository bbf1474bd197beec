import { Probot } from 'probot';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerWebhooks } from './webhooks.ts';
import type { Work } from './work.ts';

const probot = new Probot({ appId: 7, privateKey: 'none', secret: 'none', logLevel: 'fatal' });
const queued: Work[] = [];

beforeAll(async () => {
  registerWebhooks(probot, 7, async work => void queued.push(work));
  await probot.ready();
});

beforeEach(() => {
  queued.length = 0;
});

const common = {
  installation: { id: 5 },
  repository: { id: 42, name: 'shop', owner: { login: 'acme' } },
  sender: { login: 'ada', type: 'User' },
};
const place = { owner: 'acme', repo: 'shop', repositoryId: 42, installation: 5 };

/** Gives what an event puts into the queue. */
async function queuedBy(name: string, payload: object): Promise<readonly Work[]> {
  const event = { id: '1', name, payload: { ...common, ...payload } };
  await probot.receive(event as unknown as Parameters<typeof probot.receive>[0]);
  return queued;
}

describe('a pull request', () => {
  it.each(['opened', 'synchronize', 'reopened', 'ready_for_review'])(
    'is reviewed when it is %s',
    async action => {
      const work = await queuedBy('pull_request', { action, pull_request: { number: 3 } });

      expect(work).toEqual([{ kind: 'review', place, number: 3 }]);
    },
  );

  it('is reviewed when its base changes', async () => {
    const changes = { base: { ref: { from: 'main' }, sha: { from: 'abc' } } };

    expect(
      await queuedBy('pull_request', { action: 'edited', changes, pull_request: { number: 3 } }),
    ).toHaveLength(1);
  });

  it.each([
    ['its title changes', { action: 'edited', changes: { title: { from: 'Old' } } }],
    ['it is closed', { action: 'closed' }],
    ['it gets a label', { action: 'labeled' }],
    ['something happens that we never heard of', { action: 'beamed_up' }],
    ['the App is not installed', { action: 'opened', installation: undefined }],
  ])('is not reviewed when %s', async (_what, payload) => {
    expect(await queuedBy('pull_request', { ...payload, pull_request: { number: 3 } })).toEqual([]);
  });
});

describe('a check that is to be run again', () => {
  it.each([
    [
      'by the number that we wrote',
      { external_id: '3', pull_requests: [] },
      { kind: 'review', place, number: 3 },
    ],
    [
      'by the number that GitHub knows',
      { external_id: '', pull_requests: [{ number: 4 }] },
      { kind: 'review', place, number: 4 },
    ],
    ['by its head', { external_id: null, pull_requests: [] }, { kind: 'rerun', place, head: 'abc' }],
  ])('finds its pull request %s', async (_how, run, expected) => {
    const work = await queuedBy('check_run', {
      action: 'rerequested',
      check_run: { head_sha: 'abc', ...run },
    });

    expect(work).toEqual([expected]);
  });

  it('finds its pull requests by their head when all checks are', async () => {
    const suite = { head_sha: 'abc', pull_requests: [] };

    expect(await queuedBy('check_suite', { action: 'rerequested', check_suite: suite })).toEqual([
      { kind: 'rerun', place, head: 'abc' },
    ]);
  });

  it.each(['created', 'completed'])('is not one that is %s', async action => {
    expect(
      await queuedBy('check_run', { action, check_run: { head_sha: 'abc', pull_requests: [] } }),
    ).toEqual([]);
  });
});

describe('a comment', () => {
  const ada = { id: 1, login: 'ada', type: 'User' };
  const comment = { id: 31, body: '/loopwarden review', user: ada, author_association: 'NONE' };
  const issue = { number: 3, pull_request: { url: 'x' }, user: ada };

  it('gives a command', async () => {
    const work = await queuedBy('issue_comment', { action: 'created', comment, issue });

    expect(work).toEqual([
      {
        kind: 'command',
        place,
        number: 3,
        commentId: 31,
        command: { name: 'review', argument: '' },
        commander: { login: 'ada', isAuthor: true, association: 'NONE' },
      },
    ]);
  });

  it('by someone else than the author says so', async () => {
    const grace = { id: 2, login: 'grace', type: 'User' };

    const work = await queuedBy('issue_comment', {
      action: 'created',
      comment: { ...comment, user: grace },
      issue,
    });

    expect(work).toMatchObject([{ commander: { login: 'grace', isAuthor: false } }]);
  });

  it.each<[string, object]>([
    ['without a command', { comment: { ...comment, body: 'Nice work' } }],
    ['that quotes one', { comment: { ...comment, body: '> /loopwarden review' } }],
    ['on an issue', { issue: { ...issue, pull_request: undefined } }],
    ['that was edited', { action: 'edited', changes: {} }],
    ['sent by a bot', { sender: { login: 'robot[bot]', type: 'Bot' } }],
    ['written by a bot', { comment: { ...comment, user: { ...ada, type: 'Bot' } } }],
    ['of our own', { comment: { ...comment, performed_via_github_app: { id: 7 } } }],
    ['of someone who is gone', { comment: { ...comment, user: null } }],
  ])('%s gives none', async (_what, payload) => {
    expect(await queuedBy('issue_comment', { action: 'created', comment, issue, ...payload })).toEqual([]);
  });
});
