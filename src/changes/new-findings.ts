import type { Finding } from '../engine/finding.ts';
import type { ComparedFile, Reason } from './compared-file.ts';
import { type ComparedFinding, compareVersions, type VersionComparison } from './version-comparison.ts';

/** A finding that the change brought in. */
export interface NewFinding {
  readonly finding: Finding;
  readonly reason: Reason;
}

/**
 * Finds which findings of the head the change brought in; the answer has one list for each file, in the findings' order.
 *
 * Both versions were analysed, so each finding of the head is either matched with one of the base, one to one, or new.
 * The policy, by what the diff says of the lines that a finding covers (whole lines, from its first to its last):
 *
 * 1. None was added: old when the same rule reported the same line of the base, or when the base had this finding in
 *    this function elsewhere and lost it there (same rule, scope and text, counted). Else new, as callers are when a
 *    function becomes async. Old ones become new when a line that causes them was really changed; the header of a
 *    function or class does not count, else a renamed function would bring in all that it has in it.
 * 2. At least one was added: new, unless the very same code was deleted elsewhere in this change and had the same
 *    finding there: a line that was moved, re-indented or only formatted anew. "The same code" are the whole lines, as
 *    `codeOf` compares them. A finding of the same scope is preferred, but it may be another one: a function that was
 *    renamed while it moved brings nothing new. Each finding of the base excuses one of the head.
 * 3. So a line whose code was edited counts, even where the finding on it reads as before.
 * 4. Between files, a finding of rule 2 is also old when another file lost it from a function of the same name.
 * 5. Where the base is not known as a whole, only added lines and changed causes make a finding new.
 */
export function findNewFindings(files: readonly ComparedFile[]): readonly (readonly NewFinding[])[] {
  const comparisons = files.map(compareVersions);
  const moved = movedBetweenFiles(comparisons);
  return comparisons.map(comparison =>
    comparison.head.flatMap(({ finding, verdict }) =>
      verdict === null || moved.has(finding) ? [] : [{ finding, reason: verdict }],
    ),
  );
}

/** Rule 4: the findings that came to one file from another. What moves inside a file was matched before. */
function movedBetweenFiles(comparisons: readonly VersionComparison[]): ReadonlySet<Finding> {
  const lost = new Map<string, number>();
  for (const finding of comparisons.flatMap(({ lost: found }) => found)) {
    lost.set(keyOf(finding), (lost.get(keyOf(finding)) ?? 0) + 1);
  }
  const moved = new Set<Finding>();
  for (const found of comparisons.flatMap(({ head }) => head)) {
    const left = lost.get(keyOf(found)) ?? 0;
    if (found.verdict !== 'added' || !found.isAllAdded || left === 0) continue;
    lost.set(keyOf(found), left - 1);
    moved.add(found.finding);
  }
  return moved;
}

function keyOf(compared: Pick<ComparedFinding, 'finding' | 'code' | 'lineCode'>): string {
  return [compared.finding.rule, compared.finding.scope, compared.code, compared.lineCode].join('\0');
}
