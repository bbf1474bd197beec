import type { Probot } from 'probot';
import { findCommand } from '../commands/find-command.ts';
import type { InstalledPlace, Work } from './work.ts';

/** What every event about a repository has. */
interface RepositoryEvent {
  readonly installation?: { readonly id: number } | undefined;
  readonly repository: {
    readonly id: number;
    readonly name: string;
    readonly owner: { readonly login: string };
  };
}

/**
 * Turns GitHub's events into work. Nothing is done here but to put it into the queue: GitHub waits ten seconds at most
 * (https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks). What an event says of a pull
 * request may be old by the time it is handled, so that the work names it and no more.
 */
export function registerWebhooks(
  app: Pick<Probot, 'on'>,
  appId: number,
  enqueue: (work: Work) => Promise<void>,
): void {
  const review = async (place: InstalledPlace, number: number) => enqueue({ kind: 'review', place, number });

  app.on(
    [
      'pull_request.opened',
      'pull_request.synchronize',
      'pull_request.reopened',
      'pull_request.ready_for_review',
    ],
    async ({ payload }) => {
      const place = placeOf(payload);
      if (place !== null) await review(place, payload.pull_request.number);
    },
  );

  // Another base is another change; another title is none.
  app.on('pull_request.edited', async ({ payload }) => {
    const place = placeOf(payload);
    if (place !== null && payload.changes.base !== undefined)
      await review(place, payload.pull_request.number);
  });

  app.on('check_run.rerequested', async ({ payload }) => {
    const place = placeOf(payload);
    if (place === null) return;
    const { external_id, head_sha, pull_requests } = payload.check_run;
    // Our own runs have the number there; for a pull request from a fork it stands nowhere else.
    const number = /^\d+$/.test(external_id ?? '') ? Number(external_id) : pull_requests[0]?.number;
    if (number !== undefined) await review(place, number);
    else await enqueue({ kind: 'rerun', place, head: head_sha });
  });

  app.on('check_suite.rerequested', async ({ payload }) => {
    const place = placeOf(payload);
    if (place !== null) await enqueue({ kind: 'rerun', place, head: payload.check_suite.head_sha });
  });

  app.on('issue_comment.created', async ({ payload }) => {
    const { comment, issue, sender } = payload;
    const place = placeOf(payload);
    const isPullRequest = issue.pull_request !== undefined && issue.pull_request !== null;
    if (place === null || !isPullRequest) return;
    // Bots talking to bots never end.
    if (sender.type === 'Bot' || comment.user?.type === 'Bot') return;
    if (comment.performed_via_github_app?.id === appId) return;
    const command = findCommand(comment.body);
    if (command === null || comment.user === null) return;
    await enqueue({
      kind: 'command',
      place,
      number: issue.number,
      commentId: comment.id,
      command,
      commander: {
        login: comment.user.login,
        isAuthor: issue.user?.id === comment.user.id,
        association: comment.author_association,
      },
    });
  });
}

/** `null` for an event that reached us without an installation: there is nothing that we could do there. */
function placeOf({ installation, repository }: RepositoryEvent): InstalledPlace | null {
  if (installation === undefined) return null;
  return {
    owner: repository.owner.login,
    repo: repository.name,
    repositoryId: repository.id,
    installation: installation.id,
  };
}
