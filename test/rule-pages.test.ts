import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allRules } from '../rules/generated/all-rules.ts';
import type { Finding } from '../src/engine/finding.ts';
import { createPrefilter } from '../src/engine/prefilter.ts';
import type { AsyncLibrary, Rule } from '../src/engine/rule.ts';
import { builtInRules } from '../src/engine/select-rules.ts';
import type { EngineSettings } from '../src/engine/settings.ts';
import { analyse } from './support/analyse.ts';
import { drawFindings, drawMarks, isMarked, type Mark, readMarks } from './support/marks.ts';
import { fixWithRule } from './support/rule-case.ts';
import { type Fence, fixedAfter, readFences, strayFixed } from './support/rule-page.ts';

const root = join(import.meta.dirname, '..');
const recommended = allRules.filter(rule => rule.preset === 'recommended');

it('every rule has a test beside it', () => {
  const missing = allRules.filter(
    ({ theme, id }) => !existsSync(join(root, 'rules', theme, `${id}.test.ts`)),
  );
  expect(missing.map(({ id }) => id)).toEqual([]);
});

it('no rule has files parsed that have nothing to do with async code', () => {
  const plain = `"Reads a file."
import json, os, subprocess, sys, time
from contextlib import contextmanager, suppress
from pathlib import Path

class Store(dict):
    @contextmanager
    def load(self, path: Path, *, timeout: float = 1.0, **options):
        global cache
        try:
            with open(path) as file, suppress(OSError):
                yield json.load(file)
        except (ValueError, TimeoutError) as error:
            raise RuntimeError(f"{path}: {error}") from None
        finally:
            time.sleep(timeout)
        for line in sys.stdin:
            while not os.path.exists(line) and line is not None:
                subprocess.run(["ls", line], check=True)
        return [key for key in self if key != "x"] or print(lambda: del_or_pass)
`;
  const concerned = createPrefilter(allRules.map(rule => ({ rule, severity: rule.severity })));
  expect(
    concerned(new TextEncoder().encode(plain)).map(({ rule }) => `${rule.id}: ${rule.words.join(' ')}`),
  ).toEqual([]);
});

it('every rule has a page beside it', () => {
  const missing = [...allRules, ...builtInRules].filter(rule => !existsSync(pageOf(rule)));
  expect(missing.map(({ id }) => id)).toEqual([]);
});

for (const rule of [...allRules, ...builtInRules].filter(one => existsSync(pageOf(one)))) {
  describe(`the page of ${rule.id}`, () => {
    const page = readFileSync(pageOf(rule), 'utf8');
    const fences = readFences(page);

    it('has its name and its head', () => {
      expect(page).toMatch(new RegExp(`^# ${rule.id}\n\n<!-- generated: head -->\n\n\\S`));
    });

    it('shows what is wrong and what is right', () => {
      expect(fences.map(({ role }) => role)).toEqual(expect.arrayContaining(['wrong', 'right']));
      expect(strayFixed(fences), 'fixed examples without a wrong one before them').toEqual([]);
    });

    for (const fence of fences.filter(({ role }) => role !== 'fixed')) {
      it(`line ${fence.line}: ${fence.role}`, () => {
        if (fence.role === 'wrong') checkWrong(rule, fence, fixedAfter(fences, fence));
        else checkRight(rule, fence);
      });
    }
  });
}

function pageOf({ theme, id }: Rule): string {
  return join(root, 'rules', theme, `${id}.md`);
}

/** The rule reports what is marked, or something where nothing is marked; no other recommended rule speaks. */
function checkWrong(rule: Rule, fence: Fence, fixed: Fence | null): void {
  const { code, marks } = readMarks(fence.code);
  const findings = findingsOf(rule, fence, code);
  const others = findings.filter(finding => finding.rule !== rule.id);
  if (others.length > 0) fail('Another rule reports the example too.', drawFindings(code, others));

  const unmarked = findings.filter(
    finding => marks.length > 0 && !marks.some(mark => fits(mark, finding, code)),
  );
  const missed = marks.filter(mark => !findings.some(finding => fits(mark, finding, code)));
  if (findings.length === 0 || unmarked.length > 0 || missed.length > 0) {
    fail(
      'The rule reports something else.',
      `Expected:\n${drawMarks(code, marks)}\n\nFound:\n${drawFindings(code, findings)}`,
    );
  }
  if (fixed === null) return;
  const { applied, after } = fixWithRule(rule, { code, ...optionsOf(fence) }, code);
  if (applied.length === 0) fail('No fix is offered.', drawFindings(code, findings));
  if (after !== fixed.code)
    fail('The fixed text is another one.', `Expected:\n${fixed.code}\nFound:\n${after}`);
}

function checkRight(rule: Rule, fence: Fence): void {
  const findings = findingsOf(rule, fence, fence.code);
  if (findings.length > 0) fail('The example is reported.', drawFindings(fence.code, findings));
}

/** A mark of one caret means the line, wider ones the place. */
function fits(mark: Mark, finding: Finding, code: string): boolean {
  return mark.width === 1 ? mark.line === finding.line : isMarked(mark, finding, code);
}

function findingsOf(rule: Rule, fence: Fence, code: string): readonly Finding[] {
  const rules = recommended.includes(rule) ? recommended : [...recommended, rule];
  const { findings, errors } = analyse(code, { rules, ...optionsOf(fence) });
  if (errors.length > 0)
    fail('The example could not be analysed.', errors.map(({ message }) => message).join('\n'));
  return findings;
}

function optionsOf({ options }: Fence): { path?: string; settings: Partial<EngineSettings> } {
  const { path, target, library, blocks } = options;
  const [major = 3, minor = 0] = (target ?? '').split('.').map(Number);
  return {
    ...(path === undefined ? {} : { path }),
    settings: {
      ...(target === undefined ? {} : { targetVersion: { major, minor } }),
      ...(library === undefined ? {} : { asyncLibrary: library as AsyncLibrary }),
      ...(blocks === undefined ? {} : { blockingCalls: Object.fromEntries([blocks.split(':')]) }),
    },
  };
}

function fail(what: string, detail: string): never {
  throw new Error(`${what}\n\n${detail}`);
}
