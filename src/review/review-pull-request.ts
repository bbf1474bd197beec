import type { Finding } from '../engine/finding.ts';
import { LoopwardenError, StaleHeadError } from '../errors.ts';
import { type AnalysedChange, analyseChange } from './analyse-change.ts';
import { withButtons } from './check-buttons.ts';
import { CHECK_NAME, type ChangeReview, composeReview } from './compose-review.ts';
import { isDependencyBot } from './dependency-bots.ts';
import type {
  CheckConclusion,
  CheckRunResult,
  FileAnalyser,
  PullRequestHost,
  PullRequestState,
  ReviewThread,
} from './ports.ts';
import { isLabelToSkip, type ReviewSettings } from './review-settings.ts';
import { type TendedThreads, tendThreads } from './tend-threads.ts';
import { saidBefore, weighConversation } from './weigh-conversation.ts';

/** What came of reviewing a pull request. */
export type ReviewOutcome =
  | { readonly kind: 'skipped'; readonly reason: string }
  /** The head moved, or a newer job waits: nothing was posted, the newer one does it all. */
  | { readonly kind: 'superseded' }
  | {
      readonly kind: 'reviewed';
      readonly review: ChangeReview;
      /** How many comments were posted. */
      readonly posted: number;
      /** Why the host did not take the comments; their findings are then in the check run. */
      readonly refused: string | null;
      /** Those that were there before it. */
      readonly threads: readonly ReviewThread[];
      /** Those of them that a person resolved although their findings are there. */
      readonly dismissed: readonly ReviewThread[];
      readonly tended: TendedThreads;
    }
  /** It cannot be done, and trying again would not help. The check run says so. */
  | { readonly kind: 'failed'; readonly error: LoopwardenError };

/** How a review under way learns that it need not go on. */
export interface ReviewPullRequestOptions {
  /** Whether a newer job for this pull request waits. Asked between steps. */
  readonly isSuperseded?: () => boolean | Promise<boolean>;
  /** Looked at between steps. When aborted, the check run is completed as not done and the signal's reason thrown. */
  readonly signal?: AbortSignal;
  /** Whether fixes can be committed to the branch; asked only where there are some. Left out where nobody hears the check run's buttons: then it has none. */
  readonly canCommit?: () => Promise<boolean>;
}

/**
 * Reviews a pull request as it is now: reads, analyses, posts at most one review, and completes the check run whatever
 * happens. Throws what may succeed later, what nobody foresaw, and the reason of an aborted signal, each after the check
 * run was completed.
 */
export async function reviewPullRequest(
  host: PullRequestHost,
  analyser: FileAnalyser,
  settings: ReviewSettings,
  options: ReviewPullRequestOptions = {},
): Promise<ReviewOutcome> {
  const state = await host.readState();
  // While the check run comes into being, the change is read.
  const checkRun = host.startCheckRun(state.head);
  checkRun.catch(() => {});
  const complete = async (result: CheckRunResult, findings: readonly Finding[] = []) => {
    const shown =
      options.canCommit === undefined ? result : await withButtons(result, findings, options.canCommit);
    return host.completeCheckRun(await checkRun, shown);
  };
  let outcome: ReviewOutcome;
  try {
    outcome = await conversation({ host, analyser, settings, options, state, checkRun });
  } catch (error) {
    if (error instanceof StaleHeadError) {
      outcome = { kind: 'superseded' };
    } else {
      const isFinal = error instanceof LoopwardenError && error.retry === 'never';
      try {
        await complete(failure(error, options.signal));
      } catch (second) {
        // What is tried again tells more than that the check run could not be completed either.
        throw isFinal ? second : error;
      }
      if (!isFinal) throw error;
      return { kind: 'failed', error };
    }
  }
  await complete(resultOf(outcome), outcome.kind === 'reviewed' ? outcome.review.findings : []);
  return outcome;
}

interface Conversation {
  readonly host: PullRequestHost;
  readonly analyser: FileAnalyser;
  readonly settings: ReviewSettings;
  readonly options: ReviewPullRequestOptions;
  readonly state: PullRequestState;
  readonly checkRun: Promise<number>;
}

async function conversation({
  host,
  analyser,
  settings,
  options,
  state,
  checkRun,
}: Conversation): Promise<ReviewOutcome> {
  const reason = reasonToSkip(state, settings);
  if (reason !== null) return { kind: 'skipped', reason };
  const isOver = async () => {
    options.signal?.throwIfAborted();
    return (await options.isSuperseded?.()) ?? false;
  };

  if (await isOver()) return { kind: 'superseded' };
  const change = await host.readChange();
  if (change.head !== state.head || (await isOver())) return { kind: 'superseded' };
  const projects = host.readProjects?.(change) ?? null;
  const analysed = await analyseChange(change, analyser, settings.includes, projects);
  if (await isOver()) return { kind: 'superseded' };

  const conversation = await host.readConversation();
  const weighed = await weighConversation(conversation, { change, analysed, settings, state, host });
  const inline = !isDependencyBot(state.author ?? '');
  const canCommit = await mayPromiseFixes(analysed, options);
  const { plan } = weighed;
  const compose = (parts: {
    readonly inline: boolean;
    readonly refused?: string | null;
    readonly closed?: readonly ReviewThread[];
  }) =>
    composeReview(change, analysed, {
      settings,
      before: saidBefore(weighed, parts.closed ?? []),
      ignored: weighed.ignored,
      progress: weighed.progress,
      inline: parts.inline,
      refused: parts.refused ?? null,
      canCommit,
    });
  let review = compose({ inline });
  // Nothing is said without a check run that tells of it.
  await checkRun;
  if (await isOver()) return { kind: 'superseded' };
  // Also when there is nothing to post: the check run's annotations belong to this head.
  if (await hasMoved(host, state)) return { kind: 'superseded' };

  let posted = review.review.comments.length;
  let refused: string | null = null;
  if (posted > 0) {
    const result = await host.postReview(state.head, review.review);
    if (result.kind !== 'posted') {
      if (await hasMoved(host, state)) return { kind: 'superseded' };
      refused = result.reason;
      posted = 0;
    }
  }
  const tended = await tendThreads(host, plan, state.head);
  if (refused !== null || tended.stillClosed.length > 0) {
    review = compose({ inline: inline && refused === null, refused, closed: tended.stillClosed });
  }
  const { threads } = conversation;
  return { kind: 'reviewed', review, posted, refused, threads, dismissed: plan.dismissed, tended };
}

/** Whether a comment can say that a command commits its fix. No review fails for want of that. */
async function mayPromiseFixes(
  { files }: AnalysedChange,
  { canCommit = async () => false }: ReviewPullRequestOptions,
): Promise<boolean> {
  const isFixable = files.some(({ findings }) => findings.some(({ finding }) => finding.fix !== undefined));
  return isFixable && canCommit().catch(() => false);
}

function reasonToSkip(state: PullRequestState, settings: ReviewSettings): string | null {
  if (!state.open) return 'The pull request is closed.';
  if (state.draft && !settings.drafts) return 'The pull request is a draft.';
  if (state.byBot && !settings.bots) return 'The pull request was opened by a bot.';
  const label = state.labels?.find(name => isLabelToSkip(name, settings));
  return label === undefined ? null : `The pull request has the label "${label}".`;
}

async function hasMoved(host: PullRequestHost, state: PullRequestState): Promise<boolean> {
  const now = await host.readState();
  return now.head !== state.head || !now.open;
}

function resultOf(outcome: ReviewOutcome): CheckRunResult {
  switch (outcome.kind) {
    case 'skipped':
      return plainResult('skipped', 'Not reviewed', outcome.reason);
    case 'superseded':
      return plainResult(
        'skipped',
        'Superseded',
        'There is a newer state of the pull request, which is reviewed instead.',
      );
    case 'failed':
      return failure(outcome.error, undefined);
    case 'reviewed':
      return outcome.review.checkRun;
  }
}

/** What went wrong inside is no mistake of the pull request's: it must not block it, nor look like a clean bill. */
function failure(error: unknown, signal: AbortSignal | undefined): CheckRunResult {
  const why = signal?.aborted
    ? 'The review was broken off. It will be done again, at the latest after the next push or "Re-run".'
    : error instanceof LoopwardenError
      ? `The review failed: ${error.message}${error.retry === 'later' ? ' It will be tried again.' : ''}`
      : 'The review failed because of a fault in Loopwarden. Its operator finds the details in the log.';
  return plainResult('neutral', 'Not reviewed', why);
}

function plainResult(conclusion: CheckConclusion, title: string, summary: string): CheckRunResult {
  return { name: CHECK_NAME, conclusion, output: { title, summary, annotations: [] } };
}
