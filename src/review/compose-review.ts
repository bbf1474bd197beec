import type { Change, UnreadFile } from '../changes/change.ts';
import { commentableLines } from '../changes/commentable.ts';
import type { FileError, Finding } from '../engine/finding.ts';
import { invariant } from '../errors.ts';
import { annotationOf } from '../report/annotation.ts';
import { bodyBudget, fits } from '../report/budget.ts';
import { checkDetails } from '../report/check-details.ts';
import { compareText, sortFindings } from '../report/check-report.ts';
import type { ReviewReport } from '../report/json.ts';
import { readMarker, writeMarker } from '../report/marker.ts';
import { printable } from '../report/printable.ts';
import { isAtLeast } from '../report/severities.ts';
import {
  type ConfigurationProblem,
  type PlacedFinding,
  type ReviewFacts,
  type ReviewProgress,
  summaryMarkdown,
  summaryTitle,
} from '../report/summary.ts';
import type { AnalysedChange } from './analyse-change.ts';
import { asRead } from './as-read.ts';
import { type LocatedFinding, locateFindings } from './place-finding.ts';
import type { Annotation, CheckConclusion, CheckRunResult, ReviewComment } from './ports.ts';
import type { ReviewSettings } from './review-settings.ts';
import { type SaidBefore, type WrittenComments, writeComments } from './write-comments.ts';

/** The review of a change: everything of `ReviewReport` but who made it and how long it took. */
export type ChangeReview = Omit<ReviewReport, 'tool' | 'durationMs'>;

/** What a review is made with, besides what was found. */
export interface ComposeOptions {
  readonly settings: ReviewSettings;
  readonly before: SaidBefore;
  /** Findings that were silenced: nothing is said of them. */
  readonly ignored?: ReadonlySet<Finding>;
  /** What has become of what was said before; `null` in a first review. */
  readonly progress?: Omit<ReviewProgress, 'fresh'> | null;
  /** False when comments cannot be posted: then all that is new goes to the check run. */
  readonly inline: boolean;
  /** Why the host did not take the comments. */
  readonly refused?: string | null;
  /** Whether a command can commit fixes to the branch; comments promise it then. */
  readonly canCommit: boolean;
}

/** The check run's name, which a branch protection rule names. */
export const CHECK_NAME = 'Loopwarden';

/** Makes the review and the check run of what was found in a change. */
export function composeReview(
  change: Change,
  analysed: AnalysedChange,
  options: ComposeOptions,
): ChangeReview {
  const { settings, ignored } = options;
  const located = locateFindings(analysed).filter(({ finding }) => !ignored?.has(finding));
  const commentSettings = {
    ...settings.comments,
    ...(!options.inline && { max: 0 }),
    canCommit: options.canCommit,
  };
  const written = writeComments(located, commentSettings, options.before);
  validate(change, written.comments);
  const placed = located.map(({ finding }): PlacedFinding => {
    return { ...finding, placement: written.commented.has(finding) ? 'comment' : 'annotation' };
  });
  const unread = change.unread.filter(({ path }) => !/\.pyi?$/.test(path) || settings.includes(path));
  const facts: ReviewFacts = {
    findings: sortFindings(placed),
    files: analysed.looked,
    notLookedAt: [...unread, ...partlyRead(analysed.errors)],
    unsearched: analysed.unsearched,
    configurationProblems: settings.configurationProblems,
    onceMerged: settings.onceMerged ?? null,
    refused: options.refused ?? null,
    hasCheckRun: settings.hasCheckRun ?? true,
    failOn: settings.failOn,
    progress: options.progress ? { ...options.progress, fresh: written.told } : null,
  };
  return {
    base: change.base,
    head: change.head,
    mergeBase: change.mergeBase,
    files: analysed.looked,
    analysed: analysed.analysed,
    findings: facts.findings,
    errors: sortErrors([...analysed.errors, ...unread.map(toError)]),
    review: { event: 'COMMENT', body: bodyOf(facts, written), comments: written.comments },
    checkRun: checkRunOf(facts, annotationsOf(located, written, settings), textsOf(analysed)),
  };
}

/** With a marker of all that the comments tell of: it stays when somebody deletes one of them. */
function bodyOf(facts: ReviewFacts, { comments }: WrittenComments): string {
  const body = summaryMarkdown(facts);
  const told = comments.flatMap(comment => readMarker(comment.body));
  const marked = `${body}\n\n${writeMarker(told)}`;
  return told.length > 0 && fits(marked, bodyBudget) ? marked : body;
}

/** One comment on another line, and GitHub refuses the whole review. */
function validate(change: Change, comments: readonly ReviewComment[]): void {
  const lines = new Map(
    change.files.map(file => [file.path, commentableLines(file.shown === false ? [] : file.hunks)]),
  );
  for (const { path, line, side, start_line } of comments) {
    const isInside = lines.get(path)?.spans(start_line ?? line, line, side) ?? false;
    invariant(
      isInside && start_line !== line,
      `the comment on ${path}:${line} is not in one hunk of the diff`,
    );
  }
}

/** What no comment tells of, and what one tells of only at the line that causes it; the worst first. */
function annotationsOf(
  located: readonly LocatedFinding[],
  written: WrittenComments,
  settings: ReviewSettings,
): readonly Annotation[] {
  const proposed = settings.onceMerged?.problems ?? [];
  const problems = [...settings.configurationProblems, ...proposed].flatMap(configurationAnnotation);
  const untold = located.filter(
    ({ finding, anchor }) => !written.commented.has(finding) || (anchor !== null && anchor !== 'own'),
  );
  const findings = [...Map.groupBy(untold, each => JSON.stringify(asRead(each))).values()].flatMap(
    ([each, ...others]) => (each === undefined ? [] : annotationOf(each.finding, each, 1 + others.length)),
  );
  return [...problems, ...findings];
}

/** None where the file is not in this repository. */
function configurationAnnotation({
  file,
  repository,
  line,
  message,
}: ConfigurationProblem): readonly Annotation[] {
  if (repository !== undefined) return [];
  return [
    {
      path: file,
      start_line: line,
      end_line: line,
      annotation_level: 'warning',
      title: 'Configuration',
      message: printable(message),
    },
  ];
}

function checkRunOf(
  facts: ReviewFacts,
  annotations: readonly Annotation[],
  texts: ReadonlyMap<string, string>,
): CheckRunResult {
  const text = checkDetails(facts.findings, path => texts.get(path));
  return {
    name: CHECK_NAME,
    conclusion: conclusionOf(facts),
    output: {
      title: summaryTitle(facts),
      summary: summaryMarkdown(facts),
      ...(text !== undefined && { text }),
      annotations,
    },
  };
}

/** The heads of the files with findings, by path. */
function textsOf({ files }: AnalysedChange): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap(({ file, source }) => (source === null ? [] : [[file.path, source.text] as const])),
  );
}

function conclusionOf(facts: ReviewFacts): CheckConclusion {
  const { findings, failOn, notLookedAt, configurationProblems } = facts;
  if (findings.some(finding => isAtLeast(finding.severity, failOn))) return 'failure';
  return findings.length + notLookedAt.length + configurationProblems.length > 0 ? 'neutral' : 'success';
}

/** One entry for each file with errors. */
function partlyRead(errors: readonly FileError[]): readonly UnreadFile[] {
  return [...Map.groupBy(errors, error => error.path)].map(([path, found]) => {
    const [first, ...more] = found;
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    return { path, reason: `${first?.message ?? ''}${others}` };
  });
}

function toError({ path, reason }: UnreadFile): FileError {
  return { path, line: 1, kind: 'unreadable', message: reason };
}

function sortErrors(errors: readonly FileError[]): readonly FileError[] {
  return errors.toSorted((a, b) => compareText(a.path, b.path) || a.line - b.line);
}
