import type { Finding } from '../engine/finding.ts';
import { displayWidth, expandTabs } from './display-width.ts';
import type { Palette } from './palette.ts';
import { printable } from './printable.ts';

const TAB_SIZE = 4;
/** Wider lines are cut round the finding, in characters. */
const MAX_WIDTH = 120;

/**
 * The first line of a finding with carets under it, and the one before it for orientation. Empty when the text has no
 * such line (any more). Tabs are shown as blanks; carets count what a terminal shows, not characters.
 */
export function codeFrame(finding: Finding, text: string, palette: Palette): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/);
  const line = lines[finding.line - 1];
  if (line === undefined) return [];
  const gutter = String(finding.line).length;
  const numbered = (number: number, content: string) =>
    `${palette.dim(`${String(number).padStart(gutter)} |`)} ${content}`.trimEnd();
  const empty = palette.dim(`${' '.repeat(gutter)} |`);
  const before = lines[finding.line - 2] ?? '';
  const { shown, start, width } = marked(line, finding);
  const carets = palette.severity[finding.severity]('^'.repeat(width));
  const more = finding.endLine - finding.line;
  const rest = more > 0 ? palette.dim(` and ${more === 1 ? 'the next line' : `the next ${more} lines`}`) : '';
  return [
    ...(before.trim() === '' ? [] : [numbered(finding.line - 1, cut(expandTabs(before, TAB_SIZE)))]),
    numbered(finding.line, shown),
    `${empty} ${' '.repeat(start)}${carets}${rest}`,
  ];
}

/** A line as it is shown, and where the finding begins and how wide it is there, in columns. */
function marked(line: string, finding: Finding): { shown: string; start: number; width: number } {
  const characters = [...line];
  const from = Math.min(finding.column - 1, characters.length);
  const to =
    finding.endLine > finding.line ? characters.length : Math.min(finding.endColumn - 1, characters.length);
  const lead = characters.slice(0, from).join('');
  const through = visible(characters.slice(0, Math.max(to, from)).join(''));
  const whole = visible(line);
  const start = displayWidth(visible(lead));
  const width = Math.max(1, displayWidth(through) - start);
  if (displayWidth(whole) <= MAX_WIDTH) return { shown: whole, start, width };
  // Characters and columns differ little here; what matters is that both the line and the carets are cut alike.
  const skipped = visible(lead).length > MAX_WIDTH / 2 ? visible(lead).length - MAX_WIDTH / 4 : 0;
  const head = whole.slice(0, skipped);
  const ellipsis = skipped === 0 ? '' : '…';
  const shift = displayWidth(head) - ellipsis.length;
  const shown = ellipsis + cut(whole.slice(skipped));
  return {
    shown,
    start: start - shift,
    width: Math.min(width, Math.max(1, displayWidth(shown) - (start - shift))),
  };
}

function visible(text: string): string {
  return printable(expandTabs(text, TAB_SIZE));
}

function cut(text: string): string {
  const safe = printable(text);
  return safe.length <= MAX_WIDTH ? safe : `${[...safe.slice(0, MAX_WIDTH)].join('')}…`;
}
