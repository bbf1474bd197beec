import { describe, expect, it } from 'vitest';
import { emptyReport, sampleReport } from '../../test/support/check-report.ts';
import { checkJson, jsonDocument, reviewJson } from './json.ts';

describe('checkJson', () => {
  it('has exactly what the contract says', () => {
    expect(checkJson(sampleReport)).toMatchInlineSnapshot(`
      {
        "errors": [
          {
            "kind": "syntax",
            "line": 7,
            "message": "The text from here to line 9 is no Python.",
            "path": "app/broken.py",
          },
        ],
        "findings": [
          {
            "codes": [
              "ASYNC251",
              "S7488",
            ],
            "column": 19,
            "endColumn": 32,
            "endLine": 5,
            "fingerprint": "0123456789abcdef",
            "fix": {
              "edits": [
                {
                  "column": 1,
                  "endColumn": 1,
                  "endLine": 1,
                  "line": 1,
                  "text": "import asyncio
      ",
                },
                {
                  "column": 19,
                  "endColumn": 32,
                  "endLine": 5,
                  "line": 5,
                  "text": "await asyncio.sleep(1)",
                },
              ],
              "safety": "safe",
              "title": "Sleep without blocking",
            },
            "help": "While it waits, no other request is answered. Use \`await asyncio.sleep(1)\`.",
            "line": 5,
            "message": "\`time.sleep\` blocks the event loop.",
            "path": "app/main.py",
            "rule": "blocking-sleep",
            "severity": "error",
            "url": "https://loopwarden.example/rules/blocking-sleep",
          },
          {
            "codes": [
              "ASYNC230",
            ],
            "column": 5,
            "endColumn": 27,
            "endLine": 7,
            "fingerprint": "fedcba9876543210",
            "help": "Other requests wait with it, 100% of them: "all".",
            "line": 6,
            "message": "\`open\` waits for the disk.",
            "path": "app/main.py",
            "rule": "blocking-file-io",
            "severity": "warning",
            "trace": [
              {
                "line": 6,
                "message": "\`handler\`",
                "path": "app/main.py",
              },
              {
                "line": 3,
                "message": "\`open\`",
                "path": "app/files, old.py",
              },
            ],
            "url": "https://loopwarden.example/rules/blocking-file-io",
          },
        ],
        "summary": {
          "analysed": 2,
          "byRule": {
            "blocking-file-io": 1,
            "blocking-sleep": 1,
          },
          "bySeverity": {
            "error": 1,
            "warning": 1,
          },
          "durationMs": 12,
          "files": 3,
          "findings": 2,
        },
        "tool": {
          "name": "loopwarden",
          "version": "1.2.3",
        },
        "version": 1,
      }
    `);
  });

  it('has empty counts without findings', () => {
    expect(checkJson(emptyReport).summary).toEqual({
      files: 3,
      analysed: 2,
      findings: 0,
      bySeverity: {},
      byRule: {},
      durationMs: 12,
    });
  });
});

describe('reviewJson', () => {
  it('has the review and the check run besides', () => {
    const review = { event: 'COMMENT', body: 'x', comments: [] } as const;
    const output = { title: 't', summary: 's', annotations: [] };
    const checkRun = { name: 'Loopwarden', conclusion: 'neutral', output } as const;
    const findings = sampleReport.findings.map(finding => ({ ...finding, placement: 'comment' as const }));
    const json = reviewJson({
      ...sampleReport,
      findings,
      base: 'b',
      head: 'h',
      mergeBase: 'm',
      review,
      checkRun,
    });
    expect(Object.keys(json)).toEqual([
      'version',
      'tool',
      'base',
      'head',
      'mergeBase',
      'summary',
      'findings',
      'errors',
      'review',
      'checkRun',
    ]);
    expect(json.findings.map(finding => finding.placement)).toEqual(['comment', 'comment']);
  });
});

describe('jsonDocument', () => {
  it('is JSON with a line end', () => {
    const document = jsonDocument(checkJson(sampleReport));
    expect(document.endsWith('}\n')).toBe(true);
    expect(JSON.parse(document)).toEqual(checkJson(sampleReport));
  });
});
