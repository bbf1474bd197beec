import type { DiffLines } from '../changes/diff-lines.ts';
import { applyEdits } from '../engine/edits.ts';
import type { TextEdit } from '../engine/finding.ts';
import { codeSpan } from './escape-markdown.ts';
import { listInWords } from './severities.ts';

/** A line that imports something and is whole by itself. */
const IMPORT = /^(?:import\s+[\w.]+|from\s+[\w.]+\s+import\s+[\w*])[\w.,*\s]*$/;

/** Whether an edit only adds lines that import, or turns one such line into another. */
export function isImportEdit(edit: TextEdit, lines: DiffLines): boolean {
  return addedImports(edit) !== null || changedImport(edit, lines) !== null;
}

/** Says which imports are to be made by hand; `null` without edits. All edits must be import edits. */
export function importsInWords(edits: readonly TextEdit[], lines: DiffLines): string | null {
  const added = edits.flatMap(edit => addedImports(edit) ?? []);
  const sentences =
    added.length === 0 ? [] : [`Add ${listInWords(added.map(codeSpan))} at the top of the file.`];
  for (const edit of edits) {
    const changed = addedImports(edit) === null ? changedImport(edit, lines) : null;
    if (changed !== null) sentences.push(`Change line ${changed.line} to ${codeSpan(changed.text)}.`);
  }
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** The import lines that an edit inserts, when that is all that it does. */
function addedImports(edit: TextEdit): readonly string[] | null {
  if (edit.start !== edit.end) return null;
  const inserted = edit.text.split(/\r?\n/).filter(line => line.trim() !== '');
  if (inserted.length === 0 || !/[\r\n]/.test(edit.text)) return null;
  return inserted.every(line => IMPORT.test(line)) ? inserted : null;
}

/** The import line that an edit changes, as it reads afterwards. */
function changedImport(edit: TextEdit, lines: DiffLines): { line: number; text: string } | null {
  const line = lines.lineAt(edit.start);
  const before = lines.textOf(line);
  const offset = lines.startOf(line);
  if (edit.end > offset + before.length || !IMPORT.test(before.trimEnd())) return null;
  const moved = { start: edit.start - offset, end: edit.end - offset, text: edit.text };
  const text = applyEdits(before, [moved]).trimEnd();
  return IMPORT.test(text) && !text.includes('\n') ? { line, text } : null;
}
