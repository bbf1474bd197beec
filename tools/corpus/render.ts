import { type CorpusFinding, countByRule, type Difference, type Snapshot } from './snapshot.ts';

/** Gives the lines of a file of the corpus. */
export type ReadLines = (path: string) => readonly string[];

/** A finding with its place, its code and its words; `mark` (`+`, `-`, `~`) says what became of it. */
export function renderFinding(finding: CorpusFinding, mark: string, readLines: ReadLines): string {
  const { path, line, column, rule, severity, message, help, fix } = finding;
  return [
    `${mark} ${path}:${line}:${column} ${rule} (${severity})`,
    ...renderFrame(finding, readLines(path)),
    `    ${message} ${help}`,
    ...(finding.trace ?? []).map(step => `    ${step.path}:${step.line} ${step.message}`),
    ...(fix ? [`    fix: ${fix.title} (${fix.safety})`] : []),
  ].join('\n');
}

/** The lines of the finding, at most three, with one before and one after. */
function renderFrame({ line, endLine }: CorpusFinding, lines: readonly string[]): string[] {
  const first = Math.max(line - 1, 1);
  const last = Math.min(endLine, line + 2) + 1;
  return lines.slice(first - 1, last).map((text, index) => {
    const number = first + index;
    const marked = number >= line && number <= endLine;
    return `  ${marked ? '>' : ' '} ${String(number).padStart(5)} | ${text}`.trimEnd();
  });
}

/** Everything that is new, gone or changed. */
export function renderDifference(difference: Difference, readLines: ReadLines): string {
  return [
    ...difference.added.map(finding => renderFinding(finding, '+', readLines)),
    ...difference.gone.map(finding => renderFinding(finding, '-', readLines)),
    ...difference.changed.map(({ before, after }) => renderChange(before, after, readLines)),
  ].join('\n\n');
}

function renderChange(before: CorpusFinding, after: CorpusFinding, readLines: ReadLines): string {
  const was = [`${before.message} ${before.help}`, before.fix ? `fix: ${before.fix.title}` : 'no fix'];
  return [renderFinding(after, '~', readLines), ...was.map(text => `    was: ${text}`)].join('\n');
}

/** How many findings each rule has, and had. */
export function renderCounts(after: Snapshot, before?: Snapshot): string {
  const now = countByRule(after.findings);
  const then = countByRule(before?.findings ?? []);
  const rules = [...new Set([...now.keys(), ...then.keys()])].sort();
  const width = Math.max(...rules.map(rule => rule.length), 0);
  const rows = rules.map(rule => {
    const count = now.get(rule) ?? 0;
    const old = then.get(rule) ?? 0;
    const change = before && count !== old ? `  (was ${old})` : '';
    return `${rule.padEnd(width)} ${String(count).padStart(6)}${change}`;
  });
  return rows.join('\n');
}

/** Files, findings, time and memory on one line. */
export function renderCost({ files, findings, errors, seconds, megabytes }: Snapshot): string {
  const amounts = `${files} files analysed, ${findings.length} findings, ${errors} errors`;
  return `${amounts}, ${seconds.toFixed(1)} s, at most ${megabytes.toFixed(0)} MB`;
}
