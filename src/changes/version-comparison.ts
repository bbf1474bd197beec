import type { Finding } from '../engine/finding.ts';
import type { AnalysedVersion, BaseVersion, ComparedFile, Reason } from './compared-file.ts';
import { type DiffLines, diffLineOf, diffLinesOf } from './diff-lines.ts';
import { type LineMap, type LineSpan, mapLines } from './line-map.ts';
import { codeOf } from './same-code.ts';

/** A finding with what the comparison of the versions says of it. */
export interface ComparedFinding {
  readonly finding: Finding;
  /** `null`: it is not the change's. */
  readonly verdict: Reason | null;
  /** Whether the change added every line of it. */
  readonly isAllAdded: boolean;
  /** Its own text, and the whole lines that it covers, as `codeOf` compares them. */
  readonly code: string;
  readonly lineCode: string;
}

/** What became of the findings of one file. */
export interface VersionComparison {
  /** Those of the head, in their order. */
  readonly head: readonly ComparedFinding[];
  /** Those of the base whose lines were all deleted and which no finding of the head continues. */
  readonly lost: readonly Pick<ComparedFinding, 'finding' | 'code' | 'lineCode'>[];
}

/** A finding of one version on the lines of the diff. */
interface Located {
  readonly finding: Finding;
  readonly first: number;
  readonly last: number;
  readonly code: string;
  readonly lineCode: string;
}

interface BaseFinding extends Located {
  /** Whether a finding of the head was matched with it. */
  taken: boolean;
}

interface HeadFinding extends Located {
  readonly isTouched: boolean;
  /** What is decided so far; `undefined` while nothing is. */
  verdict: Reason | null | undefined;
}

/** Both versions of a file, and the diff between them. */
interface Versions {
  readonly map: LineMap;
  readonly head: DiffLines;
  readonly base: DiffLines;
  readonly isBaseWhole: boolean;
  /** Code of the deleted lines, one by one. */
  readonly deletedLines: ReadonlySet<string>;
}

/** Matches the findings of both versions of a file; the policy is that of `findNewFindings`. */
export function compareVersions(file: ComparedFile): VersionComparison {
  const base = file.base ?? nothing;
  const versions = toVersions(file, base);
  const before: BaseFinding[] = locate(base, versions.base).map(finding => ({ ...finding, taken: false }));
  const after: HeadFinding[] = locate(file.head ?? nothing, versions.head).map(finding => ({
    ...finding,
    isTouched: isAnyLine(finding, line => versions.map.blockOfHead(line) !== null),
    verdict: undefined,
  }));
  matchUntouched(after, before, versions);
  matchMoved(after, before, versions);
  matchElsewhere(after, before);
  decideRest(after, before, versions);
  return {
    head: after.map(({ finding, verdict, code, lineCode, ...lines }) => ({
      finding,
      verdict: verdict ?? null,
      isAllAdded: !isAnyLine(lines, line => versions.map.blockOfHead(line) === null),
      code,
      lineCode,
    })),
    lost: before.filter(finding => !finding.taken && isAllDeleted(finding, versions)),
  };
}

const nothing: BaseVersion = { text: '', findings: [], isWhole: true };

function toVersions(file: ComparedFile, base: BaseVersion): Versions {
  const deleted = file.hunks.flatMap(hunk => hunk.lines.filter(line => line.kind === 'deleted'));
  return {
    map: mapLines(file.hunks),
    head: diffLinesOf(file.head?.text ?? ''),
    base: diffLinesOf(base.text),
    isBaseWhole: base.isWhole,
    deletedLines: new Set(deleted.map(line => codeOf(line.text))),
  };
}

function locate(version: AnalysedVersion, lines: DiffLines): readonly Located[] {
  return version.findings.map(finding => {
    const first = lines.lineAt(finding.start);
    const last = lines.lineAt(Math.max(finding.start, finding.end - 1));
    const code = codeOf(version.text.slice(finding.start, finding.end));
    return { finding, first, last, code, lineCode: codeOf(textOf(lines, first, last)) };
  });
}

function textOf(lines: DiffLines, first: number, last: number): string {
  return lines.text.slice(lines.startOf(first), lines.startOf(last + 1));
}

function isAnyLine(
  range: { readonly first: number; readonly last: number },
  test: (line: number) => boolean,
): boolean {
  for (let line = range.first; line <= range.last; line++) if (test(line)) return true;
  return false;
}

function isAllDeleted(finding: Located, versions: Versions): boolean {
  return !isAnyLine(finding, line => versions.map.headLineOf(line) !== null);
}

/** Rule 1, first half: the same rule on the same line of the base. */
function matchUntouched(
  after: readonly HeadFinding[],
  before: readonly BaseFinding[],
  versions: Versions,
): void {
  for (const found of after) {
    if (found.isTouched) continue;
    const line = versions.map.baseLineOf(found.first);
    const match = before.find(
      other => !other.taken && other.first === line && other.finding.rule === found.finding.rule,
    );
    if (match === undefined && versions.isBaseWhole) continue;
    if (match !== undefined) match.taken = true;
    found.verdict = isCauseChanged(found, versions) ? 'changed' : null;
  }
}

/** Rule 2: code that was deleted in one place and added in another, or is the same but for its form. */
function matchMoved(after: readonly HeadFinding[], before: readonly BaseFinding[], versions: Versions): void {
  for (const anyScope of [false, true]) {
    for (const found of after) {
      if (!found.isTouched || found.verdict !== undefined) continue;
      const match = before.find(
        other =>
          !other.taken &&
          other.finding.rule === found.finding.rule &&
          other.code === found.code &&
          (anyScope || other.finding.scope === found.finding.scope) &&
          isSameCode(found, other, versions),
      );
      if (match === undefined) continue;
      match.taken = true;
      found.verdict = null;
    }
  }
}

function isSameCode(found: HeadFinding, other: BaseFinding, versions: Versions): boolean {
  const { map } = versions;
  const stayed = map.baseLineOf(found.first) === other.first;
  const wasDeleted = isAnyLine(other, line => map.headLineOf(line) === null);
  if (!stayed && !wasDeleted) return false;
  if (found.lineCode === other.lineCode) return true;
  const index = map.blockOfHead(found.first);
  const block = index === null ? undefined : map.blocks[index];
  return block !== undefined && index === map.blockOfBase(other.first) && isFormattedAnew(block, versions);
}

/** Whether a block's deleted and added lines are the same code. */
function isFormattedAnew(block: LineSpan, versions: Versions): boolean {
  const deleted = textOf(versions.base, block.baseStart, block.baseStart + block.baseCount - 1);
  const added = textOf(versions.head, block.headStart, block.headStart + block.headCount - 1);
  return codeOf(deleted) === codeOf(added);
}

/** Rule 1, second half: the base had it in this function, on lines that the diff does not match with these. */
function matchElsewhere(after: readonly HeadFinding[], before: readonly BaseFinding[]): void {
  for (const found of after) {
    if (found.isTouched || found.verdict !== undefined) continue;
    const { rule, scope, identity } = found.finding;
    const candidates = before.filter(
      other =>
        !other.taken &&
        other.finding.rule === rule &&
        other.finding.scope === scope &&
        other.code === found.code,
    );
    const match = candidates.find(other => other.finding.identity === identity) ?? candidates[0];
    if (match === undefined) continue;
    match.taken = true;
    found.verdict = null;
  }
}

/** What nothing of the base excuses is new; it continues what the base had on the lines that were replaced. */
function decideRest(after: readonly HeadFinding[], before: readonly BaseFinding[], versions: Versions): void {
  const { map } = versions;
  for (const found of after) {
    if (found.verdict !== undefined) continue;
    const block = map.blockOfHead(found.first);
    const line = map.baseLineOf(found.first);
    const match = before.find(
      other =>
        !other.taken &&
        other.finding.rule === found.finding.rule &&
        (block === null ? other.first === line : map.blockOfBase(other.first) === block),
    );
    if (match !== undefined) match.taken = true;
    found.verdict = match === undefined ? 'added' : 'changed';
  }
}

const HEADER = /^(?:async\s+def|def|class)\b/;

/** Whether a line that the finding hangs on has other code now; function and class headers only when they were added. */
function isCauseChanged(found: Located, versions: Versions): boolean {
  return found.finding.causeLines.some(pythonLine => {
    const line = diffLineOf(versions.head, pythonLine);
    if (versions.map.blockOfHead(line) === null) return false;
    const code = codeOf(versions.head.textOf(line));
    if (HEADER.test(code) && versions.isBaseWhole) return false;
    return !versions.deletedLines.has(code);
  });
}
