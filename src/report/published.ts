/** A line comment of a review, in the words of GitHub's API. Lines count from 1. */
export interface ReviewComment {
  readonly path: string;
  readonly line: number;
  readonly side: 'RIGHT' | 'LEFT';
  readonly start_line?: number;
  readonly start_side?: 'RIGHT' | 'LEFT';
  readonly body: string;
}

/** A review, in the words of GitHub's API. */
export interface ReviewToPost {
  readonly event: 'COMMENT';
  readonly body: string;
  readonly comments: readonly ReviewComment[];
}

/** An annotation of a check run, in the words of GitHub's API. Lines and columns count from 1. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
  readonly raw_details?: string;
}

/** A button on a check run, in the words of GitHub's API: at most 20, 40 and 20 characters. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  /** What GitHub tells when it is pressed. */
  readonly identifier: string;
}

export type CheckConclusion = 'success' | 'failure' | 'neutral' | 'skipped';

/** How a check run ends, in the words of GitHub's API. */
export interface CheckRunResult {
  readonly name: string;
  readonly conclusion: CheckConclusion;
  readonly output: {
    readonly title: string;
    readonly summary: string;
    readonly text?: string;
    readonly annotations: readonly Annotation[];
  };
  /** At most three. */
  readonly actions?: readonly CheckAction[];
}
