import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTestAnalyser } from '../../test/support/analyse.ts';
import { samplePrint, sampleRename, sampleSleep } from '../../test/support/sample-rules.ts';
import { applyFixes } from './apply-fixes.ts';
import { applyEdits } from './edits.ts';
import type { FileResult } from './finding.ts';
import { unusedSuppression } from './unused-suppression.ts';

const analyser = createTestAnalyser({ rules: [sampleSleep, samplePrint, sampleRename, unusedSuppression] });

/** Lines that make sense together often enough, some of them broken. */
const line = fc.constantFrom(
  'import time',
  'from __future__ import annotations',
  '"""Doc."""',
  'async def f(old):',
  'class C:',
  '    time.sleep(old)',
  '    x = time.sleep(1).y  # noqa: SMP251',
  '    return print(old, print("é😀"))',
  '        old = [time.sleep(2), (old), # loopwarden: ignore',
  '    ]',
  '# loopwarden: ignore[sample-print, SMP251] why',
  '    # loopwarden: ignore-file[SMP210]',
  'print(',
  '    old)',
  'if old and \\',
  '        print(1):  # noqa: T7488, E501',
  '    pass',
  'def g(:',
  'x = """',
  '""" + old',
  '',
);
const program = fc.array(line, { maxLength: 14 }).map(lines => `${lines.join('\n')}\n`);

function analyse(code: string): FileResult {
  return analyser.analyse('app/main.py', new TextEncoder().encode(code));
}

describe('whatever the program', () => {
  it('findings lie inside it, in order, with identities of their own', () => {
    fc.assert(
      fc.property(program, code => {
        const { findings } = analyse(code);
        for (const { start, end } of findings)
          expect(0 <= start && start <= end && end <= code.length).toBe(true);
        expect(findings.map(({ start }) => start)).toEqual(
          findings.map(({ start }) => start).toSorted((a, b) => a - b),
        );
        expect(new Set(findings.map(({ identity }) => identity)).size).toBe(findings.length);
      }),
    );
  });

  it('each fix alone mends its finding and brings nothing', () => {
    fc.assert(
      fc.property(program, code => {
        const { findings, errors } = analyse(code);
        for (const { fix } of findings) {
          if (fix === undefined) continue;
          const after = analyse(applyEdits(code, fix.edits));
          expect(after.findings.length).toBeLessThan(findings.length);
          // How many errors a broken text is said to have depends on where the parser recovers.
          if (errors.length === 0) expect(after.errors).toEqual([]);
        }
      }),
    );
  });

  it('a file that was mended needs no mending', () => {
    fc.assert(
      fc.property(program, code => {
        const once = applyFixes(analyser, 'a.py', new TextEncoder().encode(code), ['safe', 'review']);
        const twice = applyFixes(analyser, 'a.py', once.bytes, ['safe', 'review']);
        expect(twice.applied).toEqual([]);
        expect(once.result.findings.filter(({ fix }) => fix !== undefined)).toEqual([]);
      }),
    );
  });

  it('CRLF line ends change nothing but the offsets', () => {
    fc.assert(
      fc.property(program, code => {
        // Where an error begins and ends is not the same with other line ends.
        fc.pre(analyse(code).errors.length === 0);
        const keep = ({ findings, errors }: FileResult): unknown => [
          findings.map(({ line: at, column, identity, fix }) => [at, column, identity, fix?.title]),
          errors,
        ];
        expect(keep(analyse(code.replaceAll('\n', '\r\n')))).toEqual(keep(analyse(code)));
      }),
    );
  });
});
