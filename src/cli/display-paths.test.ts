import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../report/check-report.ts';
import { displayPrefix, withPrefix } from './display-paths.ts';

describe('displayPrefix', () => {
  it.each([
    ['json', '/work/app', '/work', ''],
    ['text', '/work/app', '/work', 'app'],
    ['github', '/work/app', '/work', 'app'],
    ['sarif', '/work', '/work', ''],
    ['text', '/other', '/work', '/other'],
    ['sarif', '/other', '/work', ''],
  ] as const)('of %s for %s, seen from %s, is %j', (format, root, workingDirectory, expected) => {
    expect(displayPrefix(format, root, workingDirectory)).toBe(expected);
  });
});

describe('withPrefix', () => {
  const report: CheckReport = {
    tool: { name: 'loopwarden', version: '1' },
    files: 2,
    analysed: 2,
    durationMs: 1,
    findings: [],
    errors: [
      { path: 'a.py', line: 1, kind: 'syntax', message: 'm' },
      { path: '/elsewhere/b.py', line: 1, kind: 'syntax', message: 'm' },
    ],
  };

  it('puts the folder before relative paths', () => {
    expect(withPrefix(report, 'app').errors.map(error => error.path)).toEqual([
      'app/a.py',
      '/elsewhere/b.py',
    ]);
  });

  it('changes nothing without a folder', () => {
    expect(withPrefix(report, '')).toBe(report);
  });
});
