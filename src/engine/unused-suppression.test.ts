import { describe, expect, it } from 'vitest';
import { createTestAnalyser } from '../../test/support/analyse.ts';
import { samplePrint, sampleSleep } from '../../test/support/sample-rules.ts';
import { applyFixes } from './apply-fixes.ts';
import { unusedSuppression } from './unused-suppression.ts';

const analyser = createTestAnalyser({ rules: [samplePrint, sampleSleep, unusedSuppression] });

function unusedIn(code: string): { readonly messages: readonly string[]; readonly fixed: string } {
  const bytes = new TextEncoder().encode(code);
  const { findings } = analyser.analyse('app/main.py', bytes);
  return {
    messages: findings.map(({ line, column, message }) => `${line}:${column} ${message}`),
    fixed: new TextDecoder().decode(applyFixes(analyser, 'app/main.py', bytes, ['safe']).bytes),
  };
}

describe('unused-suppression', () => {
  it.each([
    ['x = 1  # loopwarden: ignore\n', '1:8 `# loopwarden: ignore` silences nothing.', 'x = 1\n'],
    ['x = 1  # noqa: SMP210\n', '1:8 `# noqa: SMP210` silences nothing.', 'x = 1\n'],
    ['x = 1  # noqa: SMP210 the reason\n', '1:8 `# noqa: SMP210` silences nothing.', 'x = 1\n'],
    [
      'x = 1  # noqa: sample-print\r\ny\r\n',
      '1:8 `# noqa: sample-print` silences nothing.',
      'x = 1\r\ny\r\n',
    ],
    [
      'x = 1  # noqa: E501, SMP210\n',
      '1:8 `SMP210` in `# noqa: E501, SMP210` silences nothing.',
      'x = 1  # noqa: E501\n',
    ],
    [
      'print(1)  # noqa: SMP251 SMP210 T7488\n',
      '1:11 `SMP251`, `T7488` in `# noqa: SMP251 SMP210 T7488` silence nothing.',
      'print(1)  # noqa: SMP210\n',
    ],
    [
      'x = 1  # type: ignore # noqa: SMP210\n',
      '1:23 `# noqa: SMP210` silences nothing.',
      'x = 1  # type: ignore\n',
    ],
    [
      'x = 1  # noqa: SMP210  # type: ignore\n',
      '1:8 `# noqa: SMP210` silences nothing.',
      'x = 1  # type: ignore\n',
    ],
    [
      'if x:\n    # loopwarden: ignore[SMP210] why\n    y = 1\n',
      '2:5 `# loopwarden: ignore[SMP210]` silences nothing.',
      'if x:\n    y = 1\n',
    ],
    ['# loopwarden: ignore-file\nx = 1\n', '1:1 `# loopwarden: ignore-file` silences nothing.', 'x = 1\n'],
    [
      '# ruff: noqa: SMP251\nprint(1)  # noqa: SMP210\n',
      '1:1 `# ruff: noqa: SMP251` silences nothing.',
      'print(1)  # noqa: SMP210\n',
    ],
  ])('reports in %j "%s"', (code, message, fixed) => {
    expect(unusedIn(code)).toEqual({ messages: [message], fixed });
  });

  it.each([
    ['what silences something', 'print(1)  # noqa: SMP210\n'],
    ['what silences something by the beginning of a code', 'print(1)  # noqa: SMP2\n'],
    ['the beginning of a code, which other tools may need', 'x = 1  # noqa: SMP2\n'],
    ['noqa without codes, which may be about other tools', 'x = 1  # noqa\n'],
    ['codes of other tools', 'x = 1  # noqa: E501, ASYNC251\n'],
    ['names of rules that do not run', 'x = 1  # loopwarden: ignore[sample-rename]\n'],
    ['what it is told to leave', 'x = 1  # loopwarden: ignore[sample-print, unused-suppression]\n'],
    ['what it is told to leave by code', 'x = 1  # noqa: SMP210, RUF100\n'],
    [
      'files that it is told to leave',
      '# loopwarden: ignore-file[unused-suppression]\nx = 1  # noqa: SMP210\n',
    ],
    ['files that other tools leave', '# ruff: noqa\nx = 1  # noqa: SMP210\n'],
  ])('leaves %s', (_, code) => {
    expect(unusedIn(code).messages).toEqual([]);
  });

  it('tells comments apart that are alike', () => {
    const code = 'x = 1  # noqa: SMP210\ny = 1  # noqa: SMP210\nz = 1  # noqa: SMP251\n';
    const { findings } = analyser.analyse('app/main.py', new TextEncoder().encode(code));
    expect(new Set(findings.map(({ identity }) => identity)).size).toBe(3);
  });
});
