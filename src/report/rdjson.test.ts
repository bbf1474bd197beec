import { describe, expect, it } from 'vitest';
import { sampleReport, sampleTextOf } from '../../test/support/check-report.ts';
import { rdjsonReport } from './rdjson.ts';

describe('rdjsonReport', () => {
  it('counts columns in bytes and has suggestions', () => {
    expect(rdjsonReport(sampleReport, sampleTextOf)).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          {
            "code": {
              "url": "https://loopwarden.example/rules/blocking-sleep",
              "value": "blocking-sleep",
            },
            "location": {
              "path": "app/main.py",
              "range": {
                "end": {
                  "column": 36,
                  "line": 5,
                },
                "start": {
                  "column": 23,
                  "line": 5,
                },
              },
            },
            "message": "\`time.sleep\` blocks the event loop. While it waits, no other request is answered. Use \`await asyncio.sleep(1)\`.",
            "severity": "ERROR",
            "suggestions": [
              {
                "range": {
                  "end": {
                    "column": 1,
                    "line": 1,
                  },
                  "start": {
                    "column": 1,
                    "line": 1,
                  },
                },
                "text": "import asyncio
      ",
              },
              {
                "range": {
                  "end": {
                    "column": 36,
                    "line": 5,
                  },
                  "start": {
                    "column": 23,
                    "line": 5,
                  },
                },
                "text": "await asyncio.sleep(1)",
              },
            ],
          },
          {
            "code": {
              "url": "https://loopwarden.example/rules/blocking-file-io",
              "value": "blocking-file-io",
            },
            "location": {
              "path": "app/main.py",
              "range": {
                "end": {
                  "column": 27,
                  "line": 7,
                },
                "start": {
                  "column": 5,
                  "line": 6,
                },
              },
            },
            "message": "\`open\` waits for the disk. Other requests wait with it, 100% of them: "all". handler (app/main.py:6) → open (app/files, old.py:3).",
            "severity": "WARNING",
          },
          {
            "location": {
              "path": "app/broken.py",
              "range": {
                "end": {
                  "line": 7,
                },
                "start": {
                  "line": 7,
                },
              },
            },
            "message": "Not looked at (syntax): The text from here to line 9 is no Python.",
            "severity": "WARNING",
          },
        ],
        "source": {
          "name": "loopwarden",
        },
      }
    `);
  });

  it('has only lines of a file whose text is not at hand', () => {
    const [diagnostic] = rdjsonReport(sampleReport, () => undefined).diagnostics;
    expect(diagnostic?.location.range).toEqual({ start: { line: 5 }, end: { line: 5 } });
    expect(diagnostic?.suggestions).toBeUndefined();
  });
});
