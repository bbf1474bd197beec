import type { SourceText } from '../python/source-text.ts';
import type { TextRange } from '../python/syntax-tree.ts';
import type { Draft } from './draft.ts';
import { touchesError } from './draft.ts';
import { applyEdits, areApplicable, mapRange, mergeEdits, sortEdits } from './edits.ts';
import type { Finding, Fix } from './finding.ts';
import type { Edit, ProposedFix } from './rule.ts';

/** What the engine saw in a text, as far as fixes are judged by it. */
export interface Inspection {
  readonly source: SourceText;
  /** Where the text could not be parsed. */
  readonly syntaxErrors: readonly TextRange[];
  /** How many rules threw: what those would have found is not known. */
  readonly failures: number;
  readonly drafts: readonly Draft[];
}

/** Analyses another version of the same file; `null` when that cannot be done. */
export type Inspect = (text: string) => Inspection | null;

/** How much work goes into the fixes of one file: beyond that, what is not verified is not offered. */
export interface VerificationLimits {
  readonly inspections: number;
  /** UTF-16 code units of all inspected texts together. */
  readonly length: number;
}

/** A file of a thousand lines is inspected some fifty times within these. */
export const defaultVerificationLimits: VerificationLimits = { inspections: 48, length: 2_000_000 };

/** A draft whose fix may be tried: edits in the order of the text, line ends as the file's. */
interface Candidate {
  readonly draft: Draft;
  readonly fix: ProposedFix;
}

/** Candidates whose edits do not meet, and all their edits. */
interface Batch {
  readonly candidates: readonly Candidate[];
  readonly edits: readonly Edit[];
}

/**
 * The findings of a file, each with its fix if that holds: the text with it parses as well as before, the finding is gone
 * and nothing new is found. Many fixes are tried together; only where that fails, fewer at a time.
 */
export function verifyFixes(
  before: Inspection,
  inspect: Inspect,
  limits: VerificationLimits = defaultVerificationLimits,
): readonly Finding[] {
  const candidates = before.drafts.flatMap(draft => candidateOf(draft, before));
  const held = new Map<Draft, Fix>();
  let inspections = limits.inspections;
  let length = limits.length;

  const pending = batchesOf(candidates);
  for (let batch = pending.shift(); batch !== undefined; batch = pending.shift()) {
    const text = applyEdits(before.source.text, batch.edits);
    inspections -= 1;
    length -= text.length;
    if (inspections < 0 || length < 0) break;
    if (holds(batch, before, inspect(text))) {
      for (const { draft, fix } of batch.candidates) held.set(draft, toFix(fix, before.source));
    } else if (batch.candidates.length > 1) {
      const half = Math.ceil(batch.candidates.length / 2);
      pending.push(...batchesOf(batch.candidates.slice(0, half)), ...batchesOf(batch.candidates.slice(half)));
    }
  }

  return before.drafts.map(draft => {
    const fix = held.get(draft);
    return fix === undefined ? draft.finding : { ...draft.finding, fix };
  });
}

/** Text with the line ends of a file. */
export function withNewline(text: string, newline: SourceText['newline']): string {
  return text.replaceAll(/\r\n|\r|\n/g, newline);
}

function candidateOf(draft: Draft, { source, syntaxErrors }: Inspection): readonly Candidate[] {
  if (draft.fix === null || touchesError(draft.fix, syntaxErrors)) return [];
  const edits = sortEdits(draft.fix.edits).map(edit => ({
    start: edit.start,
    end: edit.end,
    text: withNewline(edit.text, source.newline),
  }));
  if (!areApplicable(source.text, edits) || applyEdits(source.text, edits) === source.text) return [];
  return [{ draft, fix: { ...draft.fix, edits } }];
}

/** Each candidate goes into the first batch where its edits meet no others. */
function batchesOf(candidates: readonly Candidate[]): Batch[] {
  const batches: Batch[] = [];
  for (const candidate of candidates) {
    let placed = false;
    for (const [index, batch] of batches.entries()) {
      const edits = mergeEdits(batch.edits, candidate.fix.edits);
      if (edits === null) continue;
      batches[index] = { candidates: [...batch.candidates, candidate], edits };
      placed = true;
      break;
    }
    if (!placed) batches.push({ candidates: [candidate], edits: candidate.fix.edits });
  }
  return batches;
}

/** Whether all that is found after a batch was found before, and none of it is what the batch mends. */
function holds(batch: Batch, before: Inspection, after: Inspection | null): boolean {
  if (after === null || after.failures > before.failures) return false;
  if (after.syntaxErrors.length > before.syntaxErrors.length) return false;
  const mended = new Set(batch.candidates.map(({ draft }) => draft));
  const expected = before.drafts
    .filter(draft => !mended.has(draft))
    .map(({ finding }) => ({ finding, place: mapRange(finding, batch.edits) }));

  return after.drafts.every(({ finding: found }) => {
    const index = expected.findIndex(
      ({ finding, place }) =>
        finding.rule === found.rule &&
        ((isWithin(found.start, place.start) && isWithin(found.end, place.end)) ||
          finding.identity === found.identity),
    );
    if (index !== -1) expected.splice(index, 1);
    return index !== -1;
  });
}

function isWithin(offset: number, range: TextRange): boolean {
  return range.start <= offset && offset <= range.end;
}

function toFix(fix: ProposedFix, { lines }: SourceText): Fix {
  const edits = fix.edits.map(({ start, end, text }) => ({
    ...lines.regionOf({ start, end }),
    start,
    end,
    text,
  }));
  return { title: fix.title, safety: fix.safety, edits };
}
