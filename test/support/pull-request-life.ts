import { expect, vi } from 'vitest';
import type { CommitContent } from '../github/git/fast-import.ts';
import { accountOf } from '../github/state/accounts.ts';
import { checkRunsOf } from '../github/state/check-runs.ts';
import { addIssueComment } from '../github/state/conversations.ts';
import { installApp } from '../github/state/installations.ts';
import { enqueue } from '../github/state/merge-groups.ts';
import type {
  CheckRun,
  IssueComment,
  Permissions,
  PullRequest,
  Repository,
  ReviewComment,
  Role,
} from '../github/state/model.ts';
import {
  closePullRequest,
  mergePullRequest,
  openPullRequest,
  pushTo,
} from '../github/state/pull-requests.ts';
import { deleteComment, replyTo } from '../github/state/reviews.ts';
import { commitSuggestion } from '../github/state/suggested-changes.ts';
import { type AppUnderTest, accepted } from './app-under-test.ts';
import { dedent } from './dedent.ts';
import { pictureOf, threadOn } from './pull-request-picture.ts';

/** How a pull request begins. Ada opens it; Mary may write, Rita may read. */
export interface LifeOptions {
  /** What is on `main`. */
  readonly base: NonNullable<CommitContent['files']>;
  /** What the pull request makes of it. */
  readonly head: NonNullable<CommitContent['files']>;
  /** What the App was granted; by default all that it can use. */
  readonly permissions?: Permissions;
  readonly fromFork?: boolean;
  readonly draft?: boolean;
  readonly collaborators?: Readonly<Record<string, Role>>;
}

/**
 * A pull request from its opening to its end. Each step does what people do, sends the events that GitHub sends for it, and
 * waits until the App has done everything about it.
 */
export interface Life {
  readonly repository: Repository;
  readonly pull: PullRequest;
  /** Expects that people see this on the pull request now: a line for the check, each thread, each comment (`pictureOf`). */
  shows(picture: string): void;
  opened(): Promise<void>;
  /** Ada pushes a commit; with `on` by force, onto that branch or commit. */
  pushed(content: CommitContent & { readonly on?: string }): Promise<void>;
  /** Ada makes it a draft, or takes that back. */
  madeDraft(): Promise<void>;
  madeReady(): Promise<void>;
  /** Somebody resolves the thread on this code, or opens it again. GitHub tells the App of neither. */
  resolved(code: string, login: string): void;
  reopened(code: string): void;
  /** Somebody deletes our comment on this code, and with it its thread. GitHub does not tell the App. */
  deleted(code: string): void;
  /** Somebody writes into the thread on this code. A command is waited for, with the reply where there is to be one. */
  answered(code: string, login: string, words: string, expected?: ExpectedAnswer): Promise<void>;
  /** Somebody writes below the pull request. */
  said(login: string, words: string, expected?: ExpectedAnswer): Promise<void>;
  /** Somebody presses "Commit suggestion", and resolves the thread with it, as GitHub offers. */
  committedSuggestion(code: string, login: string, options?: { readonly resolving?: boolean }): Promise<void>;
  /** "Re-run" of the check. */
  ranAgain(): Promise<void>;
  /** Somebody puts it into the merge queue. Gives the check run of the queue's commit. */
  queued(): Promise<CheckRun>;
  merged(login: string): Promise<void>;
  closed(): Promise<void>;
  reopenedByAda(): Promise<void>;
}

/** What a command brings besides its reactions. */
export interface ExpectedAnswer {
  readonly reply?: boolean;
  /** That the pull request is reviewed again. */
  readonly review?: boolean;
  /** That fixes are committed, which is a push like any other. */
  readonly commit?: boolean;
}

/** What the App can use; it is registered with less unless its operator lets it commit. */
export const everything = {
  checks: 'write',
  contents: 'write',
  issues: 'write',
  merge_queues: 'read',
  metadata: 'read',
  pull_requests: 'write',
} as const;

const bot = 'loopwarden[bot]';

/** Milliseconds; for what takes too long the log is shown. */
const patience = 60_000;

/** Begins the life of a pull request of Ada's, before the App knows of it. */
export async function beginLife(app: AppUnderTest, options: LifeOptions): Promise<Life> {
  const { github } = app;
  const { world } = github;
  const { base, head, fromFork = false, draft = false } = options;
  const repository = await app.addRepository({
    files: base,
    collaborators: { mary: 'write', rita: 'read', ...options.collaborators },
  });
  installApp(world, repository.owner, options.permissions ?? everything);
  const pull = await openPullRequest(world, repository, { files: head, author: 'ada', fromFork, draft });
  const heads = [pull.headSha];

  /** Waits for one more completed check run at the head than before. */
  async function reviewed(cause: () => Promise<void>): Promise<void> {
    const runsAtHead = () => checkRunsOf(repository).filter(({ suite }) => suite.headSha === pull.headSha);
    const last = runsAtHead().at(-1)?.id ?? 0;
    await cause();
    await github.until(
      'the check run',
      () => runsAtHead().some(run => run.id > last && run.status === 'completed'),
      patience,
    );
  }

  async function about(action: Parameters<typeof github.deliver<'pull_request'>>[1], before?: string) {
    const subject = before === undefined ? { pull } : { pull, before };
    accepted(await github.deliver('pull_request', action, subject, { sender: 'ada' }));
  }

  async function synchronised(before: string, login: string): Promise<void> {
    heads.push(pull.headSha);
    await reviewed(async () => {
      accepted(await github.deliver('pull_request', 'synchronize', { pull, before }, { sender: login }));
    });
  }

  /** Waits until a comment is answered as is expected of it. */
  async function heard(
    deliver: () => Promise<IssueComment | ReviewComment>,
    replies: () => number,
    { reply = false, review = false, commit = false }: ExpectedAnswer,
  ): Promise<void> {
    const before = pull.headSha;
    const answer = async () => {
      const spoken = replies() + 1;
      const comment = await deliver();
      if (!comment.body.startsWith('/loopwarden')) return;
      await github.until('the answer to a command', () => comment.reactions.length === 2, patience);
      if (reply) await github.until('the reply to a command', () => replies() > spoken, patience);
    };
    await (review ? reviewed(answer) : answer());
    if (commit) await synchronised(before, bot);
  }

  return {
    repository,
    pull,
    shows: vi.defineHelper(picture => expect(pictureOf(pull, heads)).toBe(dedent(picture))),
    opened: () => reviewed(() => about('opened')),
    pushed: async content => synchronised(await pushTo(world, pull, content), 'ada'),

    async madeDraft() {
      pull.draft = true;
      await reviewed(() => about('converted_to_draft'));
    },

    async madeReady() {
      pull.draft = false;
      await reviewed(() => about('ready_for_review'));
    },

    resolved(code, login) {
      threadOn(pull, code).resolvedBy = accountOf(world, login);
    },

    reopened(code) {
      threadOn(pull, code).resolvedBy = null;
    },

    deleted(code) {
      const [first] = threadOn(pull, code).comments;
      if (first !== undefined) deleteComment(first);
    },

    async answered(code, login, words, expected = {}) {
      const thread = threadOn(pull, code);
      const sender = { sender: login };
      const deliver = async () => {
        const comment = replyTo(world, thread, accountOf(world, login), words);
        accepted(await github.deliver('pull_request_review_comment', 'created', { comment }, sender));
        return comment;
      };
      await heard(deliver, () => thread.comments.length, expected);
    },

    async said(login, words, expected = {}) {
      const deliver = async () => {
        const comment = addIssueComment(world, pull, { author: accountOf(world, login), body: words });
        accepted(await github.deliver('issue_comment', 'created', { comment }, { sender: login }));
        return comment;
      };
      await heard(deliver, () => pull.comments.length, expected);
    },

    async committedSuggestion(code, login, { resolving = true } = {}) {
      const [comment] = threadOn(pull, code).comments;
      if (comment === undefined) throw new Error('The thread is empty.');
      const by = accountOf(world, login);
      await synchronised(await commitSuggestion(world, comment, by, { resolving }), login);
    },

    async ranAgain() {
      const run = checkRunsOf(repository).findLast(({ suite }) => suite.headSha === pull.headSha);
      if (run === undefined) throw new Error('There is no check run to run again.');
      await reviewed(async () => accepted(await github.deliver('check_run', 'rerequested', { run })));
    },

    async queued() {
      const group = await enqueue(pull);
      accepted(await github.deliver('merge_group', 'checks_requested', { group }));
      return app.completedRun(repository, group.headSha, 'neutral');
    },

    async merged(login) {
      await mergePullRequest(world, pull, accountOf(world, login));
      await ended();
    },

    async closed() {
      closePullRequest(world, pull);
      await ended();
    },

    async reopenedByAda() {
      pull.state = 'open';
      pull.closedAt = null;
      await reviewed(() => about('reopened'));
    },
  };

  /** The App looks once whether anything is left to be tidied up. */
  async function ended(): Promise<void> {
    const asked = () => github.log.of('checks/list-for-ref').length;
    const before = asked();
    await about('closed');
    await github.until('the App to take note of the end', () => asked() > before, patience);
  }
}

/** The text of a file at a pull request's head. */
export async function textAt(pull: PullRequest, path: string): Promise<string> {
  const blob = await pull.headRepository.git.objects.read(`${pull.headSha}:${path}`);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(blob?.bytes);
}
