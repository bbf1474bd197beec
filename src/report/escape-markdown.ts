import { printable } from './printable.ts';

/**
 * Text that comes from a pull request (names, paths, code) must not become markup, mention people, link issues or end
 * a fence, wherever it is shown on GitHub. What stands in a code span is safe from all of that but backticks.
 */

/** Stands where GitHub would see a mention, a reference or a link. It has no width. */
const ZERO_WIDTH_SPACE = '&#8203;';

/** Plain text as Markdown that shows it as it is, on one line. */
export function escapeMarkdown(text: string): string {
  return escapeInline(printable(text)).replace(
    /^( *)([-+=#]|\d+(?=[.)]))/,
    (_, blanks: string, start: string) =>
      /\d/.test(start) ? `${blanks}${start}&#8288;` : `${blanks}\\${start}`,
  );
}

/** Text as a code span, on one line. */
export function codeSpan(text: string): string {
  const code = printable(text);
  if (code.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(code) + 1);
  // One blank on each side is taken off again where both are there.
  const padding = /^`|`$|^ .* $/.test(code) ? ' ' : '';
  return `${fence}${padding}${code}${padding}${fence}`;
}

/** Text as code in a cell of a table, where a `|` would end the cell even inside a code span. */
export function codeCell(text: string): string {
  if (!text.includes('|')) return codeSpan(text);
  return `<code>${escapeInline(printable(text))}</code>`;
}

/**
 * The Markdown of a rule's message: its code spans stay, everything else is shown as plain text. A rule puts names
 * of the code into its spans; one with a backtick in it can open a span that nothing closes, and is then plain text.
 */
export function safeMarkdown(markdown: string): string {
  return divideSpans(printable(markdown))
    .map(part => (part.code === null ? escapeInline(part.text) : codeSpan(part.code)))
    .join('');
}

/** A stretch of Markdown: a code span's content, or the text between such. */
export type SpanPart =
  | { readonly text: string; readonly code: null }
  | { readonly text: string; readonly code: string };

/** Divides one line of Markdown at its code spans (https://spec.commonmark.org/0.31.2/#code-spans). */
export function divideSpans(markdown: string): readonly SpanPart[] {
  const parts: SpanPart[] = [];
  let position = 0;
  while (position < markdown.length) {
    const open = /`+/g;
    open.lastIndex = position;
    const fence = open.exec(markdown);
    if (fence === null) break;
    const inside = fence.index + fence[0].length;
    const close = closingRun(markdown, inside, fence[0].length);
    const end = close === -1 ? inside : close + fence[0].length;
    const code = close === -1 ? null : unpadded(markdown.slice(inside, close));
    const from = code === null ? position : fence.index;
    if (from > position) parts.push({ text: markdown.slice(position, from), code: null });
    parts.push({ text: markdown.slice(from, end), code });
    position = end;
  }
  if (position < markdown.length) parts.push({ text: markdown.slice(position), code: null });
  return parts;
}

/** The length of the longest run of backticks. */
export function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(run => run[0].length));
}

/** The address of a link's target between its parentheses; `null` for what is no web address. */
export function linkTarget(url: string): string | null {
  if (!/^https?:\/\/[^\s<>]+$/.test(url)) return null;
  return url.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll('|', '%7C').replaceAll('`', '%60');
}

function escapeInline(text: string): string {
  return text
    .replaceAll(/[\\`*_~[\]|$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[@#](?=[\w-])|:(?=\/\/)|\bwww(?=\.)/gi, `$&${ZERO_WIDTH_SPACE}`);
}

function closingRun(text: string, from: number, length: number): number {
  for (const run of text.slice(from).matchAll(/`+/g)) {
    if (run[0].length === length) return from + run.index;
  }
  return -1;
}

function unpadded(code: string): string {
  return /^ .* $/.test(code) && code.trim() !== '' ? code.slice(1, -1) : code;
}
