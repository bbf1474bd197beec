/** A finding as a snapshot keeps it, in the words of `loopwarden check --format json`. */
export interface CorpusFinding {
  readonly rule: string;
  readonly severity: string;
  /** From the folder that the corpus was run in, with `/`. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly help: string;
  readonly trace?: readonly { readonly path: string; readonly line: number; readonly message: string }[];
  readonly fix?: { readonly title: string; readonly safety: string; readonly edits: readonly unknown[] };
}

/** What the engine found in a corpus, and what it cost. */
export interface Snapshot {
  readonly version: 1;
  readonly directories: readonly string[];
  readonly files: number;
  readonly errors: number;
  /** Seconds of the wall clock. */
  readonly seconds: number;
  /** The largest resident set, in megabytes. */
  readonly megabytes: number;
  readonly findings: readonly CorpusFinding[];
}

/** How the findings of two snapshots differ. */
export interface Difference {
  readonly added: readonly CorpusFinding[];
  readonly gone: readonly CorpusFinding[];
  /** At the same place by the same rule, with other words or another fix. */
  readonly changed: readonly { readonly before: CorpusFinding; readonly after: CorpusFinding }[];
}

/** What is new, gone and changed, each in the order of the snapshot it comes from. */
export function compareSnapshots(before: Snapshot, after: Snapshot): Difference {
  const old = groupByPlace(before.findings);
  const added: CorpusFinding[] = [];
  const changed: { before: CorpusFinding; after: CorpusFinding }[] = [];
  for (const finding of after.findings) {
    const match = old.get(placeOf(finding))?.shift();
    if (!match) added.push(finding);
    else if (JSON.stringify(match) !== JSON.stringify(finding))
      changed.push({ before: match, after: finding });
  }
  const gone = new Set([...old.values()].flat());
  return { added, gone: before.findings.filter(finding => gone.has(finding)), changed };
}

/** How many findings each rule has, by id. */
export function countByRule(findings: readonly CorpusFinding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => a.localeCompare(b)));
}

function groupByPlace(findings: readonly CorpusFinding[]): Map<string, CorpusFinding[]> {
  const groups = new Map<string, CorpusFinding[]>();
  for (const finding of findings) {
    const place = placeOf(finding);
    groups.set(place, [...(groups.get(place) ?? []), finding]);
  }
  return groups;
}

function placeOf({ rule, path, line, column }: CorpusFinding): string {
  return JSON.stringify([rule, path, line, column]);
}
