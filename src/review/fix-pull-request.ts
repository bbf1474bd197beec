import type { Change } from '../changes/change.ts';
import type { Finding } from '../engine/finding.ts';
import { invariant, StaleHeadError } from '../errors.ts';
import { type AnalysedChange, analyseChange } from './analyse-change.ts';
import { type FixSelection, hasFixFor, isAskedFor } from './choose-fixes.ts';
import { type CommitMessage, commitMessage } from './commit-message.ts';
import { type MendedFile, mendFile } from './mend-file.ts';
import type {
  ChangeProjects,
  ChangeReader,
  FileAnalyser,
  PullRequestHost,
  PullRequestState,
} from './ports.ts';
import { readSnapshots } from './read-snapshots.ts';
import type { ReviewSettings } from './review-settings.ts';
import { weighConversation } from './weigh-conversation.ts';

/** Whether the pull request's branch can be committed to: not one of a fork, nor of one that is gone, and not without the permission. */
export type CommitAccess = 'allowed' | 'fork' | 'gone' | 'not-permitted';

/** What came of making a commit. */
export type CommitResult =
  | { readonly kind: 'committed' /** Full SHA. */; readonly commit: string }
  /** The branch is somewhere else by now; nothing was done. */
  | { readonly kind: 'moved' }
  /** The host does not let us, and says why. */
  | { readonly kind: 'refused'; readonly reason: string };

/** The pull request on its host, as fixing needs it. Errors are `GitHubError`. */
export interface FixHost extends ChangeReader, Pick<PullRequestHost, 'readConversation' | 'roleOf'> {
  readState(): Promise<PullRequestState & { readonly commits: CommitAccess }>;
  /** Which of these files can be run: a commit through the host would take that from them. */
  readExecutables(head: string, paths: readonly string[]): Promise<ReadonlySet<string>>;
  /** Makes one commit of whole files on the pull request's branch, only when that is still at `head`. */
  commitFiles(
    head: string,
    message: CommitMessage,
    files: readonly Pick<MendedFile, 'path' | 'bytes'>[],
  ): Promise<CommitResult>;
}

/** Which fixes are to be committed, and what narrows them. */
export interface FixRequest {
  readonly selection: FixSelection;
  /** Full SHA of the head that whoever asks has seen: on another one nothing is committed. */
  readonly head?: string;
  readonly signal?: AbortSignal;
}

/** What came of fixing. */
export type FixOutcome =
  | {
      readonly kind: 'committed';
      /** Full SHA. */
      readonly commit: string;
      readonly applied: readonly Finding[];
      /** Asked for, and still there. */
      readonly left: readonly Finding[];
      /** Those of them that are in executable files, which could be mended by other ways. */
      readonly executable: readonly Finding[];
    }
  /** No finding that is asked for has a fix that may be applied; those that are there. */
  | { readonly kind: 'nothing'; readonly left: readonly Finding[] }
  | { readonly kind: 'closed' }
  /** The branch got new commits in the meantime; nothing was done. */
  | { readonly kind: 'moved' }
  /** We cannot commit to this branch; the findings that would have been mended. */
  | {
      readonly kind: 'cannot';
      readonly why: Exclude<CommitAccess, 'allowed'> | 'executable';
      readonly wanted: readonly Finding[];
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly wanted: readonly Finding[] };

/**
 * Commits fixes to the branch of a pull request: whole files, in one commit, of findings that the pull request brought in
 * and of no others. The change is analysed as it is now; what was found before may be mended already. What people have
 * silenced is not mended either, unless it is asked for by itself.
 */
export async function fixPullRequest(
  host: FixHost,
  analyser: FileAnalyser,
  settings: ReviewSettings,
  request: FixRequest,
): Promise<FixOutcome> {
  const { selection, head, signal } = request;
  const state = await host.readState();
  if (!state.open) return { kind: 'closed' };
  const change = await readChange(host);
  if (change?.head !== state.head) return { kind: 'moved' };
  const projects = host.readProjects?.(change) ?? null;
  const analysed = await analyseChange(change, analyser, settings.includes, projects);
  signal?.throwIfAborted();

  const conversation = await host.readConversation();
  const circumstances = { change, analysed, settings, state, host };
  const { ignored, matches } = await weighConversation(conversation, circumstances);
  const asked = analysed.files
    .flatMap(({ findings }) => findings.map(({ finding }) => finding))
    .filter(finding => isAskedFor(finding, selection, matches.get(finding)?.fingerprints))
    .filter(finding => selection.kind === 'findings' || !ignored.has(finding));
  const wanted = asked.filter(finding => hasFixFor(finding, selection));
  if (wanted.length === 0) return { kind: 'nothing', left: asked };
  if (head !== undefined && head !== change.head) return { kind: 'moved' };
  if (state.commits !== 'allowed') return { kind: 'cannot', why: state.commits, wanted };

  const executables = await host.readExecutables(change.head, [...new Set(wanted.map(({ path }) => path))]);
  const executable = wanted.filter(({ path }) => executables.has(path));
  if (executable.length === wanted.length) return { kind: 'cannot', why: 'executable', wanted };

  const chosen = wanted.filter(finding => !executable.includes(finding));
  const mended = await mendFiles(change, analysed, chosen, { analyser, projects });
  signal?.throwIfAborted();
  const applied = mended.flatMap(file => file.applied);
  if (applied.length === 0) return { kind: 'nothing', left: asked };

  const result = await host.commitFiles(change.head, commitMessage(applied), mended);
  if (result.kind === 'moved') return result;
  if (result.kind === 'refused') return { ...result, wanted };
  return { ...result, applied, left: asked.filter(finding => !applied.includes(finding)), executable };
}

/** `null` when the head moved while it was read. */
async function readChange(host: FixHost): Promise<Change | null> {
  try {
    return await host.readChange();
  } catch (error) {
    if (error instanceof StaleHeadError) return null;
    throw error;
  }
}

/** Files with findings that the change brings in without touching them. */
function untouchedBy(change: Change, { files }: AnalysedChange): ReadonlyMap<string, Uint8Array> {
  const touched = new Set(change.files.map(({ path }) => path));
  return new Map(
    files.flatMap(({ file: { path, head } }) =>
      head === null || touched.has(path) ? [] : [[path, head] as const],
    ),
  );
}

/** The files in which something was mended. */
async function mendFiles(
  change: Change,
  analysed: AnalysedChange,
  wanted: readonly Finding[],
  { analyser, projects }: { readonly analyser: FileAnalyser; readonly projects: ChangeProjects | null },
): Promise<readonly MendedFile[]> {
  const snapshot =
    projects === null ? null : (await readSnapshots(change, projects, untouchedBy(change, analysed))).head;
  const mended: MendedFile[] = [];
  for (const { file, findings } of analysed.files) {
    const chosen = findings.map(({ finding }) => finding).filter(finding => wanted.includes(finding));
    if (file.head === null || chosen.length === 0) continue;
    const { path, head: bytes } = file;
    const result = await mendFile({ path, bytes }, chosen, async changed => {
      const [again] = await analyser.analyse([{ path, bytes: changed }], snapshot);
      invariant(again !== undefined, 'the analyser answers for each file');
      return again;
    });
    if (result.applied.length > 0) mended.push(result);
  }
  return mended;
}
