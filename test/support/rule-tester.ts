import { describe, it } from 'vitest';
import type { RuleDefinition } from '../../src/engine/rule.ts';
import { dedent } from './dedent.ts';
import { drawFindings, drawMarks, isMarked, type Mark, readMarks } from './marks.ts';
import { type InvalidRuleCase, type RuleCase, type RuleRun, runRule } from './rule-case.ts';
import { checkForFree } from './rule-checks.ts';

export type { FreeCheck, InvalidRuleCase, RuleCase } from './rule-case.ts';

/** The cases of a rule. A string is the program. */
export interface RuleCases {
  /** The rule says nothing of these. */
  readonly valid: readonly (string | RuleCase)[];
  /**
   * The rule reports exactly the marked places of these: carets in a comment under the line, or bare where they
   * begin too far left for one. They cover what is reported, as far as it is on its first line; one alone marks the start.
   *
   *     async def f():
   *         time.sleep(1)
   *     #   ^^^^^^^^^^^^^
   */
  readonly invalid: readonly (string | InvalidRuleCase)[];
}

/** Declares the tests of a rule. Every invalid case is also tried in the ways of `checkForFree`. */
export function testRule(rule: RuleDefinition, cases: RuleCases): void {
  describe(rule.id, () => {
    describe('valid', () => {
      for (const { given, name } of named(cases.valid)) {
        it(name, () => checkValid(rule, given));
      }
    });
    describe('invalid', () => {
      for (const { given, name } of named(cases.invalid)) {
        it(name, () => checkInvalid(rule, given));
      }
    });
  });
}

/** Throws when the rule reports something. */
export function checkValid(rule: RuleDefinition, given: RuleCase): void {
  const { code, marks } = readMarks(dedent(given.code));
  if (marks.length > 0)
    fail('A valid case marks no places: it belongs to the invalid ones.', drawMarks(code, marks));
  const run = runRule(rule, given, code);
  if (run.findings.length > 0)
    fail(`${rule.id} reports what it should leave alone.`, drawFindings(code, run.findings));
  failOnErrors(run);
}

/** Throws when the rule reports anything but the marked places, or does not hold what a case expects of them. */
export function checkInvalid(rule: RuleDefinition, given: InvalidRuleCase): void {
  const { code, marks } = readMarks(dedent(given.code));
  if (marks.length === 0) fail('An invalid case marks what is reported with carets under the line.', code);
  const run = runRule(rule, given, code);
  failOnErrors(run);
  checkPlaces(rule, run, marks);
  checkWords(run, given);
  checkForFree(rule, given, run);
}

function checkPlaces(rule: RuleDefinition, run: RuleRun, marks: readonly Mark[]): void {
  const { code, findings } = run;
  const open = [...marks];
  const unexpected = findings.filter(finding => {
    const index = open.findIndex(mark => isMarked(mark, finding, code));
    if (index !== -1) open.splice(index, 1);
    return index === -1;
  });
  if (open.length === 0 && unexpected.length === 0) return;
  const found = findings.length === 0 ? 'nothing' : `\n${drawFindings(code, findings)}`;
  fail(
    `${rule.id} reports other places than those marked.`,
    `Expected:\n${drawMarks(code, marks)}\n\nFound: ${found}`,
  );
}

function checkWords({ code, findings }: RuleRun, given: InvalidRuleCase): void {
  for (const key of ['message', 'help', 'severity'] as const) {
    const expected = given[key];
    if (expected === undefined) continue;
    const found = findings.map(finding => finding[key]);
    const list = typeof expected === 'string' ? findings.map(() => expected) : expected;
    expectSame(`Another ${key} than expected.`, code, list.join('\n'), found.join('\n'));
  }
  for (const { codes } of given.codes === undefined ? [] : findings) {
    expectSame('Other codes than expected.', code, given.codes?.join(', ') ?? '', codes.join(', '));
  }
}

function expectSame(what: string, code: string, expected: string, found: string): void {
  if (expected !== found) fail(what, `${code}\nExpected:\n${expected}\n\nFound:\n${found}`);
}

function failOnErrors({ code, errors }: RuleRun): void {
  if (errors.length > 0) fail('The program could not be analysed.', `${code}\n${errors.join('\n')}`);
}

function fail(what: string, detail: string): never {
  throw new Error(`${what}\n\n${detail}`);
}

/** Cases with a name each: their own, or as many of the first lines of code as it takes to tell them apart. */
function named<C extends RuleCase>(
  cases: readonly (string | C)[],
): readonly { given: C | RuleCase; name: string }[] {
  const names = new Set<string>();
  return cases.map(one => {
    const given: C | RuleCase = typeof one === 'string' ? { code: one } : one;
    const lines = readMarks(dedent(given.code)).code.trim().split('\n');
    let shown = Math.min(4, lines.length);
    let name = given.name ?? lines.slice(0, shown).join(' ⏎ ');
    while (given.name === undefined && names.has(name) && shown < lines.length) {
      shown += 1;
      name = lines.slice(0, shown).join(' ⏎ ');
    }
    names.add(name);
    return { given, name };
  });
}
