import type { Finding } from '../engine/finding.ts';
import { bodyBudget, joinWithin } from './budget.ts';
import { chainMarkdown } from './chain.ts';
import { sortFindings, type TextOf } from './check-report.ts';
import { codeFrame } from './code-frame.ts';
import { codeSpan, escapeMarkdown, linkTarget, longestRun, safeMarkdown } from './escape-markdown.ts';
import { plainPalette } from './palette.ts';

/** More steps no page could show. */
const mostSteps = 20;

/**
 * The details page of a check run in Markdown: each finding with its code, why it matters, the chain of calls and what
 * its fix does. Always within `bodyBudget`, cut between two findings; `undefined` without any.
 */
export function checkDetails(findings: readonly Finding[], textOf: TextOf): string | undefined {
  if (findings.length === 0) return undefined;
  return joinWithin(bodyBudget, {
    before: '',
    items: sortFindings(findings).map(finding => details(finding, textOf)),
    after: '',
    note: missing => `\n\n*${missing} more did not fit here.*`,
  }).trim();
}

function details(finding: Finding, textOf: TextOf): string {
  const text = textOf(finding.path);
  const { trace = [], fix } = finding;
  const parts = [
    `### ${codeSpan(`${finding.path}:${finding.line}`)} ${ruleLink(finding)}`,
    ...(text === undefined ? [] : [frame(finding, text)]),
    `**${safeMarkdown(finding.message)}** ${safeMarkdown(finding.help)}`.trimEnd(),
    ...(trace.length === 0 ? [] : [chainMarkdown(trace.slice(0, mostSteps))]),
    ...(fix === undefined
      ? []
      : [`Fix: ${safeMarkdown(fix.title)}${fix.safety === 'safe' ? '' : ', to be looked at'}.`]),
  ];
  return `\n\n${parts.filter(part => part !== '').join('\n\n')}`;
}

function ruleLink({ rule, codes, url }: Finding): string {
  const target = linkTarget(url);
  const name = target === null ? codeSpan(rule) : `[${escapeMarkdown(rule)}](${target})`;
  return codes.length === 0 ? name : `${name} (${escapeMarkdown(codes.join(', '))})`;
}

function frame(finding: Finding, text: string): string {
  const code = codeFrame(finding, text, plainPalette).join('\n');
  if (code === '') return '';
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}text\n${code}\n${fence}`;
}
