import type { Finding } from '../../src/engine/finding.ts';
import type { CheckReport, RuleDescription } from '../../src/report/check-report.ts';
import { findingOn, fixOf, insertion } from './finding.ts';

/** A file with wide characters, tabs, and findings of all kinds; the texts of its report's files by path. */
export const sampleText = `import time


async def handler(request):
\tprint("héllo 𐐀", time.sleep(1))
    with open(path) as file:
        return file.read()
`;

const findings: readonly Finding[] = [
  findingOn(sampleText, 'time.sleep(1)', {
    fix: {
      ...fixOf(sampleText, [['time.sleep(1)', 'await asyncio.sleep(1)']]),
      edits: [
        insertion(sampleText, 0, 'import asyncio\n'),
        ...fixOf(sampleText, [['time.sleep(1)', 'await asyncio.sleep(1)']]).edits,
      ],
    },
  }),
  findingOn(sampleText, 'with open(path) as file:\n        return file.read()', {
    rule: 'blocking-file-io',
    codes: ['ASYNC230'],
    severity: 'warning',
    message: '`open` waits for the disk.',
    help: 'Other requests wait with it, 100% of them: "all".',
    url: 'https://loopwarden.example/rules/blocking-file-io',
    fingerprint: 'fedcba9876543210',
    trace: [
      { path: 'app/main.py', line: 6, message: '`handler`' },
      { path: 'app/files, old.py', line: 3, message: '`open`' },
    ],
  }),
];

/** A report with two findings and a file that could not be read. */
export const sampleReport: CheckReport = {
  tool: { name: 'loopwarden', version: '1.2.3' },
  files: 3,
  analysed: 2,
  durationMs: 12,
  findings,
  errors: [
    { path: 'app/broken.py', line: 7, kind: 'syntax', message: 'The text from here to line 9 is no Python.' },
  ],
};

/** A report of nothing. */
export const emptyReport: CheckReport = { ...sampleReport, findings: [], errors: [] };

/** The rules of the sample report, and one that found nothing. */
export const sampleRules: readonly RuleDescription[] = [
  'blocking-sleep',
  'blocking-file-io',
  'missing-await',
].map(id => ({
  id,
  codes: id === 'blocking-sleep' ? ['ASYNC251', 'S7488'] : [],
  severity: id === 'blocking-file-io' ? 'warning' : 'error',
  theme: id === 'missing-await' ? 'awaiting' : 'blocking',
  summary: 'A call blocks the event loop.',
  url: `https://loopwarden.example/rules/${id}`,
  page: `# ${id}\n`,
}));

/** The text of the sample report's only file that is at hand. */
export function sampleTextOf(path: string): string | undefined {
  return path === 'app/main.py' ? sampleText : undefined;
}
