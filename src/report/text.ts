import type { FileError, Finding } from '../engine/finding.ts';
import { chainText } from './chain.ts';
import type { CheckReport, TextOf } from './check-report.ts';
import { codeFrame } from './code-frame.ts';
import { divideSpans } from './escape-markdown.ts';
import type { Palette } from './palette.ts';
import { printable } from './printable.ts';
import { counted, countInWords, listInWords } from './severities.ts';

/** What the text for a terminal needs besides the report. */
export interface TextOptions {
  readonly palette: Palette;
  readonly textOf: TextOf;
  /** False leaves the closing line out. */
  readonly closing: boolean;
  /** False where there is no `--fix` to speak of. */
  readonly canFix: boolean;
}

/** The report for people: each finding with its code, then what could not be looked at, then one closing line. */
export function textReport(report: CheckReport, options: TextOptions): string {
  const blocks = report.findings.map(finding => findingText(finding, options));
  const errors = report.errors.map(error => errorText(error, options.palette));
  if (errors.length > 0) blocks.push(errors.join('\n'));
  if (options.closing) blocks.push(closingLine(report, options));
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

function findingText(finding: Finding, { palette, textOf, canFix }: TextOptions): string {
  const colour = palette.severity[finding.severity];
  const place = `${printable(finding.path)}:${finding.line}:${finding.column}`;
  const codes = finding.codes.length === 0 ? '' : palette.dim(` (${finding.codes.join(', ')})`);
  const text = textOf(finding.path);
  const indented = (label: string, content: string) => `  ${palette.dim(`${label}:`)} ${content}`;
  const lines = [
    `${palette.bold(place)}  ${colour(finding.severity)}  ${palette.bold(finding.rule)}${codes}`,
    `  ${rendered(finding.message, palette)}`,
    ...(text === undefined ? [] : codeFrame(finding, text, palette).map(line => `  ${line}`)),
    ...(finding.help === '' ? [] : [indented('help', rendered(finding.help, palette))]),
  ];
  if (finding.trace !== undefined && finding.trace.length > 0) {
    lines.push(indented('chain', printable(chainText(finding.trace))));
  }
  if (finding.fix !== undefined) {
    const { title, safety } = finding.fix;
    lines.push(
      indented(
        'fix',
        rendered(title, palette) + palette.dim(safety === 'safe' || !canFix ? '' : ' (with --unsafe)'),
      ),
    );
  }
  return lines.join('\n');
}

/** A rule's Markdown for a terminal: code spans coloured, nothing else is markup. */
function rendered(markdown: string, palette: Palette): string {
  return divideSpans(printable(markdown))
    .map(part => (part.code === null ? part.text : palette.code(part.code)))
    .join('');
}

function errorText(error: FileError, palette: Palette): string {
  const place = `${printable(error.path)}:${error.line}`;
  return `${palette.bold(place)}  ${palette.dim(`${error.kind}:`)} ${printable(error.message)}`;
}

function closingLine(report: CheckReport, { palette, canFix }: TextOptions): string {
  const { findings, errors, files } = report;
  const unread = new Set(errors.map(error => error.path)).size;
  const doubt =
    unread === 0 ? '' : ` ${counted(unread, 'file', 'files')} could not be looked at, or not as a whole.`;
  const inFiles = counted(files, 'file', 'files');
  if (findings.length === 0 && files === 0 && unread === 0) return 'There was no Python file to look at.';
  if (findings.length === 0) return `No findings in ${inFiles}.${doubt}`;
  const affected = new Set(findings.map(finding => finding.path)).size;
  // A change can bring findings into files that are none of its own.
  const where = affected < files ? `${affected} of ${inFiles}` : counted(affected, 'file', 'files');
  return palette.bold(`${countInWords(findings)} in ${where}.${canFix ? fixable(findings) : ''}${doubt}`);
}

function fixable(findings: readonly Finding[]): string {
  const safe = findings.filter(finding => finding.fix?.safety === 'safe').length;
  const others = findings.filter(finding => finding.fix?.safety === 'review').length;
  const ways = [
    ...(safe === 0 ? [] : [`${safe} with --fix`]),
    ...(others === 0 ? [] : [`${others} ${safe === 0 ? '' : 'more '}with --fix --unsafe`]),
  ];
  return ways.length === 0 ? '' : ` To be fixed: ${listInWords(ways)}.`;
}
