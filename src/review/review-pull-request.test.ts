import { describe, expect, it } from 'vitest';
import { changeOf } from '../../test/support/change.ts';
import { threadOf } from '../../test/support/thread.ts';
import { createToyAnalyser } from '../../test/support/toy-analyser.ts';
import type { Change } from '../changes/change.ts';
import { GitHubError, invariant, LoopwardenError, StaleHeadError } from '../errors.ts';
import { readMarker } from '../report/marker.ts';
import type { CheckRunResult, PostResult, PullRequestHost, PullRequestState, ReviewToPost } from './ports.ts';
import { type ReviewPullRequestOptions, reviewPullRequest } from './review-pull-request.ts';
import { defaultReviewSettings, type ReviewSettings } from './review-settings.ts';

const handler = 'import time\n\n\nasync def handler(request):\n    time.sleep(1)\n';
const change = changeOf({ 'app/main.py': { base: null, head: handler } });
const state: PullRequestState = { head: change.head, open: true, draft: false, label: 'o/r#1' };

interface Scene {
  /** What `readState` gives, one after the other; the last one for ever. */
  readonly states?: readonly Partial<PullRequestState>[];
  readonly change?: () => Change;
  readonly existing?: readonly string[];
  readonly post?: () => PostResult;
  readonly complete?: () => void;
}

interface FakeHost extends PullRequestHost {
  readonly log: readonly string[];
  readonly posted: readonly ReviewToPost[];
  readonly completed: readonly CheckRunResult[];
}

function createFakeHost(scene: Scene = {}): FakeHost {
  const log: string[] = [];
  const posted: ReviewToPost[] = [];
  const completed: CheckRunResult[] = [];
  const states = [...(scene.states ?? [{}])];
  return {
    log,
    posted,
    completed,
    async readState() {
      log.push('state');
      const next = states.length > 1 ? states.shift() : states[0];
      return { ...state, ...next };
    },
    async readChange() {
      log.push('change');
      return scene.change?.() ?? change;
    },
    async readConversation() {
      log.push('conversation');
      return {
        threads: (scene.existing ?? []).map(fingerprint => threadOf([fingerprint])),
        remarks: [],
        announced: new Set(),
      };
    },
    roleOf: async () => 'write',
    async closeThreads(threads) {
      log.push(`close ${threads.length}`);
      return { resolved: threads, minimized: [] };
    },
    async reopenThreads(threads) {
      log.push(`reopen ${threads.length}`);
      return threads;
    },
    async replyTo(_thread, body) {
      log.push(`reply ${body}`);
      return true;
    },
    async startCheckRun(head) {
      log.push(`start ${head.slice(0, 2)}`);
      return 7;
    },
    async completeCheckRun(id, result) {
      log.push(`complete ${id} ${result.conclusion}`);
      scene.complete?.();
      completed.push(result);
    },
    async postReview(head, review) {
      log.push(`post ${head.slice(0, 2)}`);
      posted.push(review);
      return scene.post?.() ?? { kind: 'posted' };
    },
  };
}

function run(host: FakeHost, options?: ReviewPullRequestOptions, settings: Partial<ReviewSettings> = {}) {
  return reviewPullRequest(host, createToyAnalyser(), { ...defaultReviewSettings, ...settings }, options);
}

/** The fingerprints that a first review of the change posts. */
async function firstFingerprints(): Promise<readonly string[]> {
  const host = createFakeHost();
  await run(host);
  return host.posted.flatMap(review => review.comments).flatMap(({ body }) => readMarker(body));
}

describe('reviewPullRequest', () => {
  it('reads, posts one review for the head that it read, and completes the check run', async () => {
    const host = createFakeHost();
    expect(await run(host)).toMatchObject({ kind: 'reviewed', posted: 1, refused: null });
    expect(host.log).toEqual([
      'state',
      'start aa',
      'change',
      'conversation',
      'state',
      'post aa',
      'complete 7 failure',
    ]);
  });

  it.each<[string, Partial<PullRequestState>, Partial<ReviewSettings>, string]>([
    ['a closed pull request', { open: false }, {}, 'The pull request is closed.'],
    ['a draft', { draft: true }, {}, 'The pull request is a draft.'],
    ["a bot's", { byBot: true }, { bots: false }, 'The pull request was opened by a bot.'],
    [
      'one with a label to skip',
      { labels: ['bug', 'wip'] },
      { labelsToSkip: ['wip'] },
      'The pull request has the label "wip".',
    ],
  ])('skips %s and says so in the check run', async (_, now, settings, reason) => {
    const host = createFakeHost({ states: [now] });
    expect(await run(host, {}, settings)).toEqual({ kind: 'skipped', reason });
    expect(host.log).toEqual(['state', 'start aa', 'complete 7 skipped']);
    expect(host.completed[0]?.output.summary).toBe(reason);
  });

  it('reviews a draft when the settings say so', async () => {
    const host = createFakeHost({ states: [{ draft: true }] });
    expect((await run(host, {}, { drafts: true })).kind).toBe('reviewed');
  });

  it.each([
    ['dependabot[bot]', 0],
    ['Renovate[bot]', 0],
    ['copilot[bot]', 1],
    ['ada', 1],
  ])('of %s makes %d comments', async (author, posted) => {
    const host = createFakeHost({ states: [{ author, byBot: author !== 'ada' }] });

    expect(await run(host)).toMatchObject({ kind: 'reviewed', posted });
    expect(host.completed[0]?.conclusion).toBe('failure');
  });

  it('posts nothing when there is nothing to say, and concludes all the same', async () => {
    const clean = changeOf({ 'a.py': { base: null, head: 'x = 1\n' } });
    const host = createFakeHost({ change: () => clean });
    expect(await run(host)).toMatchObject({ kind: 'reviewed', posted: 0 });
    expect(host.posted).toEqual([]);
    expect(host.completed[0]).toMatchObject({
      conclusion: 'success',
      output: { summary: 'No async mistakes found in 1 changed file.' },
    });
  });

  it('does not say again what is said', async () => {
    const existing = await firstFingerprints();
    const host = createFakeHost({ existing });
    expect(existing.length).toBe(1);
    expect(await run(host)).toMatchObject({ kind: 'reviewed', posted: 0 });
    expect(host.posted).toEqual([]);
    expect(host.completed[0]).toMatchObject({ conclusion: 'failure', output: { annotations: [] } });
  });

  it.each<[string, Scene]>([
    ['while it was read', { change: () => ({ ...change, head: 'f'.repeat(40) }) }],
    ['just before posting', { states: [{}, { head: 'f'.repeat(40) }] }],
    [
      'in a way that only the host noticed',
      {
        change: () => {
          throw new StaleHeadError('The head moved.');
        },
      },
    ],
    ['by closing', { states: [{}, { open: false }] }],
  ])('posts nothing when the head moved %s', async (_, scene) => {
    const host = createFakeHost(scene);
    expect(await run(host)).toEqual({ kind: 'superseded' });
    expect(host.posted).toEqual([]);
    expect(host.completed.map(({ conclusion, output }) => [conclusion, output.title])).toEqual([
      ['skipped', 'Superseded'],
    ]);
  });

  it.each([1, 2, 3, 4])('stops at question %i whether a newer job waits', async question => {
    let asked = 0;
    const host = createFakeHost();
    const outcome = await run(host, { isSuperseded: () => ++asked === question });
    expect(outcome).toEqual({ kind: 'superseded' });
    expect(asked).toBe(question);
    expect(host.posted).toEqual([]);
    expect(host.log.at(-1)).toBe('complete 7 skipped');
  });

  it('completes the check run and throws the reason when it is aborted', async () => {
    const controller = new AbortController();
    const host = createFakeHost({
      change: () => {
        controller.abort(new Error('shutting down'));
        return change;
      },
    });
    await expect(run(host, { signal: controller.signal })).rejects.toThrow('shutting down');
    expect(host.log).toEqual(['state', 'start aa', 'change', 'complete 7 neutral']);
    expect(host.completed[0]?.output.summary).toBe(
      'The review was broken off. It will be done again, at the latest after the next push or "Re-run".',
    );
  });

  it('puts everything into the check run when the comments are refused', async () => {
    const host = createFakeHost({
      post: () => ({ kind: 'refused', reason: 'line must be part of the diff' }),
    });
    const outcome = await run(host);
    expect(outcome).toMatchObject({ kind: 'reviewed', posted: 0, refused: 'line must be part of the diff' });
    expect(host.posted.length).toBe(1);
    expect(
      host.completed[0]?.output.annotations.map(({ path, start_line }) => `${path}:${start_line}`),
    ).toEqual(['app/main.py:5']);
    invariant(outcome.kind === 'reviewed', 'it was reviewed');
    expect(outcome.review.findings.map(({ placement }) => placement)).toEqual(['annotation']);
    expect(host.completed[0]?.output.summary).toContain('annotation of the check run');
    expect(host.completed[0]?.output.summary).toContain(
      'There are no new comments, because `line must be part of the diff`.',
    );
  });

  it('is superseded when the comments are refused because the head moved', async () => {
    const host = createFakeHost({
      states: [{}, {}, { head: 'f'.repeat(40) }],
      post: () => ({ kind: 'refused', reason: 'The commitOID is not part of the pull request' }),
    });
    expect(await run(host)).toEqual({ kind: 'superseded' });
    expect(host.log.at(-1)).toBe('complete 7 skipped');
  });

  const fails = (error: Error): Scene => ({
    change: () => {
      throw error;
    },
  });
  const later = new GitHubError('server', 'GitHub answered 502 to GET /x.');
  const final = new GitHubError('forbidden', 'GitHub answered 403 to GET /x.');
  const fault = new TypeError('x is undefined: secret');

  it.each([
    [
      'what may succeed later',
      later,
      'The review failed: GitHub answered 502 to GET /x. It will be tried again.',
    ],
    [
      'what nobody foresaw',
      fault,
      'The review failed because of a fault in Loopwarden. Its operator finds the details in the log.',
    ],
  ])('completes the check run before it throws %s', async (_, error, summary) => {
    const host = createFakeHost(fails(error));
    await expect(run(host)).rejects.toBe(error);
    expect(host.completed.map(({ conclusion, output }) => [conclusion, output.summary])).toEqual([
      ['neutral', summary],
    ]);
  });

  it('gives back what can never succeed, and says so in the check run', async () => {
    const host = createFakeHost(fails(final));
    expect(await run(host)).toEqual({ kind: 'failed', error: final });
    expect(host.completed[0]).toMatchObject({
      conclusion: 'neutral',
      output: { summary: 'The review failed: GitHub answered 403 to GET /x.' },
    });
  });

  it('throws the first of two failures when that may succeed later', async () => {
    const second = new LoopwardenError('x', 'no check run');
    const host = createFakeHost({
      ...fails(later),
      complete: () => {
        throw second;
      },
    });
    await expect(run(host)).rejects.toBe(later);
  });

  it('throws when the check run cannot be completed', async () => {
    const error = new GitHubError('network', 'no answer');
    const host = createFakeHost({
      complete: () => {
        throw error;
      },
    });
    await expect(run(host)).rejects.toBe(error);
    expect(host.posted.length).toBe(1);
  });
});
