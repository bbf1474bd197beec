import { allRules } from '../../rules/generated/all-rules.ts';
import type { Change } from '../changes/change.ts';
import { problemsOf } from '../config/problems-of.ts';
import { selectRules } from '../engine/select-rules.ts';
import type { ProjectReader } from '../project/collect-modules.ts';
import type { TextOf } from '../report/check-report.ts';
import type { ReviewReport } from '../report/json.ts';
import type { ChangeReview } from '../review/compose-review.ts';
import type { ChangeProjects } from '../review/ports.ts';
import { reviewChange } from '../review/review-change.ts';
import { type ReviewSettings, toReviewSettings } from '../review/review-settings.ts';
import { chooseAnalyser } from './choose-analyser.ts';
import { type ExitStatus, statusOf } from './exit-status.ts';
import {
  type ChangeSettings,
  type ChangeSources,
  loadChangeSettings,
  requireSoundConfiguration,
} from './load-settings.ts';
import { type CommonOptions, type OtherReport, ruleOptions } from './options.ts';
import { printReport, writeOtherReports } from './print-report.ts';
import { textOfBytes } from './read-source.ts';
import { warnOfUnfollowed } from './shared-configuration.ts';
import { tool } from './version.ts';
import { warnOfProject } from './warn-of-project.ts';

/** The options of `review`. */
export interface ReviewOptions extends CommonOptions {
  readonly repo?: string;
  readonly base?: string;
  readonly head?: string;
  readonly post?: true;
  readonly also?: readonly OtherReport[];
}

/** Loads what a change is reviewed by, and says what is wrong in the project's own files. Throws `UsageError`. */
export async function loadReviewSettings(
  sources: ChangeSources,
  options: ReviewOptions,
): Promise<{ readonly loaded: ChangeSettings; readonly settings: ReviewSettings }> {
  const loaded = await loadChangeSettings(sources, ruleOptions(options));
  selectRules(allRules, loaded.settings);
  if (!options.quiet) {
    await warnOfUnfollowed(loaded.loaded);
    await warnOfProject(loaded.project);
  }
  const problems = problemsOf(loaded.loaded, loaded.project);
  const settings = toReviewSettings(loaded.configuration, problems);
  const failOn = options.failOn ?? settings.failOn;
  return { loaded, settings: { ...settings, failOn, onceMerged: loaded.changes } };
}

/** Reviews a change and posts nothing. */
export async function analyse(
  change: Change,
  projects: ChangeProjects,
  loaded: ChangeSettings,
  settings: ReviewSettings,
): Promise<ChangeReview> {
  const analyser = await chooseAnalyser(loaded.settings, change.files.length);
  try {
    return await reviewChange(change, analyser, { settings, projects });
  } finally {
    await analyser.close();
  }
}

/** What is left to do with a review. */
export interface FinishOptions {
  readonly options: ReviewOptions;
  readonly loaded: ChangeSettings;
  readonly settings: ReviewSettings;
  /** The files at the head, to show lines of them. */
  readonly head: ProjectReader;
  /** When it began, as `performance.now()` counts. */
  readonly start: number;
}

/** Prints a review and gives what the program ends with. Throws `ConfigurationError` when the configuration has a mistake. */
export async function finishReview(
  made: ChangeReview,
  { options, loaded, settings, head, start }: FinishOptions,
): Promise<ExitStatus> {
  const report: ReviewReport = { tool, durationMs: Math.round(performance.now() - start), ...made };
  const textOf = await textsOf(report, head);
  await printReport(report, options, textOf);
  await writeOtherReports(report, options.also ?? [], textOf);
  // As on GitHub the rest of the configuration counts; here somebody is there to mend it.
  requireSoundConfiguration(loaded.loaded);
  return statusOf(report.findings, settings.failOn);
}

/** The texts of the files with findings as they are at the head. */
async function textsOf(report: ReviewReport, head: ProjectReader): Promise<TextOf> {
  const contents = await head.readMany([...new Set(report.findings.map(finding => finding.path))]);
  return path => {
    const bytes = contents.get(path);
    return bytes && textOfBytes(bytes);
  };
}
