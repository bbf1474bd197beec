import type { Finding } from '../../src/engine/finding.ts';
import type { RuleDefinition } from '../../src/engine/rule.ts';
import type { ParsedModule } from '../../src/python/parsed-module.ts';
import { sourceFromString } from '../../src/python/source-text.ts';
import { descendants } from '../../src/python/visitor.ts';
import { dedent } from './dedent.ts';
import { drawFindings } from './marks.ts';
import { testParser } from './model.ts';
import { type FreeCheck, fixWithRule, type InvalidRuleCase, type RuleRun, runRule } from './rule-case.ts';

const parser = await testParser();

/**
 * Checks what must hold of every finding without being asked for:
 * - `fix`: a fix that the rule proposes holds (it parses, the finding is gone, nothing new is found), a second application
 *   changes nothing, and the text is the expected one
 * - `noqa`: a comment with its code silences it
 * - `crlf`, `tabs`: other line ends and tabs for indentation give the same
 * - `moved`: a hundred lines above change neither identity nor fingerprint
 * - `indented`: the same is found when all of it stands under `if True:`
 */
export function checkForFree(rule: RuleDefinition, given: InvalidRuleCase, run: RuleRun): void {
  const checks: Readonly<Record<FreeCheck, (check: Check) => void>> = {
    fix: checkFix,
    noqa: checkNoqa,
    crlf: checkCrlf,
    tabs: checkTabs,
    moved: checkMoved,
    indented: checkIndented,
  };
  for (const [name, check] of Object.entries(checks)) {
    if (!given.skip?.includes(name as FreeCheck)) check({ rule, given, run });
  }
}

interface Check {
  readonly rule: RuleDefinition;
  readonly given: InvalidRuleCase;
  readonly run: RuleRun;
}

function checkFix({ rule, given, run }: Check): void {
  for (const { fix, start, end } of run.proposals) {
    const finding = run.findings.find(one => one.start === start && one.end === end);
    if (finding !== undefined && finding.fix === undefined) {
      fail(
        `The fix "${fix.title}" does not hold: its edits overlap or change nothing, the text parses worse with it, the finding stays, or a new one comes.`,
        `${drawFindings(run.code, [finding])}\n\nEdits: ${JSON.stringify(fix.edits)}`,
      );
    }
    if (rule.fix === 'none') fail('The rule proposes a fix, but says that it has none (`fix`).', run.code);
    if (rule.fix === 'safe' && fix.safety === 'review')
      fail('The rule says `fix: safe`, this one is to review.', run.code);
  }
  const { after, applied } = fixWithRule(rule, given, run.code);
  if (given.fixed === null && applied.length > 0) fail('A fix is offered where none is expected.', after);
  if (given.fixed === undefined || given.fixed === null) return;
  const expected = dedent(given.fixed);
  if (applied.length === 0) fail('No fix is offered.', drawFindings(run.code, run.findings));
  if (after !== expected)
    fail('The fixed program is another one.', `Expected:\n${expected}\nFound:\n${after}`);
  const again = fixWithRule(rule, given, after);
  if (again.applied.length > 0)
    fail('A second application of the fix changes the program again.', again.after);
}

function checkNoqa({ rule, given, run }: Check): void {
  const codes = Map.groupBy(run.findings, finding => finding.line);
  let code = run.code;
  for (const [line, findings] of codes) {
    const names = [...new Set(findings.map(finding => finding.codes[0] ?? finding.rule))];
    code = withComment(code, line, `  # noqa: ${names.join(', ')}`);
  }
  const { findings } = runRule(rule, given, code);
  if (findings.length > 0)
    fail('A `noqa` comment with its code does not silence it.', drawFindings(code, findings));
}

/** The program with a comment at the end of a line, or of the next line where one can stand. */
function withComment(code: string, line: number, comment: string): string {
  const before = parse(code);
  for (let number = line; number <= before.source.lines.count; number++) {
    const end = before.source.lines.endOf(number);
    const text = code.slice(0, end) + comment + code.slice(end);
    const after = parse(text);
    const isComment = after.comments.some(one => one.end === end + comment.length);
    if (isComment && after.errors.length <= before.errors.length) return text;
  }
  return code;
}

function checkCrlf({ rule, given, run }: Check): void {
  const code = run.code.replaceAll('\n', '\r\n');
  const found = runRule(rule, given, code);
  expectAlike('with CRLF line ends', run.findings, found, ({ column, message }, line) => [
    line,
    column,
    message,
  ]);
  const { after } = fixWithRule(rule, given, code);
  const expected = fixWithRule(rule, given, run.code).after.replaceAll('\n', '\r\n');
  if (after !== expected) fail('The fix of a file with CRLF line ends mixes them.', JSON.stringify(after));
}

function checkTabs({ rule, given, run }: Check): void {
  const code = run.code.replaceAll(/^(?: {4})+/gm, blanks => '\t'.repeat(blanks.length / 4));
  if (parse(code).errors.length > parse(run.code).errors.length || hasOddIndentation(run.code)) return;
  const found = runRule(rule, given, code);
  expectAlike('with tabs for indentation', run.findings, found, ({ message }, line) => [line, message]);
}

/** Whether a statement is indented by other than fours: tabs for some of it would change its block. */
function hasOddIndentation(code: string): boolean {
  const { module, source } = parse(code);
  return [...descendants(module)].some(node => {
    if (!('body' in node) || !Array.isArray(node.body)) return false;
    return node.body.some(({ start }: { start: number }) => {
      const before = code.slice(source.lines.startOf(source.lines.lineAt(start)), start);
      return before.trim() === '' && before.length % 4 !== 0;
    });
  });
}

function checkMoved({ rule, given, run }: Check): void {
  const above = '# a line above\n'.repeat(100);
  const found = runRule(rule, given, above + run.code);
  expectAlike('with a hundred lines above', run.findings, found, placeAndNames, 100);
}

function placeAndNames(
  { column, identity, fingerprint }: Finding,
  line: number,
): readonly (string | number)[] {
  return [line, column, identity, fingerprint];
}

function checkIndented({ rule, given, run }: Check): void {
  const { module, source } = parse(run.code);
  const insideStrings = new Set<number>();
  for (const node of descendants(module)) {
    if (node.kind !== 'Constant' && node.kind !== 'JoinedStr' && node.kind !== 'TemplateStr') continue;
    for (let line = source.lines.lineAt(node.start) + 1; line <= source.lines.lineAt(node.end); line++)
      insideStrings.add(line);
  }
  const lines = run.code.split('\n').map((line, index) => {
    return line === '' || insideStrings.has(index + 1) ? line : `    ${line}`;
  });
  const found = runRule(rule, given, `if True:\n${lines.join('\n')}`);
  expectAlike('under `if True:`', run.findings, found, ({ identity }, line) => [line, identity], 1);
}

/** Compares findings by what should stay the same; `found` comes from a changed program with `added` lines above. */
function expectAlike(
  how: string,
  before: readonly Finding[],
  found: RuleRun,
  keep: (finding: Finding, line: number) => readonly (string | number)[],
  added = 0,
): void {
  const wanted = before.map(finding => JSON.stringify(keep(finding, finding.line)));
  const given = found.findings.map(finding => JSON.stringify(keep(finding, finding.line - added)));
  if (wanted.join() === given.join()) return;
  fail(
    `Other findings ${how}.`,
    `${drawFindings(found.code, found.findings)}\n\nExpected:\n${wanted.join('\n')}\n\nFound:\n${given.join('\n')}`,
  );
}

function parse(code: string): ParsedModule {
  return parser.parse(sourceFromString(code));
}

function fail(what: string, detail: string): never {
  throw new Error(`${what}\n\n${detail}`);
}
