import type { AnswerToGive } from '../commands/answer-command.ts';
import type { Commander } from '../commands/may-use.ts';
import type { WrittenCommand } from '../review/find-commands.ts';

/** A repository that the App is installed in. Plain data: jobs may outlive the process. */
export interface InstalledPlace {
  readonly owner: string;
  readonly repo: string;
  /** GitHub's number of the repository. */
  readonly repositoryId: number;
  readonly installation: number;
}

/** Review a pull request as it is when the job runs. */
export interface ReviewWork {
  readonly kind: 'review';
  readonly place: InstalledPlace;
  readonly number: number;
}

/** Drop what waits for a pull request that was closed. */
export interface CloseWork {
  readonly kind: 'close';
  readonly place: InstalledPlace;
  readonly number: number;
}

/** A label came or went: review again where it decides whether there is a review. */
export interface LabelWork {
  readonly kind: 'label';
  readonly place: InstalledPlace;
  readonly number: number;
  readonly label: string;
}

/** Review the pull requests whose head a commit is: for events that name none. */
export interface RerunWork {
  readonly kind: 'rerun';
  readonly place: InstalledPlace;
  /** Full SHA. */
  readonly head: string;
  /** Only where there is no check run yet: for events that come beside others. */
  readonly unlessDone?: true;
}

/** Answer the slash commands of a comment. */
export interface CommandWork {
  readonly kind: 'command';
  readonly place: InstalledPlace;
  readonly number: number;
  readonly comment: {
    readonly id: number;
    /** For a comment on the diff, the one that began its thread; `null` in the conversation. */
    readonly thread: number | null;
  };
  readonly commands: readonly WrittenCommand[];
  /** When they are done, and only this is left to say. */
  readonly answer?: AnswerToGive;
  readonly commander: Commander;
  /** Whether the pull request was open. */
  readonly isOpen: boolean;
  /** Whether not everybody can read the repository. */
  readonly isPrivate: boolean;
}

/** Do what a button of a check run says. */
export interface ButtonWork {
  readonly kind: 'button';
  readonly place: InstalledPlace;
  /** `null` where the event names no pull request. */
  readonly number: number | null;
  /** Full SHA of the commit that the check run is at. */
  readonly head: string;
  readonly button: string;
  /** The login of who pressed it. */
  readonly by: string;
  readonly isPrivate: boolean;
}

/** Report on a commit of a merge queue. */
export interface MergeGroupWork {
  readonly kind: 'merge-group';
  readonly place: InstalledPlace;
  /** Full SHA. */
  readonly head: string;
}

/** What the queue holds. */
export type Work = ReviewWork | CloseWork | LabelWork | RerunWork | CommandWork | ButtonWork | MergeGroupWork;

/** Names what a job is about: of two waiting jobs of one key, the newer one is done. */
export function keyOf(work: Work): string {
  const repository = `${work.place.owner}/${work.place.repo}`;
  switch (work.kind) {
    case 'review':
    case 'close':
      // Of the same key: a pull request that was closed needs no review, one that was opened again does.
      return `review ${repository}#${work.number}`;
    case 'label':
      return `label ${repository}#${work.number} ${work.label}`;
    case 'rerun':
      return `rerun ${repository}@${work.head}`;
    case 'command':
      return `command ${repository}#${work.number}/${work.comment.thread === null ? '' : 'r'}${work.comment.id}`;
    case 'button':
      return `button ${repository}@${work.head} ${work.button}`;
    case 'merge-group':
      return `merge-group ${repository}@${work.head}`;
  }
}
