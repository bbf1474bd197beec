import type { UnreadFile } from '../changes/change.ts';
import type { Finding, Severity } from '../engine/finding.ts';
import { type Budget, bodyBudget, clip, joinWithin } from './budget.ts';
import { sortFindings } from './check-report.ts';
import { codeCell, codeSpan, escapeMarkdown, linkTarget, safeMarkdown } from './escape-markdown.ts';
import { counted, countInWords, isAtLeast, listInWords, severityRank } from './severities.ts';

/** Where a finding of a change is shown: on its line in the diff, or beside the check run. */
export type Placement = 'comment' | 'annotation';

/** A finding that a change brought in, and where it is shown. */
export interface PlacedFinding extends Finding {
  readonly placement: Placement;
}

/** A mistake in the repository's configuration. Lines count from 1. */
export interface ConfigurationProblem {
  readonly file: string;
  /** `OWNER/REPO`, where the file is another repository's. */
  readonly repository?: string;
  readonly line: number;
  readonly message: string;
}

/** What a change makes of the settings that it is reviewed by, once it is merged. */
export interface SettingsOnceMerged {
  /** Values in one line of plain text. */
  readonly settings: readonly { readonly key: string; readonly before: string; readonly after: string }[];
  /** The mistakes that its configuration has and the present one has not. */
  readonly problems: readonly ConfigurationProblem[];
}

/** What a review has to sum up. */
export interface ReviewFacts {
  readonly findings: readonly PlacedFinding[];
  /** How many changed Python files there are at the head. */
  readonly files: number;
  /** What was not looked at, or not as a whole, and why (plain text). */
  readonly notLookedAt: readonly UnreadFile[];
  /** How many other files of the repository were not searched for what the change means for them. */
  readonly unsearched?: number;
  readonly configurationProblems: readonly ConfigurationProblem[];
  readonly onceMerged?: SettingsOnceMerged | null;
  /** Why there are no comments where there should be some: one line of plain text. */
  readonly refused?: string | null;
  /** False where there is no check run beside the summary; without it there is one. */
  readonly hasCheckRun?: boolean;
  readonly failOn: Severity | 'never';
  /** What has become of what was said before; `null` in a first review. */
  readonly progress?: ReviewProgress | null;
}

/** How a pull request stands against what was said of it before. Counts of findings. */
export interface ReviewProgress {
  /** Said in this review for the first time. */
  readonly fresh: number;
  /** Said before, and still there. */
  readonly still: number;
  /** Said before, and not in the code any more. */
  readonly mended: number;
  /** Silenced by commands, by who has done so; they count nowhere else. */
  readonly ignored: readonly { readonly by: string; readonly count: number }[];
}

const MAX_PATH: Budget = { characters: 300, bytes: 300 };
const MAX_REASON: Budget = { characters: 500, bytes: 1000 };

/** The check run's title: what there is, in a few words. */
export function summaryTitle(facts: ReviewFacts): string {
  if (facts.findings.length > 0) return countInWords(facts.findings);
  if (facts.notLookedAt.length > 0) return 'Not everything could be looked at';
  return `No async mistakes ${foundOrLeft(facts)}`;
}

/**
 * The summary in Markdown: first whether anything must be done, then what was found (worst first), then what was not
 * looked at. One line when there is nothing to say. Always within `bodyBudget`.
 */
export function summaryMarkdown(facts: ReviewFacts): string {
  const table = facts.findings.length > 0 ? findingsTable(facts.findings) : '';
  const before = [
    headline(facts),
    refusedLine(facts.refused ?? null),
    progressLine(facts.progress ?? null),
    table,
  ]
    .filter(part => part !== '')
    .join('\n\n');
  return joinWithin(bodyBudget, {
    before,
    items: [
      ...(facts.hasCheckRun === false ? uncommentedItems(facts.findings) : []),
      ...problemItems(facts.configurationProblems, 'In the configuration, the rest of which applies:'),
      ...settingItems(facts.onceMerged?.settings ?? []),
      ...problemItems(facts.onceMerged?.problems ?? [], 'Mistakes in the configuration of this change:'),
      ...notLookedAtItems(facts.notLookedAt),
      ...unsearchedItems(facts.unsearched ?? 0),
    ],
    after: '',
    note: missing => `\n- and ${missing} more`,
  });
}

function headline(facts: ReviewFacts): string {
  if (facts.findings.length === 0) return emptyHeadline(facts);
  const needed = facts.findings.filter(finding => isAtLeast(finding.severity, facts.failOn));
  const optional = facts.findings.filter(finding => !needed.includes(finding));
  const verb = (count: number, one: string, many: string) => (count === 1 ? one : many);
  const sentences =
    needed.length === 0
      ? ['**Nothing has to be fixed.**']
      : [`**${countInWords(needed)} ${verb(needed.length, 'needs', 'need')} a fix.**`];
  if (optional.length > 0) {
    sentences.push(`${countInWords(optional)} ${verb(optional.length, 'is', 'are')} worth a look.`);
  }
  const elsewhere = facts.findings.filter(finding => finding.placement === 'annotation').length;
  if (elsewhere > 0 && facts.hasCheckRun !== false)
    sentences.push(elsewhereInWords(elsewhere, facts.findings.length));
  return sentences.join(' ');
}

function emptyHeadline(facts: ReviewFacts): string {
  const { files, notLookedAt } = facts;
  if (notLookedAt.length > 0) {
    const [were, whole] = notLookedAt.length === 1 ? ['was', 'it'] : ['were', 'they'];
    const what = counted(notLookedAt.length, 'file', 'files');
    return `No async mistakes ${foundOrLeft(facts)}, but ${what} ${were} not looked at, or not as a whole: ${whole} may have some.`;
  }
  if (files === 0) return 'No Python file to look at in this change.';
  return `No async mistakes ${foundOrLeft(facts)} in ${counted(files, 'changed file', 'changed files')}.`;
}

function refusedLine(reason: string | null): string {
  return reason === null ? '' : `There are no new comments, because ${codeSpan(reason)}.`;
}

function foundOrLeft({ progress }: ReviewFacts): string {
  return progress && (progress.mended > 0 || progress.ignored.length > 0) ? 'left' : 'found';
}

function progressLine(progress: ReviewProgress | null): string {
  if (progress === null) return '';
  const { fresh, still, mended, ignored } = progress;
  const all = ignored.reduce((sum, { count }) => sum + count, 0);
  const by = listInWords(ignored.map(({ by: login }) => escapeMarkdown(login)));
  const parts = [`${fresh} new`, `${still} still there`, `${mended} mended`];
  if (all > 0) parts.push(`${all} ignored by ${by}`);
  return `Against what was said before: ${parts.join(', ')}.`;
}

function elsewhereInWords(elsewhere: number, all: number): string {
  if (all === 1) return 'It is an annotation of the check run instead of a comment.';
  if (elsewhere === all) return 'All are annotations of the check run instead of comments.';
  const [are, comments] =
    elsewhere === 1 ? ['is an annotation', 'a comment'] : ['are annotations', 'comments'];
  return `${elsewhere} of the ${all} findings ${are} of the check run instead of ${comments}.`;
}

function findingsTable(findings: readonly Finding[]): string {
  const rules = [...Map.groupBy(sortFindings(findings), finding => finding.rule).values()];
  const rows = rules
    .map(found => ({ found, worst: worstOf(found) }))
    .toSorted(
      (a, b) =>
        severityRank(a.worst.severity) - severityRank(b.worst.severity) || b.found.length - a.found.length,
    )
    .map(({ found, worst }) => {
      const place = codeCell(clip(`${worst.path}:${worst.line}`, MAX_PATH));
      return `| ${ruleLink(worst)} | ${countInWords(found)} | ${place} |\n`;
    });
  // Leaves room for the lists below it.
  const half = { characters: bodyBudget.characters / 2, bytes: bodyBudget.bytes / 2 };
  return joinWithin(half, {
    before: '| Rule | Found | Worst place |\n|---|---|---|\n',
    items: rows,
    after: '',
    note: missing => `| and ${counted(missing, 'more rule', 'more rules')} | | |\n`,
  }).trimEnd();
}

function uncommentedItems(findings: readonly PlacedFinding[]): readonly string[] {
  const uncommented = findings.filter(finding => finding.placement === 'annotation');
  return uncommented.map((finding, index) => {
    const place = codeSpan(clip(`${finding.path}:${finding.line}`, MAX_PATH));
    const item = `\n- ${place}: ${safeMarkdown(clip(finding.message, MAX_REASON))}`;
    return index === 0 ? `\n\nWithout a comment of their own:\n${item}` : item;
  });
}

function worstOf(findings: readonly Finding[]): Finding {
  return findings.reduce((worst, finding) =>
    severityRank(finding.severity) < severityRank(worst.severity) ? finding : worst,
  );
}

function ruleLink(finding: Finding): string {
  const target = linkTarget(finding.url);
  return target === null ? codeCell(finding.rule) : `[${escapeMarkdown(finding.rule)}](${target})`;
}

function unsearchedItems(files: number): readonly string[] {
  if (files === 0) return [];
  const were = files === 1 ? 'was' : 'were';
  return [
    `\n\n${counted(files, 'other file', 'other files')} of the repository ${were} not searched for code that depends on this change: it is too large.`,
  ];
}

function notLookedAtItems(files: readonly UnreadFile[]): readonly string[] {
  return files.map(({ path, reason }, index) => {
    const item = `\n- ${codeSpan(clip(path, MAX_PATH))}: ${escapeMarkdown(clip(reason, MAX_REASON))}`;
    return index === 0 ? `\n\nNot looked at, or not as a whole:\n${item}` : item;
  });
}

function settingItems(settings: SettingsOnceMerged['settings']): readonly string[] {
  return settings.map(({ key, before, after }, index) => {
    const [name, old, fresh] = [key, before, after].map(text => codeSpan(clip(text, MAX_PATH)));
    const item = `\n- ${name}: ${old} becomes ${fresh}`;
    return index === 0
      ? `\n\nThese settings change once this is merged; until then the old ones count:\n${item}`
      : item;
  });
}

function problemItems(problems: readonly ConfigurationProblem[], heading: string): readonly string[] {
  return problems.map(({ file, repository, line, message }, index) => {
    const place = codeSpan(clip(`${file}:${line}`, MAX_PATH));
    const whose = repository === undefined ? '' : ` of ${codeSpan(repository)}`;
    const item = `\n- ${place}${whose}: ${safeMarkdown(clip(message, MAX_REASON))}`;
    return index === 0 ? `\n\n${heading}\n${item}` : item;
  });
}
