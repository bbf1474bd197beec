import type { Severity } from '../engine/finding.ts';

/** How parts of a text for a terminal are coloured. Each takes text without control characters. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly code: (text: string) => string;
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
}

const asItIs = (text: string) => text;

/** No colours. */
export const plainPalette: Palette = {
  bold: asItIs,
  dim: asItIs,
  code: text => `\`${text}\``,
  severity: { error: asItIs, warning: asItIs, advice: asItIs },
};

const sgr = (on: number, off: number) => (text: string) =>
  text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;

/** The colours of a terminal (https://en.wikipedia.org/wiki/ANSI_escape_code#SGR). */
export const terminalPalette: Palette = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  code: sgr(36, 39),
  severity: { error: sgr(31, 39), warning: sgr(33, 39), advice: sgr(34, 39) },
};
