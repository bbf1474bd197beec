import { Probot } from 'probot';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../jobs/log.ts';
import { silentLog } from '../jobs/log.ts';
import { registerWebhooks } from './webhooks.ts';
import type { Work } from './work.ts';

const probot = new Probot({ appId: 7, privateKey: 'none', secret: 'none', logLevel: 'fatal' });
const queued: Work[] = [];
const delays: (number | undefined)[] = [];
const logged: object[] = [];
const log: Log = { ...silentLog, info: fields => void logged.push(fields) };

beforeAll(async () => {
  const enqueue = async (work: Work, options?: { readonly delay?: number }) => {
    queued.push(work);
    delays.push(options?.delay);
  };
  registerWebhooks(probot, 7, enqueue, log);
  await probot.ready();
});

beforeEach(() => {
  for (const list of [queued, delays, logged]) list.length = 0;
});

const common = {
  installation: { id: 5 },
  repository: { id: 42, name: 'shop', owner: { login: 'acme' }, private: false },
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
  it.each(['opened', 'synchronize', 'reopened', 'ready_for_review', 'converted_to_draft'])(
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
    ['it comes into a merge queue', { action: 'enqueued' }],
    ['something happens that we never heard of', { action: 'beamed_up' }],
    ['the App is not installed', { action: 'opened', installation: undefined }],
  ])('is not reviewed when %s', async (_what, payload) => {
    expect(await queuedBy('pull_request', { ...payload, pull_request: { number: 3 } })).toEqual([]);
  });
});

describe('what waits for a pull request', () => {
  it('is dropped when it is closed', async () => {
    expect(await queuedBy('pull_request', { action: 'closed', pull_request: { number: 3 } })).toEqual([
      { kind: 'close', place, number: 3 },
    ]);
  });
});

describe('a label', () => {
  const label = { name: 'wip' };
  const pull_request = { number: 3, state: 'open' };

  it.each(['labeled', 'unlabeled'])('may decide whether there is a review: %s', async action => {
    expect(await queuedBy('pull_request', { action, label, pull_request })).toEqual([
      { kind: 'label', place, number: 3, label: 'wip' },
    ]);
  });

  it.each([
    ['a closed pull request', { label, pull_request: { number: 3, state: 'closed' } }],
    ['nothing that was named', { pull_request }],
  ])('means nothing on %s', async (_what, payload) => {
    expect(await queuedBy('pull_request', { action: 'labeled', ...payload })).toEqual([]);
  });
});

describe('a merge queue', () => {
  const merge_group = { head_sha: 'abc', head_ref: 'gh-readonly-queue/main/pr-3-def' };

  it('waits for the check of its own commit', async () => {
    expect(await queuedBy('merge_group', { action: 'checks_requested', merge_group })).toEqual([
      { kind: 'merge-group', place, head: 'abc' },
    ]);
  });

  it('waits for nothing when its commit is gone', async () => {
    expect(await queuedBy('merge_group', { action: 'destroyed', merge_group })).toEqual([]);
  });
});

describe('an installation', () => {
  it.each([
    ['installation', 'created'],
    ['installation', 'deleted'],
    ['installation_repositories', 'added'],
  ])('is only written down: %s %s', async (name, action) => {
    const work = await queuedBy(name, { action, installation: { id: 5, account: { login: 'acme' } } });

    expect(work).toEqual([]);
    expect(logged).toEqual([{ event: `${name}.${action}`, installation: 5, owner: 'acme' }]);
  });
});

describe('a button of a check run', () => {
  const event = {
    action: 'requested_action',
    check_run: { head_sha: 'abc', external_id: '3', pull_requests: [] },
    requested_action: { identifier: 'fix-safe' },
  };
  const work = { kind: 'button', place, head: 'abc', button: 'fix-safe', by: 'ada', isPrivate: false };

  it.each([
    ['that we wrote the number of', event.check_run, 3],
    ['that GitHub names', { ...event.check_run, external_id: '', pull_requests: [{ number: 4 }] }, 4],
    ['that nobody names', { ...event.check_run, external_id: null }, null],
  ])('is pressed for a pull request %s', async (_what, check_run, number) => {
    expect(await queuedBy('check_run', { ...event, check_run })).toEqual([{ ...work, number }]);
  });

  it('is not pressed by bots', async () => {
    const sender = { login: 'robot[bot]', type: 'Bot' };

    expect(await queuedBy('check_run', { ...event, sender })).toEqual([]);
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

  it('after a push, waits for the event of the pull request', async () => {
    const suite = { head_sha: 'abc', pull_requests: [], app: { id: 7 } };

    expect(await queuedBy('check_suite', { action: 'requested', check_suite: suite })).toEqual([
      { kind: 'rerun', place, head: 'abc', unlessDone: true },
    ]);
    expect(delays).toEqual([60_000]);
  });

  it("is not another App's", async () => {
    const suite = { head_sha: 'abc', pull_requests: [], app: { id: 8 } };

    expect(await queuedBy('check_suite', { action: 'requested', check_suite: suite })).toEqual([]);
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
  const issue = { number: 3, state: 'open', pull_request: { url: 'x' }, user: ada };

  it('gives a command', async () => {
    const work = await queuedBy('issue_comment', { action: 'created', comment, issue });

    expect(work).toEqual([
      {
        kind: 'command',
        place,
        number: 3,
        comment: { id: 31, thread: null },
        commands: [{ name: 'review', argument: '' }],
        commander: { login: 'ada', isAuthor: true, association: 'NONE' },
        isOpen: true,
        isPrivate: false,
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

describe('a comment on the diff', () => {
  const ada = { id: 1, login: 'ada', type: 'User' };
  const comment = { id: 32, body: '/loopwarden fix', user: ada, author_association: 'MEMBER' };
  const pull_request = { number: 3, state: 'open', user: { id: 2, login: 'grace' } };

  it.each([
    ['in a thread', { ...comment, in_reply_to_id: 30 }, 30],
    ['that begins one', comment, 32],
  ])('gives a command %s', async (_where, written, thread) => {
    expect(
      await queuedBy('pull_request_review_comment', { action: 'created', comment: written, pull_request }),
    ).toEqual([
      {
        kind: 'command',
        place,
        number: 3,
        comment: { id: 32, thread },
        commands: [{ name: 'fix', argument: '' }],
        commander: { login: 'ada', isAuthor: false, association: 'MEMBER' },
        isOpen: true,
        isPrivate: false,
      },
    ]);
  });

  it.each<[string, object]>([
    ['without a command', { comment: { ...comment, body: 'Why?' } }],
    ['that was edited', { action: 'edited', changes: {} }],
    ['sent by a bot', { sender: { login: 'robot[bot]', type: 'Bot' } }],
    ['written by a bot', { comment: { ...comment, user: { ...ada, type: 'Bot' } } }],
    ['of someone who is gone', { comment: { ...comment, user: null } }],
  ])('%s gives none', async (_what, payload) => {
    const event = { action: 'created', comment, pull_request, ...payload };

    expect(await queuedBy('pull_request_review_comment', event)).toEqual([]);
  });
});
