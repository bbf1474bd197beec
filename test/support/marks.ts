import type { Finding } from '../../src/engine/finding.ts';

/** A place that a test marks as reported: line and column from 1, in code points. */
export interface Mark {
  readonly line: number;
  readonly column: number;
  /** How many characters of the line are marked; a single caret marks only the start. */
  readonly width: number;
}

/** A program with the lines that mark places in it taken out. */
export interface MarkedCode {
  readonly code: string;
  readonly marks: readonly Mark[];
}

/** Carets in a comment, or bare ones where they begin too far left for a comment: `#   ^^^^^`. */
const markLine = /^\s*(?:#\s*)?\^[\s^]*$/;

/** Reads the marks under the lines of a program. Several lines of marks may follow each other. */
export function readMarks(text: string): MarkedCode {
  const kept: string[] = [];
  const marks: Mark[] = [];
  for (const line of text.split('\n')) {
    if (!markLine.test(line)) {
      kept.push(line);
      continue;
    }
    for (const { 0: carets, index } of line.matchAll(/\^+/g)) {
      marks.push({ line: kept.length, column: index + 1, width: carets.length });
    }
  }
  return { code: kept.join('\n'), marks: marks.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

/** Whether a mark is what a finding in this program reports. */
export function isMarked(mark: Mark, finding: Finding, code: string): boolean {
  if (mark.line !== finding.line || mark.column !== finding.column) return false;
  return mark.width === 1 || widthsOf(finding, code).includes(mark.width);
}

/** A program with the findings under its lines, as a person would mark them, each with its message. */
export function drawFindings(code: string, findings: readonly Finding[]): string {
  return draw(
    code,
    findings.map(finding => ({
      line: finding.line,
      column: finding.column,
      width: widthsOf(finding, code)[0] ?? 1,
      label: `${finding.rule}: ${finding.message}`,
    })),
  );
}

/** A program with marks under its lines. */
export function drawMarks(code: string, marks: readonly Mark[]): string {
  return draw(
    code,
    marks.map(mark => ({ ...mark, label: '' })),
  );
}

/** How many characters may be marked: of a range in several lines those on the first, with its comment or without. */
function widthsOf(finding: Finding, code: string): readonly number[] {
  if (finding.endLine === finding.line) return [finding.endColumn - finding.column];
  const line = code.split('\n')[finding.line - 1]?.trimEnd() ?? '';
  const bare = line.replace(/\s+#.*$/, '');
  return [bare, line].map(text => [...text].length - finding.column + 1);
}

function draw(code: string, places: readonly (Mark & { readonly label: string })[]): string {
  const drawn = code
    .trimEnd()
    .split('\n')
    .flatMap((line, index) => {
      const here = places.filter(place => place.line === index + 1);
      const under = here.map(({ column, width, label }) => {
        const carets = '^'.repeat(Math.max(1, width));
        return `    | ${' '.repeat(column - 1)}${carets} ${label}`.trimEnd();
      });
      return [`${String(index + 1).padStart(3)} | ${line}`.trimEnd(), ...under];
    });
  return drawn.join('\n');
}
