import type { CommentSettings, Configuration, FailOn } from '../config/configuration.ts';
import { isInstalled } from '../engine/installed-code.ts';
import { pathFilter } from '../engine/path-filter.ts';
import type { ConfigurationProblem, SettingsOnceMerged } from '../report/summary.ts';

/** What decides how a change is reviewed, besides the rules. */
export interface ReviewSettings {
  /** From which severity on findings fail the check run. */
  readonly failOn: FailOn;
  readonly comments: CommentSettings;
  /** Whether drafts are reviewed. */
  readonly drafts: boolean;
  /** Pull requests with one of these labels are not reviewed. */
  readonly labelsToSkip: readonly string[];
  /** Whether pull requests that bots have opened are reviewed. */
  readonly bots: boolean;
  /** Whether authors without write access may silence findings of their own pull requests. */
  readonly authorMayIgnore: boolean;
  /** Whether a file is to be looked at, by its path at the head. */
  readonly includes: (path: string) => boolean;
  /** Mistakes in the repository's configuration, to be told in the check run. */
  readonly configurationProblems: readonly ConfigurationProblem[];
  /** What the change would make of the settings themselves, to be told; `null`: nobody looked. */
  readonly onceMerged?: SettingsOnceMerged | null;
  /** False where no check run can be written: what no comment tells of is then told in the summary. */
  readonly hasCheckRun?: boolean;
}

/** The settings of a repository that configures nothing. */
export const defaultReviewSettings: ReviewSettings = {
  failOn: 'error',
  comments: { max: 20, minSeverity: 'advice', suggestions: true },
  drafts: false,
  labelsToSkip: [],
  bots: true,
  authorMayIgnore: false,
  includes: path => !isInstalled(path),
  configurationProblems: [],
};

/** The settings that a repository's configuration comes to, with what is wrong in it. */
export function toReviewSettings(
  configuration: Configuration,
  configurationProblems: readonly ConfigurationProblem[],
): ReviewSettings {
  const isIncluded = pathFilter(configuration);
  const { failOn, comments, drafts, labelsToSkip, bots, authorMayIgnore } = configuration;
  return {
    failOn: failOn ?? defaultReviewSettings.failOn,
    comments,
    drafts,
    labelsToSkip,
    bots,
    authorMayIgnore,
    includes: path => isIncluded(path) && !isInstalled(path),
    configurationProblems,
  };
}

/** Whether pull requests with a label are not reviewed. GitHub tells no two labels apart by their case. */
export function isLabelToSkip(label: string, { labelsToSkip }: ReviewSettings): boolean {
  return labelsToSkip.some(other => other.toLowerCase() === label.toLowerCase());
}
