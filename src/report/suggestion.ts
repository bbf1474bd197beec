import type { CommentableLines } from '../changes/commentable.ts';
import type { DiffLines } from '../changes/diff-lines.ts';
import { applyEdits } from '../engine/edits.ts';
import type { Finding, Fix, TextEdit } from '../engine/finding.ts';
import { byteLength } from './budget.ts';
import { longestRun } from './escape-markdown.ts';
import { importsInWords, isImportEdit } from './import-edits.ts';

/** The head's version of a file, as suggestions need it. */
export interface SuggestionFile {
  readonly lines: DiffLines;
  readonly commentable: CommentableLines;
  /** False when GitHub would not write the file back as it is (another encoding than UTF-8): no suggestion then. */
  readonly isUtf8: boolean;
  /** Whether a byte order mark, which is not in the text, stands before the first line. */
  readonly bom: boolean;
}

/** Lines of the head from the first to the last one, and the lines to put in their place; none deletes them. */
export interface Suggestion {
  readonly first: number;
  readonly last: number;
  readonly replacement: readonly string[];
}

/** How a comment can offer a fix. */
export interface Proposal {
  readonly suggestion: Suggestion | null;
  /** What the suggestion leaves to do, or what to do instead of one: one or two sentences of Markdown. */
  readonly note: string | null;
}

/** The longest suggestion that anybody reads, in lines, and how far it may reach only to bring in an import. */
const MAX_LINES = 30;
const MAX_LINES_WITH_IMPORT = 15;
const MAX_BYTES = 20_000;

/**
 * The ways in which a fix can be offered, the best first; the last has no suggestion. GitHub replaces exactly the lines
 * of the comment, so a suggestion is whole lines of the head, all in one hunk of the right side with no deleted line
 * between them, and includes the line where the finding begins. There is none for lines that end in `\r` (GitHub may
 * mix the line ends) and none that changes nothing. What it leaves out can only be an import, which the note names.
 *
 * @param canCommit whether a command can commit the fix to the branch
 */
export function proposeFix(finding: Finding, file: SuggestionFile, canCommit = true): readonly Proposal[] {
  const { fix } = finding;
  if (fix === undefined) return [{ suggestion: null, note: null }];
  const imports = fix.edits.filter(edit => isImportEdit(edit, file.lines));
  const others = fix.edits.filter(edit => !imports.includes(edit));
  const [first, rest] = others.length === 0 ? [imports, []] : [others, imports];
  const proposals: Proposal[] = [];
  const whole = rest.length === 0 ? null : toSuggestion(finding, fix.edits, file, MAX_LINES_WITH_IMPORT);
  if (whole !== null) proposals.push({ suggestion: whole, note: null });
  const part = toSuggestion(finding, first, file, MAX_LINES);
  if (part !== null) proposals.push({ suggestion: part, note: importsInWords(rest, file.lines) });
  return [...proposals, { suggestion: null, note: fixInWords(fix, canCommit) }];
}

/** The Markdown of a suggestion block, with a fence that nothing inside can close. */
export function suggestionBlock(suggestion: Suggestion): string {
  const fence = '`'.repeat(Math.max(3, longestRun(suggestion.replacement.join('\n')) + 1));
  return [`${fence}suggestion`, ...suggestion.replacement, fence].join('\n');
}

/** Whether both would replace a line; GitHub commits only one suggestion for a line in a batch. */
export function overlap(a: Suggestion, b: Suggestion): boolean {
  return a.first <= b.last && b.first <= a.last;
}

function toSuggestion(
  finding: Finding,
  edits: readonly TextEdit[],
  file: SuggestionFile,
  maxLines: number,
): Suggestion | null {
  const suggestion = widenToLines(edits, file.lines, file.lines.lineAt(finding.start));
  if (suggestion === null || !file.isUtf8) return null;
  const { first, last, replacement } = suggestion;
  if (last - first >= maxLines || replacement.length > maxLines) return null;
  if (file.bom && first === 1) return null;
  if (!file.commentable.spans(first, last, 'RIGHT') || file.commentable.hasDeletionInside(first, last))
    return null;
  const present = linesOf(file.lines.text.slice(file.lines.startOf(first), file.lines.startOf(last + 1)));
  if ([...present, ...replacement].some(line => line.includes('\r'))) return null;
  if (byteLength(replacement.join('\n')) > MAX_BYTES) return null;
  const isSame =
    present.length === replacement.length && present.every((line, index) => line === replacement[index]);
  return isSame ? null : suggestion;
}

/** The whole lines that edits touch, and a given one with them, as they read after the edits. */
function widenToLines(edits: readonly TextEdit[], lines: DiffLines, include: number): Suggestion | null {
  const start = edits[0]?.start;
  if (start === undefined || lines.count === 0) return null;
  const end = Math.max(...edits.map(edit => edit.end));
  const first = Math.min(lines.lineAt(start), include, lines.count);
  // An edit that takes a line end away ends where the next line begins: that line need not be replaced, unless what
  // is left before it now joins it.
  const reached =
    end > start && end === lines.startOf(lines.lineAt(end)) ? lines.lineAt(end) - 1 : lines.lineAt(end);
  const from = lines.startOf(first);
  for (let last = Math.min(Math.max(reached, include), lines.count); last <= lines.count; last++) {
    const to = lines.startOf(last + 1);
    const text = applyEdits(
      lines.text.slice(from, to),
      edits.map(edit => ({ start: edit.start - from, end: edit.end - from, text: edit.text })),
    );
    if (text === '' || text.endsWith('\n') || last === lines.count) {
      return { first, last, replacement: linesOf(text) };
    }
  }
  return null;
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** What a fix does and how to get it: from a comment where we can commit, else on one's own machine. */
function fixInWords({ title, safety }: Fix, canCommit: boolean): string {
  const how = canCommit
    ? 'Reply `/loopwarden fix` to apply it.'
    : `\`loopwarden check --fix${safety === 'safe' ? '' : ' --unsafe'}\` applies it.`;
  return `Fix: ${title}${/[.!?]$/.test(title) ? '' : '.'} ${how}`;
}
