import type { WrittenCommand } from '../commands/find-command.ts';
import type { Commander } from '../commands/may-use.ts';

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

/** Review the pull requests whose head a commit is: for events that name none. */
export interface RerunWork {
  readonly kind: 'rerun';
  readonly place: InstalledPlace;
  /** Full SHA. */
  readonly head: string;
}

/** Answer a slash command. */
export interface CommandWork {
  readonly kind: 'command';
  readonly place: InstalledPlace;
  readonly number: number;
  readonly commentId: number;
  readonly command: WrittenCommand;
  readonly commander: Commander;
}

/** What the queue holds. */
export type Work = ReviewWork | RerunWork | CommandWork;

/** Names what a job is about: of two waiting jobs of one key, the newer one is done. */
export function keyOf(work: Work): string {
  const repository = `${work.place.owner}/${work.place.repo}`;
  switch (work.kind) {
    case 'review':
      return `review ${repository}#${work.number}`;
    case 'rerun':
      return `rerun ${repository}@${work.head}`;
    case 'command':
      return `command ${repository}#${work.number}/${work.commentId}`;
  }
}
