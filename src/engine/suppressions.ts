import type { ParsedModule } from '../python/parsed-module.ts';
import type { Draft } from './draft.ts';
import { type ReportedLines, reportedLines } from './reported-lines.ts';
import { isNameOf } from './rule-names.ts';
import { isAlone, type SuppressedName, type Suppression } from './suppression-comments.ts';

/** What is left of the findings of a file, and which of its suppressions were needed. */
export interface Suppressed {
  readonly kept: readonly Draft[];
  /** Suppressions without names and single names that silenced something. */
  readonly used: ReadonlySet<Suppression | SuppressedName>;
}

/** Takes away the findings that a module's comments silence. */
export function applySuppressions(
  parsed: ParsedModule,
  drafts: readonly Draft[],
  suppressions: readonly Suppression[],
): Suppressed {
  const used = new Set<Suppression | SuppressedName>();
  if (suppressions.length === 0) return { kept: drafts, used };

  const targets = new Map(suppressions.map(suppression => [suppression, nextCodeLine(parsed, suppression)]));
  const kept = drafts.filter(draft => {
    const lines = reportedLines(parsed, draft.node, draft.finding);
    let silenced = false;
    for (const suppression of suppressions) {
      if (!reaches(suppression, targets.get(suppression) ?? 0, lines)) continue;
      for (const reason of reasonsFor(suppression, draft)) {
        used.add(reason);
        silenced = true;
      }
    }
    return !silenced;
  });
  return { kept, used };
}

function reaches(suppression: Suppression, nextLine: number, lines: ReportedLines): boolean {
  if (suppression.reach === 'file' || lines.own.has(suppression.line)) return true;
  return suppression.reach === 'next-line' && lines.below.has(nextLine);
}

/** What of a suppression speaks of a finding: itself, when it is about all rules, or the names that fit. */
function reasonsFor(
  suppression: Suppression,
  { finding, rule }: Draft,
): readonly (Suppression | SuppressedName)[] {
  if (suppression.names === null) return [suppression];
  const names = { id: rule.id, codes: [...finding.codes, ...rule.codes] };
  return suppression.names.filter(({ name }) => isNameOf(name, names));
}

/** The first line under a comment that is not a comment too. */
function nextCodeLine(parsed: ParsedModule, suppression: Suppression): number {
  const alone = new Set(
    parsed.comments
      .filter(comment => comment.start > suppression.start && isAlone(parsed, comment))
      .map(comment => parsed.source.lines.lineAt(comment.start)),
  );
  let line = suppression.line + 1;
  while (alone.has(line)) line += 1;
  return line;
}
