import type { GitRepository } from '../git/repository.ts';

/** How much a permission allows. */
export type Level = 'read' | 'write' | 'admin';

/** Permissions of an App, an installation or a token by name: `{ pull_requests: 'write' }`. */
export type Permissions = Readonly<Record<string, Level>>;

/** What a collaborator may do, in the words of `role_name`. */
export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

/** A person, an organisation or an App's bot. */
export interface Account {
  readonly kind: 'account';
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Organization' | 'Bot';
}

/** The App under test, as it is registered. */
export interface GitHubApp {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  /** The account that it acts as. */
  readonly bot: Account;
  permissions: Permissions;
  readonly events: readonly string[];
  /** PEM. */
  readonly publicKey: string;
  /** PEM; known to GitHub only until it has been handed out. */
  readonly privateKey: string;
}

/** Where the App is installed. */
export interface Installation {
  readonly id: number;
  readonly account: Account;
  /** What the owner granted; less than the App asks for until a new permission is accepted. */
  permissions: Permissions;
  /** `null`: all of the account's. */
  repositories: Set<Repository> | null;
  suspendedAt: Date | null;
  readonly createdAt: Date;
}

/** A token that the stand-in gave out. */
export interface Token {
  readonly text: string;
  /** What it stands for: an installation's narrowed rights, or a person. */
  readonly bearer:
    | {
        readonly kind: 'installation';
        readonly installation: Installation;
        readonly permissions: Permissions;
        /** `null`: all that the installation covers. */
        readonly repositories: ReadonlySet<Repository> | null;
      }
    | { readonly kind: 'user'; readonly account: Account };
  expiresAt: Date;
}

/** A repository with everything on it. */
export interface Repository {
  readonly kind: 'repository';
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  readonly private: boolean;
  readonly parent: Repository | null;
  readonly defaultBranch: string;
  readonly git: GitRepository;
  /** By login, in lower case. */
  readonly collaborators: Map<string, Role>;
  /** Branches that take changes only from pull requests. */
  readonly protectedBranches: Set<string>;
  readonly conversations: Map<number, PullRequest | Issue>;
  readonly checkSuites: CheckSuite[];
  readonly createdAt: Date;
}

/** What pull requests and issues have in common. */
interface Conversation {
  readonly id: number;
  readonly repository: Repository;
  /** Counts from 1, issues and pull requests together. */
  readonly number: number;
  readonly author: Account;
  readonly createdAt: Date;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  locked: boolean;
  labels: Label[];
  updatedAt: Date;
  closedAt: Date | null;
  readonly comments: IssueComment[];
  readonly reactions: Reaction[];
}

/** An issue that is no pull request. */
export interface Issue extends Conversation {
  readonly kind: 'issue';
}

/** A pull request. */
export interface PullRequest extends Conversation {
  readonly kind: 'pull';
  /** The branch that it is to be merged into. */
  baseBranch: string;
  /** The tip of that branch when the pull request was last synchronised: not the merge base. */
  baseSha: string;
  readonly headRepository: Repository;
  /** Whether that was deleted, as forks are; what was pushed can still be read in the base repository. */
  headDeleted: boolean;
  readonly headBranch: string;
  headSha: string;
  draft: boolean;
  mergedAt: Date | null;
  mergedBy: Account | null;
  mergeCommit: string | null;
  /** Heads for which the background job has found out whether they can be merged. */
  readonly mergeabilityKnown: Set<string>;
  readonly reviews: Review[];
  readonly threads: ReviewThread[];
}

/** A label of an issue or a pull request. */
export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
}

/** A review of a pull request. */
export interface Review {
  readonly kind: 'review';
  readonly id: number;
  readonly pull: PullRequest;
  readonly author: Account;
  body: string;
  state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
  readonly commitId: string;
  submittedAt: Date | null;
  minimized: Minimized | null;
}

/** LEFT is the old version of a file, RIGHT the new one. */
export type Side = 'LEFT' | 'RIGHT';

/** The lines that a thread is about, in the diff of the commit that it was written on. Lines count from 1. */
export interface ThreadPlace {
  readonly path: string;
  /** `null`: the file as a whole. */
  readonly lines: {
    readonly side: Side;
    readonly line: number;
    readonly startSide: Side | null;
    readonly startLine: number | null;
  } | null;
}

/** A thread of review comments at one place. */
export interface ReviewThread {
  readonly kind: 'thread';
  readonly id: number;
  readonly pull: PullRequest;
  readonly place: ThreadPlace;
  readonly commitId: string;
  readonly diffHunk: string;
  /** The place's line of the patch, by GitHub's older way of counting. */
  readonly position: number | null;
  resolvedBy: Account | null;
  /** The first is the one that opened it. */
  readonly comments: ReviewComment[];
}

/** A comment in a thread. */
export interface ReviewComment {
  readonly kind: 'review-comment';
  readonly id: number;
  readonly thread: ReviewThread;
  readonly review: Review;
  readonly author: Account;
  /** The commit that was the review's. */
  readonly commitId: string;
  body: string;
  readonly createdAt: Date;
  updatedAt: Date;
  minimized: Minimized | null;
  readonly reactions: Reaction[];
}

/** A comment in the conversation of an issue or a pull request. */
export interface IssueComment {
  readonly kind: 'issue-comment';
  readonly id: number;
  readonly conversation: PullRequest | Issue;
  readonly author: Account;
  /** Whether an App wrote it with a token of an installation. */
  readonly byApp: boolean;
  body: string;
  readonly createdAt: Date;
  updatedAt: Date;
  minimized: Minimized | null;
  readonly reactions: Reaction[];
}

/** Why a comment is folded away, such as `OUTDATED`. */
export interface Minimized {
  readonly reason: string;
  readonly by: Account;
}

/** A reaction to something written. */
export interface Reaction {
  readonly id: number;
  readonly author: Account;
  readonly content: '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes';
  readonly createdAt: Date;
}

/** How far a check run is. */
export type CheckStatus = 'queued' | 'in_progress' | 'completed';
/** How a check run ended. */
export type Conclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required';

/** All check runs of the App for one commit. */
export interface CheckSuite {
  readonly kind: 'check-suite';
  readonly id: number;
  readonly repository: Repository;
  readonly headSha: string;
  /** `null` for a commit of a fork: suites look only at pushes to the repository itself. */
  readonly headBranch: string | null;
  readonly runs: CheckRun[];
  readonly createdAt: Date;
}

/** A check run. */
export interface CheckRun {
  readonly kind: 'check-run';
  readonly id: number;
  readonly suite: CheckSuite;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: CheckStatus;
  conclusion: Conclusion | null;
  startedAt: Date;
  completedAt: Date | null;
  output: { title: string | null; summary: string | null; text: string | null };
  /** All that were ever sent: updates append. */
  readonly annotations: CheckAnnotation[];
  actions: readonly CheckAction[];
}

/** An annotation, in the words of GitHub's API. */
export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly title?: string;
  readonly message: string;
  readonly raw_details?: string;
}

/** A button on a check run. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** Everything that has a global id, for GraphQL. */
export type Node =
  | Account
  | Repository
  | PullRequest
  | Issue
  | Review
  | ReviewThread
  | ReviewComment
  | IssueComment
  | CheckSuite
  | CheckRun;
