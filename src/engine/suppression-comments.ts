import type { Comment, ParsedModule } from '../python/parsed-module.ts';
import type { TextRange } from '../python/syntax-tree.ts';

/** A rule that a comment names: an id, a code or the beginning of a code, as written. */
export interface SuppressedName extends TextRange {
  readonly name: string;
}

/** A comment's order to keep quiet. The range is that of the directive, from its `#`. */
export interface Suppression extends TextRange {
  /** Whose words it uses: those of flake8 and Ruff, which other tools obey too, or our own. */
  readonly words: 'noqa' | 'loopwarden';
  /** `line`: for findings on its line; `next-line`: also for those on the next line of code; `file`: for all. */
  readonly reach: 'line' | 'next-line' | 'file';
  /** From 1. */
  readonly line: number;
  /** `null`: all rules. */
  readonly names: readonly SuppressedName[] | null;
  readonly comment: Comment;
}

/**
 * The suppressions of a module, in the order of the text: `# noqa` and `# noqa: CODE, CODE` as flake8 and Ruff read
 * them (https://flake8.pycqa.org/en/stable/user/violations.html, https://docs.astral.sh/ruff/linter/#error-suppression),
 * for whole files `# flake8: noqa` and `# ruff: noqa` on a line of their own; `# loopwarden: ignore[RULE] reason` and
 * `# loopwarden: ignore-file[RULE]`. Where flake8 and Ruff differ (`# noqa: because`), the one that keeps quiet is followed.
 */
export function findSuppressions(parsed: ParsedModule): readonly Suppression[] {
  return parsed.comments.flatMap(comment => {
    if (!/noqa|loopwarden/i.test(comment.text)) return [];
    const place = { line: parsed.source.lines.lineAt(comment.start), alone: isAlone(parsed, comment) };
    return [noqaIn(comment, place), loopwardenIn(comment, place)].filter(found => found !== null);
  });
}

/** Whether nothing but a comment is on its line. */
export function isAlone(parsed: ParsedModule, comment: TextRange): boolean {
  const { lines, text } = parsed.source;
  return text.slice(lines.startOf(lines.lineAt(comment.start)), comment.start).trim() === '';
}

interface Place {
  readonly line: number;
  readonly alone: boolean;
}

function noqaIn(comment: Comment, place: Place): Suppression | null {
  const match = /#\s*(?<tool>(?:flake8|ruff)\s*[:=]\s*)?noqa(?![\w-])(?<colon>\s*:)?/i.exec(comment.text);
  if (match === null) return null;
  const isForFile = match.groups?.tool !== undefined;
  if (isForFile && !place.alone) return null;
  const listStart = match.index + match[0].length;
  const names = match.groups?.colon === undefined ? [] : codesAt(comment, listStart);
  return {
    words: 'noqa',
    reach: isForFile ? 'file' : 'line',
    line: place.line,
    names: names.length === 0 ? null : names,
    start: comment.start + match.index,
    end: names.at(-1)?.end ?? comment.start + listStart,
    comment,
  };
}

/** Codes such as `E501` or ids such as `missing-await`, up to the first word that is neither: a reason begins there. */
function codesAt(comment: Comment, from: number): readonly SuppressedName[] {
  const code = /[\s,]*([a-z0-9]+(?:-[a-z0-9]+)+|[a-z]+[0-9]+)/iy;
  const names: SuppressedName[] = [];
  code.lastIndex = from;
  for (let match = code.exec(comment.text); match !== null; match = code.exec(comment.text)) {
    names.push(nameAt(comment, match[1] ?? '', code.lastIndex));
  }
  return names;
}

function loopwardenIn(comment: Comment, place: Place): Suppression | null {
  const match = /#\s*loopwarden\s*:\s*ignore(?<file>-file)?(?![\w-])(?:\s*\[(?<names>[^\]]*)\]?)?/i.exec(
    comment.text,
  );
  if (match === null) return null;
  const end = match.index + match[0].length;
  const list = match.groups?.names;
  return {
    words: 'loopwarden',
    reach: match.groups?.file !== undefined ? 'file' : place.alone ? 'next-line' : 'line',
    line: place.line,
    names: list === undefined ? null : namesIn(comment, list, match.index + match[0].indexOf('[') + 1),
    start: comment.start + match.index,
    end: comment.start + end,
    comment,
  };
}

function namesIn(comment: Comment, list: string, from: number): readonly SuppressedName[] {
  return [...list.matchAll(/[^\s,]+/g)].map(({ 0: name, index }) =>
    nameAt(comment, name, from + index + name.length),
  );
}

/** A name that ends at an offset into the comment's text. */
function nameAt(comment: Comment, name: string, end: number): SuppressedName {
  return { name, start: comment.start + end - name.length, end: comment.start + end };
}
