import type { Change } from '../changes/change.ts';
import type { Finding } from '../engine/finding.ts';
import { fingerprintOf } from '../engine/fingerprint.ts';
import type { ReviewProgress } from '../report/summary.ts';
import type { AnalysedChange } from './analyse-change.ts';
import { ignoresIn, isSilenced } from './ignores.ts';
import { isOpen, judgeThreads, type ThreadPlan } from './judge-threads.ts';
import { matchThreads } from './match-threads.ts';
import { locateFindings } from './place-finding.ts';
import type {
  Ignore,
  PullRequestConversation,
  PullRequestHost,
  PullRequestState,
  ReviewThread,
} from './ports.ts';
import type { ReviewSettings } from './review-settings.ts';
import type { SaidBefore } from './write-comments.ts';

/** What a conversation means for the findings of the present state. */
export interface WeighedConversation {
  /** The findings that count, each with the thread that tells of it already. */
  readonly matches: ReadonlyMap<Finding, ReviewThread>;
  /** Those whose comment somebody has deleted. */
  readonly deleted: ReadonlySet<Finding>;
  readonly ignored: ReadonlySet<Finding>;
  readonly plan: ThreadPlan;
  /** `null` where nothing was said before, and nothing is ignored. */
  readonly progress: Omit<ReviewProgress, 'fresh'> | null;
}

/** What a conversation is weighed against. */
interface Circumstances {
  readonly change: Change;
  readonly analysed: AnalysedChange;
  readonly settings: ReviewSettings;
  readonly state: PullRequestState;
  readonly host: Pick<PullRequestHost, 'roleOf'>;
}

/** Holds what was said on a pull request, by us and to us, against what is found in it now. */
export async function weighConversation(
  conversation: PullRequestConversation,
  { change, analysed, settings, state, host }: Circumstances,
): Promise<WeighedConversation> {
  const { threads } = conversation;
  const { authorMayIgnore, includes } = settings;
  const located = locateFindings(analysed);
  const all = matchThreads(located, analysed.everything, threads, change.files);
  const ignores = await ignoresIn(conversation, login => host.roleOf(login), {
    author: state.author ?? null,
    authorMayIgnore,
  });
  const ignorerOf = new Map<Finding, string>();
  for (const { finding } of located) {
    const by = whoIgnores(finding, all.get(finding), ignores);
    if (by !== null) ignorerOf.set(finding, by);
  }
  const matches = new Map([...all].filter(([finding]) => !ignorerOf.has(finding)));
  const alive = new Set(matches.values());
  const silenced = new Set([...all.values()].filter(thread => !alive.has(thread)));
  const threadOf = new Map([...all].map(([{ fingerprint }, thread]) => [fingerprint, thread] as const));
  const plan = judgeThreads(threads, { change, analysed, alive, threadOf, silenced, includes });
  const deleted = new Set(
    located
      .map(({ finding }) => finding)
      .filter(each => !all.has(each) && !ignorerOf.has(each) && wasAnnounced(each, conversation, change)),
  );
  const isFirst = threads.length === 0 && ignorerOf.size === 0 && deleted.size === 0;
  const progress = {
    still: matches.size + deleted.size,
    mended: plan.mended,
    ignored: [...Map.groupBy(ignorerOf.values(), by => by)].map(([by, { length: count }]) => ({ by, count })),
  };
  return { matches, deleted, ignored: new Set(ignorerOf.keys()), plan, progress: isFirst ? null : progress };
}

/** What comments tell of already, given those threads of ours that could not be opened again. */
export function saidBefore(
  { matches, deleted, plan }: WeighedConversation,
  stillClosed: readonly ReviewThread[],
): SaidBefore {
  // To resolve a thread is a person's right; what we have closed ourselves must be seen when it is back.
  const isHidden = (thread: ReviewThread) => thread.isMinimized || stillClosed.includes(thread);
  const open = new Set([...matches.values(), ...plan.toReopen].filter(thread => isOpen(thread)));
  const hidden = [...matches].filter(([, thread]) => isHidden(thread)).map(([finding]) => finding);
  return {
    said: fingerprintsOf([...matches.keys(), ...deleted]),
    hidden: fingerprintsOf([...hidden, ...deleted]),
    open: open.size,
  };
}

/** Whether a comment told of a finding, under the present name of its file or the one that it has in the base. */
function wasAnnounced(
  { path, identity, fingerprint }: Finding,
  { announced }: PullRequestConversation,
  { files }: Change,
): boolean {
  const previous = files.find(file => file.path === path)?.previousPath ?? path;
  return announced.has(fingerprint) || announced.has(fingerprintOf(previous, identity));
}

function fingerprintsOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.map(({ fingerprint }) => fingerprint));
}

/** A finding with a thread is meant by the names that it has there, whatever its own is by now. */
function whoIgnores(
  finding: Finding,
  thread: ReviewThread | undefined,
  ignores: readonly Ignore[],
): string | null {
  const names = thread?.fingerprints ?? [finding.fingerprint];
  const found = ignores.find(ignore =>
    names.some(fingerprint => isSilenced({ ...finding, fingerprint }, [ignore])),
  );
  return found?.by ?? null;
}
