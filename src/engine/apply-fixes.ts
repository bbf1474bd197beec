import { decodeSource, encodeSource } from '../python/source-text.ts';
import type { Analyser } from './analyser.ts';
import { applyEdits, mergeEdits } from './edits.ts';
import type { FileResult, Finding, FixSafety, TextEdit } from './finding.ts';

/** What came of mending a file. */
export interface FixedFile {
  /** The file as it is to be written: encoding, byte order mark and line ends as they were. */
  readonly bytes: Uint8Array;
  /** Both texts, without byte order mark, to show what changes; equal when nothing does. */
  readonly before: string;
  readonly after: string;
  /** The findings that were mended, each as it was when its turn came: lines may have moved since the first analysis. */
  readonly applied: readonly Finding[];
  /** What the mended file still has. */
  readonly result: FileResult;
}

/** Each round can bring fixes that met another one's in the round before; real files need two or three. */
const roundsAtMost = 10;

/**
 * Applies the fixes of a file, of the given safety, until none is left. Fixes whose edits meet wait for the next round.
 * Stops where a fix would leave more that cannot be parsed. A file that cannot be read comes back as it is, with its errors.
 */
export function applyFixes(
  analyser: Analyser,
  path: string,
  bytes: Uint8Array,
  safeties: readonly FixSafety[],
): FixedFile {
  const first = analyser.analyse(path, bytes);
  if (!first.findings.some(finding => isAllowed(finding, safeties))) return unchanged(bytes, first);

  const source = decodeSource(bytes);
  const applied: Finding[] = [];
  const seen = new Set([source.text]);
  let current = { text: source.text, bytes, result: first };
  for (let round = 0; round < roundsAtMost; round++) {
    const chosen = chooseFixes(current.result.findings, safeties);
    const text = applyEdits(current.text, chosen.edits);
    if (chosen.findings.length === 0 || seen.has(text)) break;
    const encoded = encodeSource(source, text);
    const result = analyser.analyse(path, encoded);
    if (syntaxErrors(result) > syntaxErrors(current.result)) break;
    seen.add(text);
    applied.push(...chosen.findings);
    current = { text, bytes: encoded, result };
  }
  return { bytes: current.bytes, before: source.text, after: current.text, applied, result: current.result };
}

function unchanged(bytes: Uint8Array, result: FileResult): FixedFile {
  return { bytes, before: '', after: '', applied: [], result };
}

function isAllowed(finding: Finding, safeties: readonly FixSafety[]): boolean {
  return finding.fix !== undefined && safeties.includes(finding.fix.safety);
}

/** As many fixes as can be made at once, the first ones first. */
function chooseFixes(
  findings: readonly Finding[],
  safeties: readonly FixSafety[],
): { readonly findings: readonly Finding[]; readonly edits: readonly TextEdit[] } {
  const chosen: Finding[] = [];
  let edits: readonly TextEdit[] = [];
  for (const finding of findings) {
    if (finding.fix === undefined || !isAllowed(finding, safeties)) continue;
    const merged = mergeEdits(edits, finding.fix.edits);
    if (merged === null) continue;
    edits = merged;
    chosen.push(finding);
  }
  return { findings: chosen, edits };
}

function syntaxErrors(result: FileResult): number {
  return result.errors.filter(error => error.kind === 'syntax').length;
}
