import type { FileError, Finding } from '../engine/finding.ts';
import { type Budget, joinWithin } from './budget.ts';
import { chainMarkdown } from './chain.ts';
import type { CheckReport } from './check-report.ts';
import { codeSpan, escapeMarkdown, linkTarget, safeMarkdown } from './escape-markdown.ts';
import { counted, countInWords } from './severities.ts';

/** A job summary may have 1 MiB (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits). */
const SUMMARY_BUDGET: Budget = { characters: 1_000_000, bytes: 1_000_000 };

/** The report as the summary of a job: one sentence, then the findings file by file, then what was not looked at. */
export function markdownReport(report: CheckReport, budget: Budget = SUMMARY_BUDGET): string {
  const { findings, errors } = report;
  return joinWithin(budget, {
    before: `## Loopwarden\n\n${headline(report)}\n`,
    items: [
      ...findings.map((finding, index) => findingItem(finding, findings[index - 1]?.path)),
      ...errors.map((error, index) => errorItem(error, index === 0)),
    ],
    after: '',
    note: missing => `\nAnd ${missing} more.\n`,
  });
}

function headline({ findings, errors, files }: CheckReport): string {
  const unread = new Set(errors.map(error => error.path)).size;
  const doubt =
    unread === 0 ? '' : ` ${counted(unread, 'file', 'files')} could not be looked at, or not as a whole.`;
  const inFiles = counted(files, 'file', 'files');
  if (findings.length === 0 && files === 0 && unread === 0) return 'There was no Python file to look at.';
  if (findings.length === 0) return `No findings in ${inFiles}.${doubt}`;
  return `**${countInWords(findings)}** in ${inFiles}.${doubt}`;
}

function findingItem(finding: Finding, previousPath: string | undefined): string {
  const heading = finding.path === previousPath ? '' : `\n### ${codeSpan(finding.path)}\n\n`;
  const target = linkTarget(finding.url);
  const rule = target === null ? codeSpan(finding.rule) : `[${escapeMarkdown(finding.rule)}](${target})`;
  const sentences = [
    `**${safeMarkdown(finding.message)}**`,
    safeMarkdown(finding.help),
    ...(finding.trace === undefined || finding.trace.length === 0 ? [] : [chainMarkdown(finding.trace)]),
  ];
  const place = `line ${finding.line}`;
  return `${heading}- ${place}, ${finding.severity} ${rule}: ${sentences.join(' ')}\n`;
}

function errorItem(error: FileError, isFirst: boolean): string {
  const heading = isFirst ? '\n### Not looked at, or not as a whole\n\n' : '';
  return `${heading}- ${codeSpan(`${error.path}:${error.line}`)}: ${escapeMarkdown(error.message)}\n`;
}
