import { allRules } from '../../rules/generated/all-rules.ts';
import type { Change } from '../changes/change.ts';
import { selectRules } from '../engine/select-rules.ts';
import type { ProjectReader } from '../project/collect-modules.ts';
import type { TextOf } from '../report/check-report.ts';
import type { ReviewReport } from '../report/json.ts';
import type { ChangeProjects } from '../review/ports.ts';
import { reviewChange } from '../review/review-change.ts';
import { type ReviewSettings, toReviewSettings } from '../review/review-settings.ts';
import { chooseAnalyser } from './choose-analyser.ts';
import { type ExitStatus, statusOf } from './exit-status.ts';
import { type LoadedSettings, loadSettingsFrom, requireSoundConfiguration } from './load-settings.ts';
import { openLocalChange } from './local-change.ts';
import { type CommonOptions, ruleOptions } from './options.ts';
import { printReport } from './print-report.ts';
import { textOfBytes } from './read-source.ts';
import { tool } from './version.ts';
import { warnOfProject } from './warn-of-project.ts';

/** The options of `review`. */
export interface ReviewOptions extends CommonOptions {
  readonly repo: string;
  readonly base?: string;
  readonly head?: string;
}

/** `loopwarden review`: prints what the App would say to a change of a local repository if it were a pull request. */
export async function review(options: ReviewOptions): Promise<ExitStatus> {
  const start = performance.now();
  const local = await openLocalChange({ folder: options.repo, base: options.base, head: options.head });
  try {
    const loaded = await loadSettingsFrom(local.baseFiles, ruleOptions(options));
    selectRules(allRules, loaded.settings);
    if (!options.quiet) await warnOfProject(loaded.project);
    const change = await local.readChange();
    const projects = local.readProjects(change);
    const settings = reviewSettings(loaded, options);
    const report = await analyse(change, projects, loaded, settings, start);
    await printReport(report, options, await textsOf(report, projects.head));
    // As on GitHub the rest of the configuration counts; here somebody is there to mend it.
    requireSoundConfiguration(loaded.loaded);
    return statusOf(report.findings, settings.failOn);
  } finally {
    await local.close();
  }
}

async function analyse(
  change: Change,
  projects: ChangeProjects,
  { settings }: LoadedSettings,
  reviewedBy: ReviewSettings,
  start: number,
): Promise<ReviewReport> {
  const analyser = await chooseAnalyser(settings, change.files.length);
  try {
    const made = await reviewChange(change, analyser, { settings: reviewedBy, projects });
    return { tool, durationMs: Math.round(performance.now() - start), ...made };
  } finally {
    await analyser.close();
  }
}

function reviewSettings(loaded: LoadedSettings, options: ReviewOptions): ReviewSettings {
  const problems = [...loaded.loaded.warnings, ...loaded.project.warnings];
  const settings = toReviewSettings(loaded.configuration, problems);
  return { ...settings, failOn: options.failOn ?? settings.failOn };
}

/** The texts of the files with findings as they are at the head, to show lines of them. */
async function textsOf(report: ReviewReport, head: ProjectReader): Promise<TextOf> {
  const contents = await head.readMany([...new Set(report.findings.map(finding => finding.path))]);
  return path => {
    const bytes = contents.get(path);
    return bytes && textOfBytes(bytes);
  };
}
