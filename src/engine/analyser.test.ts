import { describe, expect, it } from 'vitest';
import { analyse, createTestAnalyser } from '../../test/support/analyse.ts';
import { testParser } from '../../test/support/model.ts';
import { samplePrint, sampleRename, sampleSleep } from '../../test/support/sample-rules.ts';
import { createWorld } from '../semantics/world.ts';
import { type AnalyserParts, createAnalyser } from './analyser.ts';
import type { Finding } from './finding.ts';
import type { Report, RuleDefinition } from './rule.ts';
import { defaultSettings } from './settings.ts';

const rules = [sampleSleep, samplePrint, sampleRename];

async function analyseWith(
  code: string,
  parts: Pick<AnalyserParts, 'rules' | 'pageUrl'>,
): Promise<readonly Finding[]> {
  const analyser = createAnalyser({
    parser: await testParser(),
    world: createWorld([]),
    settings: defaultSettings,
    ...parts,
  });
  return analyser.analyse('app/main.py', new TextEncoder().encode(code)).findings;
}

/** A rule that says something else of every call. */
function reporting(id: string, report: Partial<Report>): RuleDefinition {
  return {
    ...samplePrint,
    id,
    words: [],
    visit: { Call: (node, context) => context.report({ node, message: 'm', help: 'h', ...report }) },
  };
}

function failing(id: string, message: string): RuleDefinition {
  return {
    ...samplePrint,
    id,
    words: [],
    visit: {
      Call() {
        throw new TypeError(message);
      },
    },
  };
}

describe('a finding', () => {
  it('says what the rule says, where it is and what names it', () => {
    const code =
      'import time\n\nclass Service:\n    async def fetch(self):\n        é = "😀"; time.sleep(1)\n';
    expect(analyse(code, { rules }).findings).toMatchInlineSnapshot(`
      [
        {
          "causeLines": [],
          "codes": [
            "SMP251",
            "T7488",
          ],
          "column": 18,
          "end": 83,
          "endColumn": 28,
          "endLine": 5,
          "fingerprint": "639a17e9dc979f0a",
          "fix": {
            "edits": [
              {
                "column": 1,
                "end": 0,
                "endColumn": 1,
                "endLine": 1,
                "line": 1,
                "start": 0,
                "text": "import asyncio
      ",
              },
              {
                "column": 18,
                "end": 73,
                "endColumn": 18,
                "endLine": 5,
                "line": 5,
                "start": 73,
                "text": "await ",
              },
              {
                "column": 18,
                "end": 83,
                "endColumn": 28,
                "endLine": 5,
                "line": 5,
                "start": 73,
                "text": "asyncio.sleep",
              },
            ],
            "safety": "safe",
            "title": "Await asyncio.sleep",
          },
          "help": "Nothing else runs until it returns.",
          "identity": "0f620810cae47c51",
          "line": 5,
          "message": "\`time.sleep\` blocks the event loop.",
          "path": "app/main.py",
          "rule": "sample-sleep",
          "scope": "Service.fetch",
          "severity": "error",
          "start": 73,
          "url": "https://github.com/loopwarden/loopwarden/blob/main/rules/test/sample-sleep.md",
        },
      ]
    `);
  });

  it.each<[string, Partial<Report>, object]>([
    ['its own codes', { codes: ['X1'] }, { codes: ['X1'] }],
    ['its own severity', { severity: 'advice' }, { severity: 'advice' }],
    ['no empty trace', { trace: [] }, {}],
    [
      'a trace',
      { trace: [{ path: 'b.py', line: 3, message: 'calls' }] },
      { trace: [{ path: 'b.py', line: 3, message: 'calls' }] },
    ],
    [
      'the lines that cause it once each',
      {
        causes: [
          { start: 9, end: 9 },
          { start: 5, end: 9 },
          { start: 0, end: 1 },
        ],
      },
      { causeLines: [1, 2] },
    ],
    ['a part of its node', { range: { start: 6, end: 7 } }, { line: 2, column: 1, endColumn: 2 }],
  ])('has %s', (_, report, expected) => {
    const [finding] = analyse('a = 0\nb = 0\nf(1)\n', { rules: [reporting('r', report)] }).findings;
    expect(finding).toMatchObject(expected);
    expect(finding && 'trace' in finding).toBe('trace' in expected);
  });

  it('has the severity that the settings say whatever the rule says', async () => {
    const rule = { ...reporting('r', { severity: 'advice' }), theme: 'test' };
    const [finding] = await analyseWith('f()\n', {
      rules: [{ rule, severity: 'warning', severityIsSet: true }],
    });
    expect(finding?.severity).toBe('warning');
  });

  it('links to the page that it is told', async () => {
    const rule = { ...samplePrint, theme: 'test' };
    const pageUrl = ({ id }: { id: string }): string => `https://example.org/${id}`;
    const [finding] = await analyseWith('print()\n', { rules: [{ rule, severity: 'warning' }], pageUrl });
    expect(finding?.url).toBe('https://example.org/sample-print');
  });
});

describe('findings', () => {
  it('come in the order of line, column and rule', () => {
    const found = analyse('g(h())\nf()\n', { rules: [reporting('b', {}), reporting('a', {})] }).findings;
    expect(found.map(({ rule, line, column }) => `${line}:${column} ${rule}`)).toEqual([
      '1:1 a',
      '1:1 b',
      '1:3 a',
      '1:3 b',
      '2:1 a',
      '2:1 b',
    ]);
  });

  it('are one for each rule and range', () => {
    const range = { start: 0, end: 1 };
    expect(analyse('f(g())\n', { rules: [reporting('a', { range })] }).findings).toHaveLength(1);
  });

  it('that are alike are told apart by their order', () => {
    const found = analyse('f(1)\nf(1)\nf(2)\n', { rules: [reporting('a', {})] }).findings;
    expect(new Set(found.map(({ identity }) => identity)).size).toBe(3);
  });

  it('keep their identity when an equal one before them is silenced', () => {
    const [, second] = analyse('print(1)\nprint(1)\n', { rules }).findings;
    const [left] = analyse('print(1)  # noqa\nprint(1)\n', { rules }).findings;
    expect(left?.identity).toBe(second?.identity);
  });

  it('keep their identity in a file of another name, but not their fingerprint', () => {
    const [here] = analyse('print(1)\n', { rules, path: 'a.py' }).findings;
    const [there] = analyse('print(1)\n', { rules, path: 'b.py' }).findings;
    expect(there?.identity).toBe(here?.identity);
    expect(there?.fingerprint).not.toBe(here?.fingerprint);
  });
});

describe('a rule that is quiet in tests', () => {
  const quiet: RuleDefinition = { ...reporting('quiet-rule', {}), quietIn: ['test'] };

  it.each([
    ['tests/test_a.py', {}, 0],
    ['app/main.py', {}, 1],
    ['tests/test_a.py', { preset: 'strict' }, 1],
    ['tests/test_a.py', { select: ['quiet-rule'] }, 1],
  ] as const)('has in %s with %o: %d findings', async (path, settings, count) => {
    const analyser = createAnalyser({
      parser: await testParser(),
      world: createWorld([]),
      settings: { ...defaultSettings, ...settings },
      rules: [{ rule: { ...quiet, theme: 'sample' }, severity: 'error' }],
    });
    expect(analyser.analyse(path, new TextEncoder().encode('f()\n')).findings).toHaveLength(count);
  });
});

describe('a file', () => {
  it('without a word of any rule is not parsed', () => {
    expect(analyse('def f(:\n', { rules })).toEqual({
      path: 'app/main.py',
      analysed: false,
      findings: [],
      errors: [],
    });
  });

  it('only concerns the rules whose words are in it', () => {
    const blind = { ...failing('blind', 'it ran'), words: ['elsewhere'] };
    expect(analyse('print(1)\n', { rules: [blind, samplePrint] }).errors).toEqual([]);
  });

  it('that does not decode is an error, no exception', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('print(1)\nx = "'), 0xff, 0x22, 0x0a]);
    expect(createTestAnalyser({ rules }).analyse('a.py', bytes)).toMatchObject({
      analysed: false,
      findings: [],
      errors: [{ path: 'a.py', line: 2, kind: 'encoding' }],
    });
  });

  it('that nests too deep is an error, no exception', () => {
    expect(analyse(`print(${'('.repeat(5000)}1${')'.repeat(5000)})\n`, { rules })).toMatchObject({
      analysed: false,
      errors: [{ kind: 'too-large' }],
    });
  });

  it('with a byte order mark and CRLF is counted as Python counts it', () => {
    const { findings } = analyse('\ufeffprint(1)\r\n  # é\r\nprint(2)\r\n', { rules });
    expect(findings.map(({ line, column, start }) => [line, column, start])).toEqual([
      [1, 1, 0],
      [3, 1, 17],
    ]);
  });

  it('with broken parts is analysed in the others', () => {
    const code = 'print(1)\ndef f(:\n    print(2)\n\n\nprint(3)\n';
    const { findings, errors, analysed } = analyse(code, { rules });
    expect(analysed).toBe(true);
    expect(findings.map(({ line }) => line)).toEqual(expect.arrayContaining([1, 6]));
    expect(errors).toMatchObject([{ kind: 'syntax', line: 2 }]);
  });
});

describe('a rule that throws', () => {
  it('is left out of that file and named, and the others go on', () => {
    const { findings, errors } = analyse('x = 1\nprint(1)\nprint(2)\n', {
      rules: [failing('bad', 'no such thing'), samplePrint],
    });
    expect(findings.map(({ line }) => line)).toEqual([2, 3]);
    expect(errors).toEqual([
      {
        path: 'app/main.py',
        line: 2,
        kind: 'unreadable',
        message: 'The rule bad was left out in app/main.py, an internal error: no such thing',
      },
    ]);
  });

  it('keeps what it said before', () => {
    let calls = 0;
    const rule: RuleDefinition = {
      ...samplePrint,
      visit: {
        Call(node, context) {
          calls += 1;
          if (calls > 1) throw new TypeError('enough');
          context.report({ node, message: 'm', help: 'h' });
        },
      },
    };
    expect(analyse('print(1)\nprint(2)\n', { rules: [rule] }).findings).toHaveLength(1);
  });
});

describe('many rules that throw the same', () => {
  it('are one error', () => {
    const { errors } = analyse('f()\n', { rules: [failing('a', 'no model'), failing('b', 'no model')] });
    expect(errors.map(({ message }) => message)).toEqual([
      'The rules a, b were left out in app/main.py, an internal error: no model',
    ]);
  });
});

describe('a mistake of ours outside of the rules', () => {
  it('is an error of the file, no exception', () => {
    const rule: RuleDefinition = {
      ...samplePrint,
      visit: {
        Call(node, context) {
          const report: Report = { node, message: 'm', help: 'h' };
          Object.defineProperty(report, 'causes', {
            get() {
              throw new TypeError('a bug');
            },
          });
          context.report(report);
        },
      },
    };
    expect(analyse('print()\n', { rules: [rule] })).toEqual({
      path: 'app/main.py',
      analysed: false,
      findings: [],
      errors: [
        {
          path: 'app/main.py',
          line: 1,
          kind: 'unreadable',
          message: 'An internal error kept app/main.py from being analysed: a bug',
        },
      ],
    });
  });
});

describe('a report that outweighs another one', () => {
  const called = 'import time\n\n\nasync def wait():\n    run(time.sleep(1), time.sleep(2))\n';
  const outweighing: RuleDefinition = {
    ...samplePrint,
    id: 'outweighing',
    words: [],
    visit: {
      Call({ args: [first] }, context) {
        if (first?.kind === 'Call')
          context.report({ node: first, message: 'm', help: 'h', outweighs: 'sample' });
      },
    },
  };

  async function findingsOf(theme: string): Promise<readonly string[]> {
    const rules = [
      { rule: { ...reporting('calls', {}), theme }, severity: 'error' as const },
      { rule: { ...outweighing, theme: 'other' }, severity: 'error' as const },
    ];
    const found = await analyseWith(called, { rules });
    return found.map(({ rule, column }) => `${rule} ${column}`);
  }

  it('is given alone where both begin', async () => {
    expect(await findingsOf('sample')).toEqual(['calls 5', 'outweighing 9', 'calls 24']);
  });

  it('leaves other themes alone', async () => {
    expect(await findingsOf('test')).toEqual(['calls 5', 'calls 9', 'outweighing 9', 'calls 24']);
  });
});

describe('a rule that runs in some files only', () => {
  const sleeping = 'import time\n\n\nasync def wait():\n    time.sleep(1)  # noqa: SMP999\n';

  async function rulesIn(path: string): Promise<readonly string[]> {
    const rule = { ...reporting('calls', {}), theme: 'sample' };
    const analyser = createAnalyser({
      parser: await testParser(),
      world: createWorld([]),
      settings: defaultSettings,
      rules: [{ rule, severity: 'error', runsIn: file => file.startsWith('app/') }],
    });
    return analyser.analyse(path, new TextEncoder().encode(sleeping)).findings.map(finding => finding.rule);
  }

  it('says nothing in the others', async () => {
    expect(await rulesIn('app/main.py')).toEqual(['calls']);
    expect(await rulesIn('tests/test_main.py')).toEqual([]);
  });
});
