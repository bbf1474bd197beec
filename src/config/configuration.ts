import type { Severity } from '../engine/finding.ts';
import type { EngineSettings } from '../engine/settings.ts';

/** From which severity on findings count as failure. */
export type FailOn = Severity | 'never';

/** How comments are made of findings. */
export interface CommentSettings {
  /** How many comments one review has at most; the rest goes to the summary. */
  readonly max: number;
  /** Findings below get no comment. */
  readonly minSeverity: Severity;
  /** Whether comments carry suggested changes. */
  readonly suggestions: boolean;
}

/** The configuration of a repository, with a value for everything. */
export interface Configuration {
  /** The repository that the configuration extends, as written. */
  readonly extends: string | null;
  readonly preset: EngineSettings['preset'];
  /** By rule id or code, as written. */
  readonly rules: EngineSettings['severities'];
  /** By rule id or code, as written: the only files in which those rules say anything. */
  readonly rulePaths: EngineSettings['rulePaths'];
  /** Patterns; when not empty, only files that fit one are looked at. */
  readonly include: readonly string[];
  /** Patterns; files that fit one are not looked at. */
  readonly exclude: readonly string[];
  readonly targetVersion: EngineSettings['targetVersion'];
  readonly asyncLibrary: EngineSettings['asyncLibrary'];
  /** Patterns of names of calls that block, with what to use instead. */
  readonly blockingCalls: EngineSettings['blockingCalls'];
  /** Patterns of names of what does not block. */
  readonly notBlocking: EngineSettings['notBlocking'];
  /** `null`: what the command or the check run does by itself. */
  readonly failOn: FailOn | null;
  readonly comments: CommentSettings;
  /** Whether drafts are reviewed. */
  readonly drafts: boolean;
  /** Pull requests with one of these labels are not reviewed. */
  readonly labelsToSkip: readonly string[];
  /** Whether pull requests that bots have opened are reviewed. */
  readonly bots: boolean;
  /** Whether authors without write access may silence findings of their own pull requests. */
  readonly authorMayIgnore: boolean;
}

/** The configuration of a repository that has none. */
export const defaultConfiguration: Configuration = {
  extends: null,
  preset: 'recommended',
  rules: {},
  rulePaths: {},
  include: [],
  exclude: [],
  targetVersion: null,
  asyncLibrary: null,
  blockingCalls: {},
  notBlocking: [],
  failOn: null,
  comments: { max: 20, minSeverity: 'advice', suggestions: true },
  drafts: false,
  labelsToSkip: [],
  bots: true,
  authorMayIgnore: false,
};
