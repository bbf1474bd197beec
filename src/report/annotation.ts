import type { Finding, Severity } from '../engine/finding.ts';
import { clip } from './budget.ts';
import { chainText } from './chain.ts';
import { printable } from './printable.ts';
import type { Annotation } from './published.ts';
import { timesInWords } from './times-in-words.ts';

/** GitHub's limits are 64 KB for the message and 255 characters for the title (https://docs.github.com/rest/checks/runs). */
const MAX_MESSAGE = { characters: 60_000, bytes: 60_000 };
const MAX_TITLE = { characters: 255, bytes: 255 };

const levels: Readonly<Record<Severity, Annotation['annotation_level']>> = {
  error: 'failure',
  warning: 'warning',
  advice: 'notice',
};

/**
 * A finding as an annotation of a check run, plain text. `first` and `last` are its lines as the diff counts them.
 *
 * @param times how many findings on these lines read the same: one annotation tells of all
 */
export function annotationOf(
  finding: Finding,
  lines: { first: number; last: number },
  times = 1,
): Annotation {
  const { first, last } = lines;
  // GitHub refuses columns on more than one line.
  const isOneLine = first === last && finding.line === first && finding.endLine === first;
  const trace = finding.trace ?? [];
  const message = [
    [finding.message, finding.help, timesInWords(times, finding)].filter(part => part !== '').join(' '),
    ...(trace.length === 0 ? [] : [chainText(trace)]),
  ].map(printable);
  return {
    path: finding.path,
    start_line: first,
    end_line: Math.max(first, last),
    ...(isOneLine
      ? { start_column: finding.column, end_column: Math.max(finding.column, finding.endColumn) }
      : {}),
    annotation_level: levels[finding.severity],
    title: clip(ruleTitle(finding), MAX_TITLE),
    message: clip(message.join('\n\n'), MAX_MESSAGE),
  };
}

/** `blocking-sleep (ASYNC251, S7488)`. */
export function ruleTitle(finding: Pick<Finding, 'rule' | 'codes'>): string {
  return finding.codes.length === 0 ? finding.rule : `${finding.rule} (${finding.codes.join(', ')})`;
}
