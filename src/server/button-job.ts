import { describeFix } from '../commands/describe-fix.ts';
import { mayUse } from '../commands/may-use.ts';
import { GitHubError } from '../errors.ts';
import { findPullRequests } from '../github/find-pull-requests.ts';
import { readRole } from '../github/permissions.ts';
import { writeComment } from '../github/write-comment.ts';
import { buttons } from '../review/check-buttons.ts';
import type { FixOutcome } from '../review/fix-pull-request.ts';
import { commitFixes, openWork } from './open-work.ts';
import { type ButtonWork, keyOf, type Work } from './work.ts';
import type { Workshop } from './workshop.ts';

/**
 * Does what a button of a check run says, for those who may use the command that does the same. GitHub shows buttons to
 * whoever may write, but the event alone proves nothing.
 */
export async function buttonJob(workshop: Workshop, work: ButtonWork, signal: AbortSignal): Promise<void> {
  const { clients, queue, log } = workshop;
  const { place, head, button, by } = work;
  const client = await clients.clientFor(place, signal);
  const fields = { key: keyOf(work), by };
  const permission = button === buttons.fix.identifier ? 'write' : 'involved';
  const isAllowed = await mayUse(
    permission,
    { login: by, isAuthor: false, association: 'NONE' },
    {
      roleOf: login => readRole(client, place, login),
      isPrivate: work.isPrivate,
      authorMayIgnore: async () => false,
    },
  );
  if (!isAllowed) return log.info(fields, 'the button was pressed by somebody who may not');

  const numbers = work.number === null ? await findPullRequests(client, place, head) : [work.number];
  if (button === buttons.rerun.identifier) {
    for (const number of numbers) {
      const review: Work = { kind: 'review', place, number };
      await queue.enqueue(keyOf(review), review);
    }
  }
  if (button === buttons.fix.identifier) {
    for (const number of numbers) {
      const outcome = await fix(workshop, { ...work, number }, signal);
      log.info({ ...fields, number, outcome: outcome.kind }, 'fixing ended');
    }
  }
}

async function fix(
  workshop: Workshop,
  work: ButtonWork & { readonly number: number },
  signal: AbortSignal,
): Promise<FixOutcome> {
  const opened = await openWork(workshop, work, signal);
  const { head } = work;
  const outcome = await commitFixes(workshop, work, opened, { selection: { kind: 'safe' }, head, signal });
  if (outcome.kind === 'committed') return outcome;
  const { label } = buttons.fix;
  try {
    await writeComment(
      opened.client,
      opened.place,
      `"${label}", as ${work.by} asked for: ${describeFix(outcome, { kind: 'safe' })}`,
    );
  } catch (error) {
    // Whoever pressed it sees that nothing happened.
    if (!(error instanceof GitHubError)) throw error;
  }
  return outcome;
}
