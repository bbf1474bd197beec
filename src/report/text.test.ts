import { describe, expect, it } from 'vitest';
import { emptyReport, sampleReport, sampleTextOf } from '../../test/support/check-report.ts';
import { findingOn } from '../../test/support/finding.ts';
import { plainPalette, terminalPalette } from './palette.ts';
import { textReport } from './text.ts';

const options = { palette: plainPalette, textOf: sampleTextOf, closing: true, canFix: true };

describe('textReport', () => {
  it('shows each finding with its code, what could not be looked at, and the sum', () => {
    expect(textReport(sampleReport, options)).toMatchInlineSnapshot(`
      "app/main.py:5:19  error  blocking-sleep (ASYNC251, S7488)
        \`time.sleep\` blocks the event loop.
        4 | async def handler(request):
        5 |     print("héllo 𐐀", time.sleep(1))
          |                      ^^^^^^^^^^^^^
        help: While it waits, no other request is answered. Use \`await asyncio.sleep(1)\`.
        fix: Sleep without blocking

      app/main.py:6:5  warning  blocking-file-io (ASYNC230)
        \`open\` waits for the disk.
        5 |     print("héllo 𐐀", time.sleep(1))
        6 |     with open(path) as file:
          |     ^^^^^^^^^^^^^^^^^^^^^^^^ and the next line
        help: Other requests wait with it, 100% of them: "all".
        chain: handler (app/main.py:6) → open (app/files, old.py:3)

      app/broken.py:7  syntax: The text from here to line 9 is no Python.

      1 error and 1 warning in 1 of 3 files. To be fixed: 1 with --fix. 1 file could not be looked at, or not as a whole.
      "
    `);
  });

  it.each([
    ['nothing', emptyReport, 'No findings in 3 files.\n'],
    ['no file at all', { ...emptyReport, files: 0 }, 'There was no Python file to look at.\n'],
    [
      'nothing in what could be read',
      { ...emptyReport, errors: sampleReport.errors },
      'app/broken.py:7  syntax: The text from here to line 9 is no Python.\n\nNo findings in 3 files. 1 file could not be looked at, or not as a whole.\n',
    ],
  ])('says of %s so', (_, report, expected) => {
    expect(textReport(report, options)).toBe(expected);
  });

  it('is empty when there is nothing to say and no closing line is wanted', () => {
    expect(textReport(emptyReport, { ...options, closing: false })).toBe('');
  });

  it('does not speak of --fix where there is none', () => {
    const report = textReport(sampleReport, { ...options, canFix: false });

    expect(report).toContain('  fix: Sleep without blocking\n');
    expect(report).toMatch(
      /\n1 error and 1 warning in 1 of 3 files\. 1 file could not be looked at[^\n]*\n$/,
    );
  });

  it('counts files with findings that are not among those of the change', () => {
    const findings = ['a.py', 'b.py'].map(path => findingOn('x', 'x', { path }));

    expect(textReport({ ...emptyReport, files: 1, findings }, options)).toMatch(/\n2 errors in 2 files\.\n$/);
  });

  it('lets nothing in the code steer the terminal', () => {
    const text = 'time.sleep(1) # \u001b[31m \u202e\n';
    const finding = findingOn(text, 'time.sleep(1)', {
      path: 'app/\u001b]0;x\u0007.py',
      message: 'It \u001b[2J blocks.',
      help: 'It \u009b31m waits.',
      trace: [{ path: 'a\u001b.py', line: 1, message: '\u001b' }],
    });
    const report = textReport({ ...emptyReport, findings: [finding] }, { ...options, textOf: () => text });
    expect(report.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u);
  });

  it('colours with the palette it is given', () => {
    const report = textReport(sampleReport, { ...options, palette: terminalPalette });
    expect(report).toContain('\u001b[31merror\u001b[39m');
    expect(report).toContain('\u001b[36mtime.sleep\u001b[39m blocks');
  });
});
