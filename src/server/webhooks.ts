import type { Probot } from 'probot';
import type { Log } from '../jobs/log.ts';
import { findCommands } from '../review/find-commands.ts';
import type { InstalledPlace, Work } from './work.ts';

/** What every event about a repository has. */
interface RepositoryEvent {
  readonly installation?: { readonly id: number } | undefined;
  readonly repository?:
    | {
        readonly id: number;
        readonly name: string;
        readonly owner: { readonly login: string };
      }
    | undefined;
}

/** Who did something, or wrote it. */
interface Account {
  readonly id: number;
  readonly login: string;
  readonly type?: string | undefined;
}

/** Puts work into the queue. `delay` is in milliseconds. */
export type Enqueue = (work: Work, options?: { readonly delay?: number }) => Promise<void>;

/**
 * A push brings an event about its checks beside the one about its pull request, which is to come first: the former counts
 * only where the latter was lost.
 */
const pushDelay = 60_000;

/**
 * Turns GitHub's events into work. Nothing is done here but to put it into the queue: GitHub waits ten seconds at most
 * (https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks). What an event says of a pull
 * request may be old by the time it is handled, so that the work names it and no more.
 */
export function registerWebhooks(app: Pick<Probot, 'on'>, appId: number, enqueue: Enqueue, log: Log): void {
  registerPullRequests(app, enqueue);
  registerChecks(app, appId, enqueue);
  registerComments(app, appId, enqueue);

  // A queue waits for every required check of its own commits, too.
  app.on('merge_group.checks_requested', async ({ payload }) => {
    const place = placeOf(payload);
    if (place !== null) await enqueue({ kind: 'merge-group', place, head: payload.merge_group.head_sha });
  });

  // Nothing is kept of an installation that would have to be tidied up.
  app.on(['installation', 'installation_repositories'], async ({ name, payload }) => {
    const { id, account } = payload.installation;
    const owner = account !== null && 'login' in account ? account.login : undefined;
    log.info({ event: `${name}.${payload.action}`, installation: id, owner }, 'the installation changed');
  });
}

function registerPullRequests(app: Pick<Probot, 'on'>, enqueue: Enqueue): void {
  app.on(
    [
      'pull_request.opened',
      'pull_request.synchronize',
      'pull_request.reopened',
      'pull_request.ready_for_review',
      'pull_request.converted_to_draft',
    ],
    async ({ payload }) => {
      const place = placeOf(payload);
      if (place !== null) await enqueue({ kind: 'review', place, number: payload.pull_request.number });
    },
  );

  // Another base is another change; another title is none.
  app.on('pull_request.edited', async ({ payload }) => {
    const place = placeOf(payload);
    if (place === null || payload.changes.base === undefined) return;
    await enqueue({ kind: 'review', place, number: payload.pull_request.number });
  });

  app.on('pull_request.closed', async ({ payload }) => {
    const place = placeOf(payload);
    if (place !== null) await enqueue({ kind: 'close', place, number: payload.pull_request.number });
  });

  app.on(['pull_request.labeled', 'pull_request.unlabeled'], async ({ payload }) => {
    const place = placeOf(payload);
    const label = payload.label?.name;
    if (place === null || label === undefined || payload.pull_request.state === 'closed') return;
    await enqueue({ kind: 'label', place, number: payload.pull_request.number, label });
  });
}

function registerChecks(app: Pick<Probot, 'on'>, appId: number, enqueue: Enqueue): void {
  app.on('check_run.rerequested', async ({ payload }) => {
    const place = placeOf(payload);
    if (place === null) return;
    const number = numberOf(payload.check_run);
    if (number !== null) await enqueue({ kind: 'review', place, number });
    else await enqueue({ kind: 'rerun', place, head: payload.check_run.head_sha });
  });

  app.on('check_run.requested_action', async ({ payload }) => {
    const place = placeOf(payload);
    const button = payload.requested_action?.identifier;
    const { check_run, sender, repository } = payload;
    if (place === null || button === undefined || isBot(sender)) return;
    await enqueue({
      kind: 'button',
      place,
      number: numberOf(check_run),
      head: check_run.head_sha,
      button,
      by: sender.login,
      isPrivate: repository.private,
    });
  });

  app.on('check_suite.rerequested', async ({ payload }) => {
    const place = placeOf(payload);
    if (place !== null) await enqueue({ kind: 'rerun', place, head: payload.check_suite.head_sha });
  });

  app.on('check_suite.requested', async ({ payload }) => {
    const place = placeOf(payload);
    if (place === null || payload.check_suite.app.id !== appId) return;
    const work = { kind: 'rerun', place, head: payload.check_suite.head_sha, unlessDone: true } as const;
    await enqueue(work, { delay: pushDelay });
  });
}

function registerComments(app: Pick<Probot, 'on'>, appId: number, enqueue: Enqueue): void {
  app.on('issue_comment.created', async ({ payload }) => {
    const { comment, issue, sender, repository } = payload;
    const place = placeOf(payload);
    const isPullRequest = issue.pull_request !== undefined && issue.pull_request !== null;
    const { user } = comment;
    if (place === null || !isPullRequest || user === null) return;
    // Bots talking to bots never end.
    if (isBot(sender) || isBot(user) || comment.performed_via_github_app?.id === appId) return;
    const commands = findCommands(comment.body);
    if (commands.length === 0) return;
    await enqueue({
      kind: 'command',
      place,
      number: issue.number,
      comment: { id: comment.id, thread: null },
      commands,
      commander: {
        login: user.login,
        isAuthor: issue.user?.id === user.id,
        association: comment.author_association,
      },
      isOpen: issue.state === 'open',
      isPrivate: repository.private,
    });
  });

  app.on('pull_request_review_comment.created', async ({ payload }) => {
    const { comment, pull_request, sender, repository } = payload;
    const place = placeOf(payload);
    const { user } = comment;
    if (place === null || user === null || isBot(sender) || isBot(user)) return;
    const commands = findCommands(comment.body);
    if (commands.length === 0) return;
    await enqueue({
      kind: 'command',
      place,
      number: pull_request.number,
      comment: { id: comment.id, thread: comment.in_reply_to_id ?? comment.id },
      commands,
      commander: {
        login: user.login,
        isAuthor: pull_request.user?.id === user.id,
        association: comment.author_association,
      },
      isOpen: pull_request.state === 'open',
      isPrivate: repository.private,
    });
  });
}

/** The pull request of a check run. Our own runs have the number there; for a pull request from a fork it stands nowhere else. */
function numberOf(run: {
  readonly external_id: string | null;
  readonly pull_requests: readonly { readonly number: number }[];
}): number | null {
  if (/^\d+$/.test(run.external_id ?? '')) return Number(run.external_id);
  return run.pull_requests[0]?.number ?? null;
}

function isBot({ type }: Account): boolean {
  return type === 'Bot';
}

/** `null` for an event that reached us without an installation: there is nothing that we could do there. */
function placeOf({ installation, repository }: RepositoryEvent): InstalledPlace | null {
  if (installation === undefined || repository === undefined) return null;
  return {
    owner: repository.owner.login,
    repo: repository.name,
    repositoryId: repository.id,
    installation: installation.id,
  };
}
