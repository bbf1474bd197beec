import type { Change } from '../changes/change.ts';
import type { FileError, Finding } from '../engine/finding.ts';
import type { ProjectReader } from '../project/collect-modules.ts';
import type { SnapshotData } from '../project/snapshot-data.ts';
import type {
  Annotation,
  CheckConclusion,
  CheckRunResult,
  ReviewComment,
  ReviewToPost,
} from '../report/published.ts';
import type { ModuleSignatures } from '../semantics/module-signatures.ts';
import type { Role } from './role.ts';

/** Gives what a pull request or a local range changes. */
export interface ChangeReader {
  readChange(): Promise<Change>;
  /** The rest of the repository before and after a change that was read; without it each file stands alone. */
  readProjects?(change: Change): ChangeProjects;
}

/** Both versions of a repository. */
export interface ChangeProjects {
  /** At the merge base. */
  readonly base: ProjectReader;
  readonly head: ProjectReader;
}

/** One version of one file to look at. */
export interface FileToAnalyse {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** `false` when nobody will use the fixes, which saves their verification: in versions that are only compared with. */
  readonly fixes?: boolean;
}

/** What came of one file: its findings, or why there are none. */
export interface AnalysedFile {
  readonly path: string;
  readonly analysed: boolean;
  readonly findings: readonly Finding[];
  readonly errors: readonly FileError[];
}

/** Runs the engine over files: in this thread, or in a pool of threads with a time limit for each file. */
export interface FileAnalyser {
  /**
   * In the order given. Never rejects for what a file contains: that is in `errors`.
   *
   * @param project the version of the repository that the files are of; without it each file stands alone
   */
  analyse(files: readonly FileToAnalyse[], project?: SnapshotData | null): Promise<readonly AnalysedFile[]>;
  /** What other files depend on in each of these, in the order given; `null` for what cannot be read. */
  signatures(
    files: readonly FileToAnalyse[],
    project: SnapshotData,
  ): Promise<readonly (ModuleSignatures | null)[]>;
}

export type { Annotation, CheckConclusion, CheckRunResult, ReviewComment, ReviewToPost };

/** Something a person or a bot has written on the pull request. */
export interface Remark {
  /** GitHub's number of the comment, as in the REST API, and its id in GraphQL. */
  readonly id: number;
  readonly nodeId: string;
  /** The login, of a bot with `[bot]` at its end; `null` when the account is gone. */
  readonly author: string | null;
  readonly isBot: boolean;
  /** Whether it is by the account that we comment with. */
  readonly isOurs: boolean;
  /** GitHub's `author_association`. */
  readonly association: string;
  readonly body: string;
}

/** A thread on the diff that a comment of ours began. */
export interface ReviewThread {
  /** Its id in GraphQL. */
  readonly id: string;
  readonly path: string;
  /** Where it is now, from 1; `null` when it is outdated. */
  readonly line: number | null;
  readonly isResolved: boolean;
  /** The login of who resolved it; `null` also when the account is gone. */
  readonly resolvedBy: string | null;
  readonly isOutdated: boolean;
  /** Whether its first comment was hidden. */
  readonly isMinimized: boolean;
  /** Of the findings that its first comment tells of. */
  readonly fingerprints: readonly string[];
  /** The id of the rule that it is about, where its first comment says so. */
  readonly rule?: string | null;
  /** From the first, which is ours. */
  readonly comments: readonly [Remark, ...Remark[]];
  /** Whether somebody but us has written in it. */
  readonly isAnswered: boolean;
  /** How many have reacted with 👎 to its first comment. */
  readonly thumbsDown: number;
}

/** What has been said on a pull request. */
export interface PullRequestConversation {
  /** Those that comments of ours began, whatever has become of them: open, resolved, outdated, hidden. */
  readonly threads: readonly ReviewThread[];
  /** The comments of the conversation that speak to us (`/loopwarden`), or are ours, oldest first. */
  readonly remarks: readonly Remark[];
  /** The fingerprints of all findings that reviews of ours had comments on, whether these are still there or not. */
  readonly announced: ReadonlySet<string>;
}

/** What somebody who may has silenced in a pull request. */
export interface Ignore {
  /** The login. */
  readonly by: string;
  /** Ids or codes of rules, as written. */
  readonly rules: readonly string[];
  readonly fingerprints: readonly string[];
}

/** The state of the pull request that decides whether it is reviewed. */
export interface PullRequestState {
  /** Full SHA of the head as it is now. */
  readonly head: string;
  readonly open: boolean;
  readonly draft: boolean;
  /** `owner/name#number`. */
  readonly label: string;
  /** The names of its labels. */
  readonly labels?: readonly string[];
  /** The login of who opened it; `null` when the account is gone. */
  readonly author?: string | null;
  /** Whether a bot has opened it. */
  readonly byBot?: boolean;
}

/** The threads that were closed, by what was done to them. */
export interface ClosedThreads {
  readonly resolved: readonly ReviewThread[];
  readonly minimized: readonly ReviewThread[];
}

/** What came of posting a review. */
export type PostResult =
  | { readonly kind: 'posted' }
  /** The host refuses the comments (422): they go to the summary instead. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Comments are not allowed (403): the same. */
  | { readonly kind: 'forbidden'; readonly reason: string };

/** The pull request on its host. Errors are `GitHubError`. */
export interface PullRequestHost extends ChangeReader {
  readState(): Promise<PullRequestState>;
  /** What has been said, read to its end. */
  readConversation(): Promise<PullRequestConversation>;
  /** What somebody may do in the repository. */
  roleOf(login: string): Promise<Role>;
  /** Shows that a review of this head is under way; returns the check run's id. */
  startCheckRun(head: string): Promise<number>;
  /** Completes the check run, with any number of annotations. */
  completeCheckRun(id: number, result: CheckRunResult): Promise<void>;
  /** Posts once, without blind repetition. */
  postReview(head: string, review: ReviewToPost): Promise<PostResult>;
  /** Resolves threads, or hides their first comments where that is all that we may. What failed is in neither list. */
  closeThreads(threads: readonly ReviewThread[]): Promise<ClosedThreads>;
  /** Takes back that they are resolved; gives those that are open now. */
  reopenThreads(threads: readonly ReviewThread[]): Promise<readonly ReviewThread[]>;
  /** Writes into a thread; `false` when that could not be, or nobody knows. */
  replyTo(thread: ReviewThread, body: string): Promise<boolean>;
}
