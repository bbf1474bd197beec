import { describe, expect, it } from 'vitest';
import { changeOf } from '../../test/support/change.ts';
import { findingOn } from '../../test/support/finding.ts';
import type { Finding } from '../engine/finding.ts';
import { invariant } from '../errors.ts';
import { sourceFromString } from '../python/source-text.ts';
import type { AnalysedChange } from './analyse-change.ts';
import { locateFindings } from './place-finding.ts';

const blank = '\n'.repeat(10);
const base = `import a\nimport b\nimport c\n${blank}f(1)\ng(2)\n`;
const head = base.replace('import b', 'import d');

function analysed(findings: readonly Finding[]): AnalysedChange {
  const [file] = changeOf({ 'app/main.py': { base, head } }).files;
  invariant(file !== undefined, 'the change has a file');
  const found = findings.map(finding => ({ finding, reason: 'added' as const }));
  return {
    files: [{ file, source: sourceFromString(head), findings: found }],
    looked: 1,
    analysed: 1,
    errors: [],
    everything: [],
    broken: new Set(),
    unsearched: 0,
  };
}

describe('locateFindings', () => {
  it.each<[string, string, readonly number[], 'own' | { path: string; line: number } | null]>([
    ['its own line', 'import d', [], 'own'],
    ['its own line where that is only near the change', 'import c', [2], 'own'],
    ['the line that causes it', 'f(1)', [2], { path: 'app/main.py', line: 2 }],
    ['the changed one of the lines that cause it', 'f(1)', [1, 2, 3], { path: 'app/main.py', line: 2 }],
    ['a line that causes it near the change', 'f(1)', [3, 14], { path: 'app/main.py', line: 3 }],
    ['nothing', 'f(1)', [14], null],
  ])('anchors to %s', (_, snippet, causeLines, anchor) => {
    const [located] = locateFindings(analysed([findingOn(head, snippet, { causeLines })]));
    expect(located?.anchor).toEqual(anchor);
  });

  it('gives the worst first, and none twice', () => {
    const findings = [
      findingOn(head, 'g(2)', { severity: 'advice', fingerprint: 'a' }),
      findingOn(head, 'f(1)', { severity: 'warning', fingerprint: 'b' }),
      findingOn(head, 'g(2)', { severity: 'error', fingerprint: 'c' }),
      findingOn(head, 'f(1)', { severity: 'error', fingerprint: 'd' }),
      findingOn(head, 'g(2)', { severity: 'error', fingerprint: 'd' }),
    ];
    expect(locateFindings(analysed(findings)).map(({ finding }) => finding.fingerprint)).toEqual([
      'd',
      'c',
      'b',
      'a',
    ]);
  });
});
