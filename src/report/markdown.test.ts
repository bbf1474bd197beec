import { describe, expect, it } from 'vitest';
import { emptyReport, sampleReport } from '../../test/support/check-report.ts';
import { byteLength } from './budget.ts';
import { markdownReport } from './markdown.ts';

describe('markdownReport', () => {
  it('says what there is, file by file', () => {
    expect(markdownReport(sampleReport)).toMatchInlineSnapshot(`
      "## Loopwarden

      **1 error and 1 warning** in 3 files. 1 file could not be looked at, or not as a whole.

      ### \`app/main.py\`

      - line 5, error [blocking-sleep](https://loopwarden.example/rules/blocking-sleep): **\`time.sleep\` blocks the event loop.** While it waits, no other request is answered. Use \`await asyncio.sleep(1)\`.
      - line 6, warning [blocking-file-io](https://loopwarden.example/rules/blocking-file-io): **\`open\` waits for the disk.** Other requests wait with it, 100% of them: "all". \`handler\` (app/main.py:6) → \`open\` (app/files, old.py:3)

      ### Not looked at, or not as a whole

      - \`app/broken.py:7\`: The text from here to line 9 is no Python.
      "
    `);
  });

  it('is one sentence without findings', () => {
    expect(markdownReport(emptyReport)).toBe('## Loopwarden\n\nNo findings in 3 files.\n');
    expect(markdownReport({ ...emptyReport, files: 0 })).toContain('There was no Python file to look at.');
  });

  it('is cut between findings', () => {
    const findings = Array.from({ length: 100 }, () => sampleReport.findings).flat();
    const report = markdownReport({ ...sampleReport, findings }, { characters: 5000, bytes: 5000 });
    expect(byteLength(report)).toBeLessThanOrEqual(5000);
    expect(report).toMatch(/[.)]\n\nAnd \d+ more\.\n$/);
  });
});
