import { applyEdits, mapRange, mergeEdits } from '../engine/edits.ts';
import type { Finding, TextEdit } from '../engine/finding.ts';
import { decodeSource, encodeSource } from '../python/source-text.ts';
import type { AnalysedFile } from './ports.ts';

/** What came of mending some findings of a file. */
export interface MendedFile {
  readonly path: string;
  /** The file as it is to be written: encoding, byte order mark and line ends as they were. */
  readonly bytes: Uint8Array;
  /** Those that were mended, as they were before the first edit; none: the file is as it was. */
  readonly applied: readonly Finding[];
}

/** A finding to mend, as it was first seen and as it is in the text of this round. */
interface Wanted {
  readonly first: Finding;
  readonly now: Finding;
}

/** Each round can mend what met another fix in the round before, such as two imports at one place. */
const roundsAtMost = 10;

/**
 * Applies the fixes of the given findings of a file, and of no others. Those whose edits meet wait for the next round, for
 * which the file is analysed again; a round after which the file parses worse is undone, and nothing more is tried.
 *
 * @param findings of the file as it is in `bytes`
 */
export async function mendFile(
  file: { readonly path: string; readonly bytes: Uint8Array },
  findings: readonly Finding[],
  analyse: (bytes: Uint8Array) => Promise<AnalysedFile>,
): Promise<MendedFile> {
  const source = decodeSource(file.bytes);
  const applied: Finding[] = [];
  let { bytes } = file;
  let { text } = source;
  let wanted: readonly Wanted[] = findings.map(finding => ({ first: finding, now: finding }));
  let before: AnalysedFile | null = null;
  for (let round = 0; round < roundsAtMost && wanted.length > 0; round++) {
    const { chosen, edits } = chooseFixes(wanted);
    const nextText = applyEdits(text, edits);
    if (nextText === text) break;
    const nextBytes = encodeSource(source, nextText);
    before ??= await analyse(bytes);
    const after = await analyse(nextBytes);
    if (syntaxErrors(after) > syntaxErrors(before)) break;
    applied.push(...chosen.map(({ first }) => first));
    wanted = follow(
      wanted.filter(one => !chosen.includes(one)),
      edits,
      after.findings,
    );
    [bytes, text, before] = [nextBytes, nextText, after];
  }
  return { path: file.path, bytes, applied: applied.toSorted((a, b) => a.start - b.start) };
}

/** As many fixes as can be made at once, the first ones first. */
function chooseFixes(wanted: readonly Wanted[]): {
  readonly chosen: readonly Wanted[];
  readonly edits: readonly TextEdit[];
} {
  const chosen: Wanted[] = [];
  let edits: readonly TextEdit[] = [];
  for (const one of wanted) {
    if (one.now.fix === undefined) continue;
    const merged = mergeEdits(edits, one.now.fix.edits);
    if (merged === null) continue;
    edits = merged;
    chosen.push(one);
  }
  return { chosen, edits };
}

/** The findings again in the text after the edits: of the same rule, where they have moved to. */
function follow(
  wanted: readonly Wanted[],
  edits: readonly TextEdit[],
  found: readonly Finding[],
): readonly Wanted[] {
  return wanted.flatMap(({ first, now }) => {
    const { start, end } = mapRange(now, edits);
    const again = found.find(
      other =>
        other.rule === now.rule &&
        start.start <= other.start &&
        other.start <= start.end &&
        end.start <= other.end &&
        other.end <= end.end,
    );
    return again === undefined ? [] : [{ first, now: again }];
  });
}

function syntaxErrors({ errors }: AnalysedFile): number {
  return errors.filter(error => error.kind === 'syntax').length;
}
