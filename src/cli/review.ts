import { allRules } from '../../rules/generated/all-rules.ts';
import type { Change } from '../changes/change.ts';
import { pathFilter } from '../config/path-filter.ts';
import { selectRules } from '../engine/select-rules.ts';
import { UnreadableFileError } from '../errors.ts';
import { decodeSource } from '../python/source-text.ts';
import type { TextOf } from '../report/check-report.ts';
import type { ReviewReport } from '../report/json.ts';
import type { ChangeProjects } from '../review/ports.ts';
import { reviewChange } from '../review/review-change.ts';
import type { ReviewSettings } from '../review/review-settings.ts';
import { chooseAnalyser } from './choose-analyser.ts';
import { type ExitStatus, statusOf } from './exit-status.ts';
import { type LoadedSettings, loadSettingsFrom, requireSoundConfiguration } from './load-settings.ts';
import { openLocalChange } from './local-change.ts';
import { type CommonOptions, ruleOptions } from './options.ts';
import { printReport } from './print-report.ts';
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
    const settings = reviewSettings(loaded, options);
    const report = await analyse(change, local.readProjects?.(change) ?? null, loaded, settings, start);
    await printReport(report, options, textsOf(change));
    // As on GitHub the rest of the configuration counts; here somebody is there to mend it.
    requireSoundConfiguration(loaded.loaded);
    return statusOf(report.findings, settings.failOn);
  } finally {
    await local.close();
  }
}

async function analyse(
  change: Change,
  projects: ChangeProjects | null,
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

function reviewSettings({ configuration, loaded }: LoadedSettings, options: ReviewOptions): ReviewSettings {
  const { comments, drafts, labelsToSkip, failOn } = configuration;
  return {
    failOn: options.failOn ?? failOn ?? 'error',
    comments,
    drafts,
    labelsToSkip,
    includes: pathFilter(configuration),
    configurationProblems: loaded.warnings,
  };
}

/** The texts of the change's head, to show lines of them. */
function textsOf(change: Change): TextOf {
  const heads = new Map(change.files.map(file => [file.path, file.head]));
  return path => {
    const bytes = heads.get(path);
    if (!bytes) return undefined;
    try {
      return decodeSource(bytes).text;
    } catch (error) {
      if (error instanceof UnreadableFileError) return undefined;
      throw error;
    }
  };
}
