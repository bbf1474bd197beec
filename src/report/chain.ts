import type { Finding, TraceStep } from '../engine/finding.ts';
import { codeSpan, escapeMarkdown, safeMarkdown } from './escape-markdown.ts';

/** A chain of calls as it runs, in Markdown: `` `create_order` (orders.py:41) → `requests.get` (pricing.py:19) ``. */
export function chainMarkdown(trace: readonly TraceStep[]): string {
  return trace.map(step => `${stepMarkdown(step)} (${escapeMarkdown(placeOf(step))})`).join(' → ');
}

/** A chain of calls as it runs, in plain text without backticks. */
export function chainText(trace: readonly TraceStep[]): string {
  return trace.map(step => `${step.message.replaceAll('`', '')} (${placeOf(step)})`).join(' → ');
}

/** All that is said of a finding in one line, for reports that have no place of their own for its chain. */
export function wordsWithChain({ message, help, trace = [] }: Finding): string {
  return [message, help, ...(trace.length === 0 ? [] : [`${chainText(trace)}.`])].join(' ').trim();
}

function stepMarkdown(step: TraceStep): string {
  return step.message.includes('`') ? safeMarkdown(step.message) : codeSpan(step.message);
}

function placeOf(step: TraceStep): string {
  return `${step.path}:${step.line}`;
}
