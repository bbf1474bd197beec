import { goneNote, type ThreadPlan } from './judge-threads.ts';
import type { ClosedThreads, PullRequestHost, ReviewThread } from './ports.ts';

/** What was done to threads: what really succeeded, not what was tried. */
export interface TendedThreads extends ClosedThreads {
  /** How many could not be closed. The next review tries again. */
  readonly failed: number;
  readonly reopened: readonly ReviewThread[];
  /** Those that are back, and could not be opened again. */
  readonly stillClosed: readonly ReviewThread[];
  readonly noted: readonly ReviewThread[];
}

/** Closes the threads of findings that are gone, tells the people in those that are theirs, and opens those that are back. */
export async function tendThreads(
  host: Pick<PullRequestHost, 'closeThreads' | 'reopenThreads' | 'replyTo'>,
  { toClose, toNote, toReopen }: ThreadPlan,
  head: string,
): Promise<TendedThreads> {
  const closed = toClose.length === 0 ? { resolved: [], minimized: [] } : await host.closeThreads(toClose);
  const reopened = toReopen.length === 0 ? [] : await host.reopenThreads(toReopen);
  const noted: ReviewThread[] = [];
  for (const thread of toNote) if (await host.replyTo(thread, goneNote(head))) noted.push(thread);
  return {
    ...closed,
    failed: toClose.length - closed.resolved.length - closed.minimized.length,
    reopened,
    stillClosed: toReopen.filter(thread => !reopened.includes(thread)),
    noted,
  };
}
