import type { Change } from '../changes/change.ts';
import { analyseChange } from './analyse-change.ts';
import { type ChangeReview, composeReview } from './compose-review.ts';
import type { ChangeProjects, FileAnalyser } from './ports.ts';
import { defaultReviewSettings, type ReviewSettings } from './review-settings.ts';

/** What a review may be told besides the change. */
export interface ReviewChangeOptions {
  readonly settings?: ReviewSettings;
  /** Fingerprints of the findings that comments on the pull request tell of already. */
  readonly alreadySaid?: ReadonlySet<string>;
  /** The rest of the repository, before and after the change. */
  readonly projects?: ChangeProjects | null;
}

/** Reviews a change: finds what it brought in, and says what would be published. Nothing is posted. */
export async function reviewChange(
  change: Change,
  analyser: FileAnalyser,
  options: ReviewChangeOptions = {},
): Promise<ChangeReview> {
  const { settings = defaultReviewSettings, alreadySaid = new Set(), projects = null } = options;
  const analysed = await analyseChange(change, analyser, settings.includes, projects);
  const before = { said: alreadySaid, hidden: new Set<string>(), open: 0 };
  return composeReview(change, analysed, { settings, before, inline: true, canCommit: true });
}
