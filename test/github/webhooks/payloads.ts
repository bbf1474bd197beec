import { readCommit } from '../git/commit.ts';
import { renderInstallation } from '../render/app.ts';
import { renderCheckRun, renderCheckSuite } from '../render/check-run.ts';
import { renderSimpleCommit } from '../render/commit.ts';
import { renderIssue, renderIssueComment } from '../render/conversation.ts';
import type { Json } from '../render/json.ts';
import { renderLabel, renderPull, renderSimplePull } from '../render/pull-request.ts';
import { renderReview, renderReviewComment } from '../render/review.ts';
import type { MergeGroup } from '../state/merge-groups.ts';
import type {
  CheckRun,
  CheckSuite,
  Installation,
  IssueComment,
  Label,
  PullRequest,
  Repository,
  Review,
  ReviewComment,
  ReviewThread,
} from '../state/model.ts';
import { nodeId, type World } from '../state/world.ts';
import { renderPush } from './push-payload.ts';

/** What each event is about. Fields beside the subject are what the event tells of what was before. */
export interface Subjects {
  readonly ping: { readonly zen?: string };
  readonly pull_request: {
    readonly pull: PullRequest;
    /** The head before a `synchronize`. */
    readonly before?: string;
    /** What was before an `edited`, in the words of the payload. */
    readonly changes?: Json;
    readonly label?: Label;
  };
  readonly pull_request_review: { readonly review: Review };
  readonly pull_request_review_comment: { readonly comment: ReviewComment; readonly changes?: Json };
  readonly pull_request_review_thread: { readonly thread: ReviewThread };
  readonly issue_comment: { readonly comment: IssueComment; readonly changes?: Json };
  readonly check_run: { readonly run: CheckRun; readonly requestedAction?: string };
  readonly check_suite: { readonly suite: CheckSuite };
  readonly merge_group: {
    readonly group: MergeGroup;
    readonly reason?: 'merged' | 'invalidated' | 'dequeued';
  };
  readonly push: { readonly repository: Repository; readonly branch: string; readonly before: string };
  readonly installation: { readonly installation: Installation };
}

/** The part of a payload that its event alone has, and the repository that it happened in. */
export interface PayloadPart {
  readonly repository: Repository | null;
  readonly payload: Json;
}

type Builders = {
  readonly [E in keyof Subjects]: (
    world: World,
    subject: Subjects[E],
    action: string | null,
  ) => PayloadPart | Promise<PayloadPart>;
};

/** Makes the payloads from what is there when they are sent. https://docs.github.com/webhooks/webhook-events-and-payloads */
export const payloads: Builders = {
  ping: (world, { zen = 'Keep it logically awesome.' }) => {
    const time = '2026-01-01T00:00:00Z';
    const config = { content_type: 'json', insecure_ssl: '0', url: `${world.origin}/hook` };
    const hook = { type: 'App', id: 1, name: 'web', active: true, events: world.app.events, config };
    return {
      repository: null,
      payload: {
        zen,
        hook_id: 1,
        hook: { ...hook, app_id: world.app.id, created_at: time, updated_at: time },
      },
    };
  },

  pull_request: async (world, { pull, before, changes, label }, action) => ({
    repository: pull.repository,
    payload: {
      number: pull.number,
      pull_request: await renderPull(world, pull),
      ...(action === 'synchronize' && { before, after: pull.headSha }),
      ...(changes && { changes }),
      ...(label && { label: renderLabel(world, pull.repository, label) }),
    },
  }),

  pull_request_review: async (world, { review }) => ({
    repository: review.pull.repository,
    payload: {
      // In lower case here, other than in REST.
      review: { ...renderReview(world, review), state: review.state.toLowerCase() },
      pull_request: renderSimplePull(world, review.pull),
    },
  }),

  pull_request_review_comment: async (world, { comment, changes }) => ({
    repository: comment.thread.pull.repository,
    payload: {
      comment: await renderReviewComment(world, comment),
      pull_request: renderSimplePull(world, comment.thread.pull),
      ...(changes && { changes }),
    },
  }),

  pull_request_review_thread: async (world, { thread }) => ({
    repository: thread.pull.repository,
    payload: {
      thread: {
        node_id: nodeId(thread),
        comments: await Promise.all(thread.comments.map(comment => renderReviewComment(world, comment))),
      },
      pull_request: renderSimplePull(world, thread.pull),
    },
  }),

  issue_comment: (world, { comment, changes }) => ({
    repository: comment.conversation.repository,
    payload: {
      issue: renderIssue(world, comment.conversation),
      comment: renderIssueComment(world, comment),
      ...(changes && { changes }),
    },
  }),

  check_run: async (world, { run, requestedAction }) => ({
    repository: run.suite.repository,
    payload: {
      check_run: { ...renderCheckRun(world, run), check_suite: await renderCheckSuite(world, run.suite) },
      ...(requestedAction !== undefined && { requested_action: { identifier: requestedAction } }),
    },
  }),

  check_suite: async (world, { suite }) => ({
    repository: suite.repository,
    payload: { check_suite: await renderCheckSuite(world, suite) },
  }),

  merge_group: async (_, { group, reason }) => ({
    repository: group.pull.repository,
    payload: {
      merge_group: {
        head_sha: group.headSha,
        head_ref: `refs/heads/${group.headBranch}`,
        base_sha: group.baseSha,
        base_ref: `refs/heads/${group.baseBranch}`,
        head_commit: renderSimpleCommit(await readCommit(group.pull.repository.git, group.headSha)),
      },
      ...(reason !== undefined && { reason }),
    },
  }),

  push: async (world, subject) => ({
    repository: subject.repository,
    payload: await renderPush(world, subject),
  }),

  installation: (world, { installation }) => ({
    repository: null,
    payload: { installation: renderInstallation(world, installation) },
  }),
};
