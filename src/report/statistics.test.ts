import { describe, expect, it } from 'vitest';
import { emptyReport, sampleReport } from '../../test/support/check-report.ts';
import { statisticsOf, statisticsText } from './statistics.ts';

describe('statisticsOf', () => {
  it('counts the most frequent first', () => {
    const findings = [
      ...sampleReport.findings,
      ...sampleReport.findings.slice(1).map(it => ({ ...it, path: 'b.py' })),
    ];
    expect(statisticsOf(findings)).toEqual([
      { rule: 'blocking-file-io', codes: ['ASYNC230'], findings: 2, files: 2, fixable: 0 },
      { rule: 'blocking-sleep', codes: ['ASYNC251', 'S7488'], findings: 1, files: 1, fixable: 1 },
    ]);
  });

  it('has all codes of a rule', () => {
    const findings = ['A1', 'A2', 'A1'].flatMap(code =>
      sampleReport.findings.slice(1).map(it => ({ ...it, codes: [code] })),
    );
    expect(statisticsOf(findings)[0]?.codes).toEqual(['A1', 'A2']);
  });
});

describe('statisticsText', () => {
  it('is a line for each rule', () => {
    expect(statisticsText(sampleReport)).toMatchInlineSnapshot(`
      "1  blocking-file-io (ASYNC230)       in 1 file
      1  blocking-sleep (ASYNC251, S7488)  in 1 file, 1 with a fix
      "
    `);
  });

  it('is empty without findings', () => {
    expect(statisticsText(emptyReport)).toBe('');
  });
});
