import { describe, expect, it } from 'vitest';
import { emptyReport, sampleReport, sampleRules } from '../../test/support/check-report.ts';
import { sarifReport } from './sarif.ts';

describe('sarifReport', () => {
  it('has the rules, the results with fixes and chains, and what could not be looked at', () => {
    expect(sarifReport(sampleReport, sampleRules)).toMatchInlineSnapshot(`
      {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "runs": [
          {
            "columnKind": "unicodeCodePoints",
            "invocations": [
              {
                "executionSuccessful": true,
                "toolExecutionNotifications": [
                  {
                    "descriptor": {
                      "id": "syntax",
                    },
                    "level": "warning",
                    "locations": [
                      {
                        "physicalLocation": {
                          "artifactLocation": {
                            "uri": "app/broken.py",
                            "uriBaseId": "%SRCROOT%",
                          },
                          "region": {
                            "startLine": 7,
                          },
                        },
                      },
                    ],
                    "message": {
                      "text": "The text from here to line 9 is no Python.",
                    },
                  },
                ],
              },
            ],
            "results": [
              {
                "fixes": [
                  {
                    "artifactChanges": [
                      {
                        "artifactLocation": {
                          "uri": "app/main.py",
                          "uriBaseId": "%SRCROOT%",
                        },
                        "replacements": [
                          {
                            "deletedRegion": {
                              "endColumn": 1,
                              "endLine": 1,
                              "startColumn": 1,
                              "startLine": 1,
                            },
                            "insertedContent": {
                              "text": "import asyncio
      ",
                            },
                          },
                          {
                            "deletedRegion": {
                              "endColumn": 32,
                              "endLine": 5,
                              "startColumn": 19,
                              "startLine": 5,
                            },
                            "insertedContent": {
                              "text": "await asyncio.sleep(1)",
                            },
                          },
                        ],
                      },
                    ],
                    "description": {
                      "text": "Sleep without blocking",
                    },
                    "properties": {
                      "safety": "safe",
                    },
                  },
                ],
                "level": "error",
                "locations": [
                  {
                    "logicalLocations": [
                      {
                        "fullyQualifiedName": "handler",
                      },
                    ],
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "app/main.py",
                        "uriBaseId": "%SRCROOT%",
                      },
                      "region": {
                        "endColumn": 32,
                        "endLine": 5,
                        "startColumn": 19,
                        "startLine": 5,
                      },
                    },
                  },
                ],
                "message": {
                  "markdown": "\`time.sleep\` blocks the event loop. While it waits, no other request is answered. Use \`await asyncio.sleep(1)\`.",
                  "text": "time.sleep blocks the event loop. While it waits, no other request is answered. Use await asyncio.sleep(1).",
                },
                "partialFingerprints": {
                  "loopwarden/v1": "0123456789abcdef",
                },
                "properties": {
                  "codes": [
                    "ASYNC251",
                    "S7488",
                  ],
                },
                "ruleId": "blocking-sleep",
                "ruleIndex": 1,
              },
              {
                "codeFlows": [
                  {
                    "threadFlows": [
                      {
                        "locations": [
                          {
                            "location": {
                              "message": {
                                "text": "handler",
                              },
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "app/main.py",
                                  "uriBaseId": "%SRCROOT%",
                                },
                                "region": {
                                  "startLine": 6,
                                },
                              },
                            },
                          },
                          {
                            "location": {
                              "message": {
                                "text": "open",
                              },
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "app/files%2C%20old.py",
                                  "uriBaseId": "%SRCROOT%",
                                },
                                "region": {
                                  "startLine": 3,
                                },
                              },
                            },
                          },
                        ],
                      },
                    ],
                  },
                ],
                "level": "warning",
                "locations": [
                  {
                    "logicalLocations": [
                      {
                        "fullyQualifiedName": "handler",
                      },
                    ],
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "app/main.py",
                        "uriBaseId": "%SRCROOT%",
                      },
                      "region": {
                        "endColumn": 27,
                        "endLine": 7,
                        "startColumn": 5,
                        "startLine": 6,
                      },
                    },
                  },
                ],
                "message": {
                  "markdown": "\`open\` waits for the disk. Other requests wait with it, 100% of them: "all".",
                  "text": "open waits for the disk. Other requests wait with it, 100% of them: "all".",
                },
                "partialFingerprints": {
                  "loopwarden/v1": "fedcba9876543210",
                },
                "properties": {
                  "codes": [
                    "ASYNC230",
                  ],
                },
                "ruleId": "blocking-file-io",
                "ruleIndex": 0,
              },
            ],
            "tool": {
              "driver": {
                "informationUri": "https://github.com/loopwarden/loopwarden",
                "name": "loopwarden",
                "rules": [
                  {
                    "defaultConfiguration": {
                      "level": "warning",
                    },
                    "fullDescription": {
                      "text": "A call blocks the event loop.",
                    },
                    "help": {
                      "markdown": "# blocking-file-io
      ",
                      "text": "A call blocks the event loop. See https://loopwarden.example/rules/blocking-file-io",
                    },
                    "helpUri": "https://loopwarden.example/rules/blocking-file-io",
                    "id": "blocking-file-io",
                    "name": "BlockingFileIo",
                    "properties": {
                      "codes": [],
                      "tags": [
                        "async",
                        "blocking",
                      ],
                    },
                    "shortDescription": {
                      "text": "A call blocks the event loop.",
                    },
                  },
                  {
                    "defaultConfiguration": {
                      "level": "error",
                    },
                    "fullDescription": {
                      "text": "A call blocks the event loop.",
                    },
                    "help": {
                      "markdown": "# blocking-sleep
      ",
                      "text": "A call blocks the event loop. See https://loopwarden.example/rules/blocking-sleep",
                    },
                    "helpUri": "https://loopwarden.example/rules/blocking-sleep",
                    "id": "blocking-sleep",
                    "name": "BlockingSleep",
                    "properties": {
                      "codes": [
                        "ASYNC251",
                        "S7488",
                      ],
                      "tags": [
                        "async",
                        "blocking",
                      ],
                    },
                    "shortDescription": {
                      "text": "A call blocks the event loop.",
                    },
                  },
                ],
                "semanticVersion": "1.2.3",
              },
            },
          },
        ],
        "version": "2.1.0",
      }
    `);
  });

  it('lists no rule and no result without findings', () => {
    const [run] = sarifReport(emptyReport, sampleRules).runs;
    expect([run?.tool.driver.rules, run?.results]).toEqual([[], []]);
  });

  it('points from each result to its rule', () => {
    const [run] = sarifReport(sampleReport, sampleRules).runs;
    const ids = run?.results?.map(({ ruleIndex = -1 }) => run.tool.driver.rules?.[ruleIndex]?.id);
    expect(ids).toEqual(['blocking-sleep', 'blocking-file-io']);
  });

  it('writes paths as relative URIs', () => {
    const findings = sampleReport.findings.map(finding => ({ ...finding, path: 'app/a b#c/é%.py' }));
    const [run] = sarifReport({ ...sampleReport, findings }, sampleRules).runs;
    expect(run?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({
      uri: 'app/a%20b%23c/%C3%A9%25.py',
      uriBaseId: '%SRCROOT%',
    });
  });

  it('leaves out the address of a page that has none', () => {
    const rules = sampleRules.map(rule => ({ ...rule, url: '' }));
    const [run] = sarifReport(sampleReport, rules).runs;
    expect(run?.tool.driver.rules?.map(rule => rule.helpUri)).toEqual([undefined, undefined]);
  });
});
